import type { Transaction } from '#database/connection.server.ts';
import { notStated, type Cell, type Dimension, type Tally } from '#agreement/cells.ts';

/** All that people say to one idea. */
export interface CountedIdea {
	readonly number: number;
	/** each person once, also those of several groups */
	readonly all: Tally;
	readonly cells: Readonly<Record<Dimension, readonly Cell[]>>;
}

/**
 * Counts the opinions on the ideas that can be seen, in one scan and thus at one instant, idea by idea in the order of their numbers. The
 * groups of an opinion are those that its participant stated when giving it. Holds some thousand rows at a time.
 */
export async function* countedIdeas(
	transaction: Transaction,
	topicId: string,
	from: 'opinions' | 'frozen_opinions' = 'opinions'
): AsyncGenerator<CountedIdea> {
	await transaction.query(`declare counted_cells no scroll cursor for ${scanOf(from)}`, [topicId, notStated]);
	let rows: CellRow[] = [];
	for (;;) {
		const { rows: more } = await transaction.query<CellRow>('fetch 4000 from counted_cells');
		rows.push(...more);
		// the last idea may go on in the next rows
		const complete = more.length === 0 ? rows.length : rows.findIndex((row) => row.number === rows.at(-1)!.number);
		yield* grouped(rows.slice(0, complete));
		rows = rows.slice(complete);
		if (more.length === 0) break;
	}
	await transaction.query('close counted_cells');
}

/**
 * Copies the opinions of the topic, so that several counts of one transaction speak of the same instant while opinions keep coming in.
 * The copy goes with the transaction.
 */
export async function freezeOpinions(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query('drop table if exists pg_temp.frozen_opinions');
	await transaction.query(
		`
			create temporary table frozen_opinions on commit drop as
			select topic_id, participant_number, profile_number, idea_number, value, previous, given_at
			from opinions
			where topic_id = $1`,
		[topicId]
	);
	await transaction.query('analyze frozen_opinions');
}

interface CellRow extends Tally {
	readonly number: number;
	/** '' for all people together */
	readonly dimension: Dimension | '';
	readonly key: string;
	readonly fresh: number;
	readonly shown: Tally | null;
}

const scanOf = (table: 'opinions' | 'frozen_opinions') => `
	select opinions.idea_number as number, cell.dimension, cell.key,
		count(*) filter (where opinions.value = 1)::int as agree,
		count(*) filter (where opinions.value = -1)::int as disagree,
		count(*) filter (where opinions.value = 0)::int as pass,
		-- somebody who only repeats what they said adds nothing that could be told apart
		count(*) filter (
			where published.published_at is null
				or opinions.given_at > published.published_at and opinions.previous is distinct from opinions.value
		)::int as fresh,
		case when published.published_at is not null
			then json_build_object('agree', published.agree, 'disagree', published.disagree, 'pass', published.pass) end as shown
	from ${table} as opinions
	join ideas using (topic_id, idea_number)
	join participant_profiles as profile
		on profile.topic_id = opinions.topic_id and profile.participant_number = opinions.participant_number
			and profile.profile_number = opinions.profile_number
	cross join lateral (
		select '' as dimension, '' as key
		union all
		select 'group', unnest(case when profile.stakeholder_groups = '{}' then array[$2::text] else profile.stakeholder_groups end)
		union all
		select 'region', coalesce(profile.region, $2)
		union all
		select 'assurance', profile.assurance
	) as cell
	left join opinion_cells as published
		on published.topic_id = opinions.topic_id and published.idea_number = opinions.idea_number
			and published.dimension = cell.dimension and published.key = cell.key
	where opinions.topic_id = $1
		and not exists (
			select from concealments
			where concealments.topic_id = ideas.topic_id and concealments.kind = 'idea' and concealments.thing_id = ideas.idea_id
		)
	group by opinions.idea_number, cell.dimension, cell.key, published.published_at, published.agree, published.disagree, published.pass
	order by opinions.idea_number, cell.dimension, cell.key collate "C"`;

function* grouped(rows: readonly CellRow[]): Generator<CountedIdea> {
	for (let start = 0; start < rows.length;) {
		const { number } = rows[start]!;
		let end = start;
		while (rows[end]?.number === number) end++;
		const ofIdea = rows.slice(start, end);
		const of = (dimension: Dimension) => ofIdea.filter((row) => row.dimension === dimension);
		const all = ofIdea.find((row) => row.dimension === '')!;
		yield { number, all, cells: { group: of('group'), region: of('region'), assurance: of('assurance') } };
		start = end;
	}
}
