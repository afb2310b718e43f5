import type { Text } from '#contributions/receipts/joining.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Stance } from '#ideas/stances.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** What became of a text in the work of others. */
export interface Became {
	/** the ideas that rapporteurs drew from its passages, or to which they speak */
	readonly drawn: readonly { readonly idea: number; readonly stance: Stance }[];
	/** where published reports rest on it: in their newest editions */
	readonly cited: readonly { readonly report: number; readonly edition: number; readonly paragraphs: readonly number[] }[];
}

/** For many texts of any topics in two queries. */
export async function becameOf(queryable: Queryable, texts: readonly Text[]): Promise<(text: Text) => Became> {
	if (texts.length === 0) return () => nothing;
	const values = [texts.map(({ topicId }) => topicId), texts.map(({ contributionId }) => contributionId)];
	const [drawn, cited] = await Promise.all([
		queryable.query<Text & { drawn: Became['drawn'] }>(drawnFrom, values),
		queryable.query<Text & { cited: Became['cited'] }>(citing, values)
	]);
	const key = ({ topicId, contributionId }: Text) => `${topicId} ${contributionId}`;
	const drawnOf = new Map(drawn.rows.map((row) => [key(row), row.drawn]));
	const citedOf = new Map(cited.rows.map((row) => [key(row), row.cited]));
	return (text) => ({ drawn: drawnOf.get(key(text)) ?? [], cited: citedOf.get(key(text)) ?? [] });
}

const nothing: Became = { drawn: [], cited: [] };

const asked = `unnest($1::uuid[], $2::uuid[]) as asked (topic_id, contribution_id)`;

const drawnFrom = `
	select topic_id as "topicId", contribution_id as "contributionId",
		json_agg(json_build_object('idea', idea_number, 'stance', stance) order by idea_number, stance) as drawn
	from (
		select distinct p.topic_id, p.contribution_id, s.idea_number, s.stance
		from ${asked}
		join passages p using (topic_id, contribution_id)
		join stances s using (topic_id, passage_id)
		join ideas i using (topic_id, idea_number)
		where i.contribution_id is distinct from p.contribution_id and ${canBeSeen('idea', 'i.idea_id')}
			and not exists (
				select from stance_removals r
				where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
	) as spoken
	group by topic_id, contribution_id`;

// a source is the text itself (an idea, a comment, a submission: of the same id) or one of its passages
const citing = `
	with edition as (
		select distinct on (topic_id, report_id) topic_id, report_id, edition, content
		from report_publications
		where topic_id = any ($1::uuid[])
		order by topic_id, report_id, edition desc
	), source as (
		select topic_id, contribution_id, contribution_id as thing_id from ${asked}
		union
		select p.topic_id, p.contribution_id, p.passage_id from ${asked} join passages p using (topic_id, contribution_id)
	), place as (
		select distinct source.topic_id, source.contribution_id, e.report_id, e.edition, (paragraph ->> 'number')::int as number
		from edition e
		cross join jsonb_array_elements(e.content -> 'notes') as note
		join source on source.topic_id = e.topic_id and source.thing_id::text = note ->> 'thingId'
		cross join jsonb_array_elements(e.content -> 'paragraphs') as paragraph
		cross join jsonb_array_elements(paragraph -> 'marks') as mark
		where mark -> 'note' = note -> 'number'
	), cited as (
		select p.topic_id, p.contribution_id, r.report_number, p.edition, array_agg(p.number order by p.number) as paragraphs
		from place p
		join reports r using (topic_id, report_id)
		group by p.topic_id, p.contribution_id, r.report_number, p.edition
	)
	select topic_id as "topicId", contribution_id as "contributionId",
		json_agg(json_build_object('report', report_number, 'edition', edition, 'paragraphs', paragraphs) order by report_number desc) as cited
	from cited
	group by topic_id, contribution_id`;
