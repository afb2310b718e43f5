import type { Attribution, Channel } from '#contributions/contribution.ts';
import { authorShown, groupsShown, organisationShown } from '#contributions/author-shown.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Stance } from '#ideas/stances.server.ts';
import { textCanBeSeen } from '#moderation/concealed.server.ts';

/** Words of a text on which an idea rests, or that speak for or against it. */
export interface IdeaSource {
	readonly stance: Stance;
	readonly passageId: string;
	readonly quote: string;
	readonly language: string;
	/** the number and title of the submission; null for another kind of contribution */
	readonly submission: number | null;
	readonly title: string | null;
	readonly channel: Channel;
	readonly receivedAt: Date;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly organisation: string;
	readonly groups: readonly string[];
	readonly region: string | null;
}

/** How many texts of a group raise, support and oppose an idea. A text of two groups counts in both; one without any as `not-stated`. */
export interface StancesOfGroup {
	readonly group: string;
	readonly raises: number;
	readonly supports: number;
	readonly opposes: number;
}

/**
 * The sources of an idea that can be seen: first what raises it, then by stance and the order of the texts. The idea's own form is no
 * source of its own.
 */
export async function sourcesOfIdea(queryable: Queryable, topicId: string, number: number): Promise<IdeaSource[]> {
	const { rows } = await queryable.query<IdeaSource>({
		name: 'sources-of-idea',
		text: `
			select s.stance, p.passage_id as "passageId", p.quote, c.language, t.submission_number as submission, t.title, c.channel,
				c.received_at as "receivedAt", c.attribution, author_name.name, coalesce(${organisationShown('c', 't')}, '') as organisation,
				${groupsShown} as groups, author.region
			${from}
			${where}
			order by array_position(array['raises', 'supports', 'opposes'], s.stance), t.submission_number, p.part, p.starts, p.passage_id`,
		values: [topicId, number]
	});
	return rows;
}

export async function stancesByGroup(queryable: Queryable, topicId: string, number: number): Promise<StancesOfGroup[]> {
	const { rows } = await queryable.query<StancesOfGroup>({
		name: 'stances-by-group',
		text: `
			with texts as (
				select distinct c.contribution_id, s.stance, g.key
				${from}
				-- an anonymous author counts for no group: the count of a single text would tell it
				cross join lateral unnest(case when ${groupsShown} = '{}' then array['not-stated'] else ${groupsShown} end) as g (key)
				${where}
			)
			select texts.key as group, count(*) filter (where stance = 'raises')::int as raises,
				count(*) filter (where stance = 'supports')::int as supports, count(*) filter (where stance = 'opposes')::int as opposes
			from texts
			left join stakeholder_groups k on k.group_key = texts.key
			group by texts.key, k.position
			order by k.position nulls last, texts.key`,
		values: [topicId, number]
	});
	return rows;
}

export interface StanceTotals {
	readonly raises: number;
	readonly supports: number;
	readonly opposes: number;
}

/** For a list of ideas: how many texts take each stance; an idea that no text speaks to is absent. */
export async function stanceTotals(
	queryable: Queryable,
	topicId: string,
	numbers: readonly number[]
): Promise<Map<number, StanceTotals>> {
	const { rows } = await queryable.query<StanceTotals & { number: number }>({
		name: 'stance-totals',
		text: `
			select s.idea_number as number, count(distinct c.contribution_id) filter (where s.stance = 'raises')::int as raises,
				count(distinct c.contribution_id) filter (where s.stance = 'supports')::int as supports,
				count(distinct c.contribution_id) filter (where s.stance = 'opposes')::int as opposes
			${from}
			${where.replace('= $2', '= any ($2::int[])')}
			group by s.idea_number`,
		values: [topicId, numbers]
	});
	return new Map(rows.map(({ number, ...totals }) => [number, totals]));
}

const from = `
	from stances s
	join passages p using (topic_id, passage_id)
	join contributions c using (topic_id, contribution_id)
	left join submissions t using (topic_id, contribution_id)
	${authorShown('c')}
	join ideas i on i.topic_id = s.topic_id and i.idea_number = s.idea_number`;

const where = `
	where s.topic_id = $1 and s.idea_number = $2 and i.contribution_id is distinct from c.contribution_id
		and not exists (
			select from stance_removals r
			where r.topic_id = s.topic_id and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
		and ${textCanBeSeen('c')}`;
