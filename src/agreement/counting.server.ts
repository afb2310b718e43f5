import type { Transaction } from '#database/connection.server.ts';
import { notStated, type Cell, type Dimension, type Tally } from '#agreement/cells.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** All that people say to one idea. */
export interface CountedIdea {
	readonly number: number;
	/** each person once, also those of several groups */
	readonly all: Tally;
	readonly cells: Readonly<Record<Dimension, readonly Cell[]>>;
}

/** '' for all people together */
type Row = Cell & { readonly number: number; readonly dimension: Dimension | '' };

/**
 * Counts the opinions on the ideas that can be seen, in one scan and thus at one instant, beside what was published of them; only ideas to
 * which somebody spoke since a moment, or all of them (null). The groups of an opinion are those that its participant stated when giving it.
 */
export async function* ideasSpokenTo(transaction: Transaction, topicId: string, since: Date | null): AsyncGenerator<CountedIdea> {
	await roomToCount(transaction);
	await transaction.query(`declare counted_cells no scroll cursor for ${scan}`, [topicId, notStated, since]);
	let rows: Row[] = [];
	for (;;) {
		const { rows: more } = await transaction.query<Row>('fetch 4000 from counted_cells');
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
 * Two million opinions are counted in memory; with the standard room they would be sorted on disk. Before a table that grew at once has been
 * analysed, the planner takes it for empty and would look up each opinion by itself.
 */
async function roomToCount(transaction: Transaction): Promise<void> {
	await transaction.query(`set local work_mem = '128MB'`);
	await transaction.query('set local enable_nestloop = off');
}

/** What each profile states: one row for each of its groups, of which the first also stands for the person. */
const stated = `
	select participant_number, profile_number, stated.key as of_group, stated.place = 1 as is_person,
		coalesce(region, $2::text) as of_region, assurance as of_assurance
	from participant_profiles
	cross join lateral unnest(
		case when stakeholder_groups = '{}' then array[$2::text] else stakeholder_groups end
	) with ordinality as stated (key, place)
	where topic_id = $1`;

const byPerson = (what: string) => `count(*) filter (where ${what} and is_person)::int`;
const byGroup = (what: string) => `count(*) filter (where ${what})::int`;

/** One hash table for each table that is published, filled in one pass; which of them a row is of tells grouping(). */
const tallies = `
	select idea_number, of_group, of_region, of_assurance, grouping(of_group, of_region, of_assurance) as what,
		${byPerson('value = 1')} as agree, ${byPerson('value = -1')} as disagree, ${byPerson('value = 0')} as pass,
		${byGroup('value = 1')} as agree_of_group, ${byGroup('value = -1')} as disagree_of_group, ${byGroup('value = 0')} as pass_of_group`;
const tablesPublished = `
	group by grouping sets ((idea_number), (idea_number, of_group), (idea_number, of_region), (idea_number, of_assurance))`;
const dimension = `case what when 7 then '' when 3 then 'group' when 5 then 'region' else 'assurance' end`;
const key = `case what when 7 then '' when 3 then of_group when 5 then of_region else of_assurance end`;
const shownColumns = `
	select tallied.idea_number as number, ${dimension} as dimension, (${key}) collate "C" as key,
		case when what = 3 then agree_of_group else tallied.agree end as agree,
		case when what = 3 then disagree_of_group else tallied.disagree end as disagree,
		case when what = 3 then pass_of_group else tallied.pass end as pass`;

const peopleNow = `case when what = 3 then agree_of_group + disagree_of_group + pass_of_group
	else tallied.agree + tallied.disagree + tallied.pass end`;

const ofDimension = (alias: string, name: Dimension) => `
	left join opinion_cells as ${alias}
		on ${alias}.topic_id = $1 and ${alias}.dimension = '${name}' and ${alias}.idea_number = opinions.idea_number
			and ${alias}.key = stated.of_${name}`;
// somebody who only repeats what they said adds nothing that could be told apart; a moment of ours has milliseconds, and what was given in
// the one in which a cell was published is in it
const isFresh = (alias: string) => `(
	${alias}.published_at is null
		or date_trunc('milliseconds', opinions.given_at) > ${alias}.published_at and opinions.previous is distinct from opinions.value
)`;

const scan = `
	with stated as materialized (${stated}), spoken_to as (
		select distinct idea_number
		from opinions
		where topic_id = $1 and ($3::timestamptz is null or given_at > $3)
	), heard as (
		select opinions.idea_number, value, of_group, of_region, of_assurance, is_person,
			${isFresh('by_group')} as fresh_of_group, ${isFresh('by_region')} as fresh_of_region,
			${isFresh('by_assurance')} as fresh_of_assurance
		from opinions
		join spoken_to using (idea_number)
		join ideas using (topic_id, idea_number)
		join stated on stated.participant_number = opinions.participant_number and stated.profile_number = opinions.profile_number
		${ofDimension('by_group', 'group')}
		${ofDimension('by_region', 'region')}
		${ofDimension('by_assurance', 'assurance')}
		where opinions.topic_id = $1 and ${canBeSeen('idea', 'ideas.idea_id')}
	), tallied as (
		${tallies},
			${byGroup('fresh_of_group')} as fresh_of_group, ${byPerson('fresh_of_region')} as fresh_of_region,
			${byPerson('fresh_of_assurance')} as fresh_of_assurance
		from heard
		${tablesPublished}
	)
	${shownColumns},
		-- those by whom it grew are new, also where they gave their opinion elsewhere long ago
		greatest(
			case what when 3 then fresh_of_group when 5 then fresh_of_region when 6 then fresh_of_assurance else 0 end,
			${peopleNow} - (shown.agree + shown.disagree + shown.pass)
		) as fresh,
		case when shown.published_at is not null
			then json_build_object('agree', shown.agree, 'disagree', shown.disagree, 'pass', shown.pass) end as shown
	from tallied
	left join opinion_cells as shown
		on shown.topic_id = $1 and shown.idea_number = tallied.idea_number and shown.dimension = ${dimension} and shown.key = ${key}
	order by number, dimension, key`;

function* grouped(rows: readonly Row[]): Generator<CountedIdea> {
	for (let start = 0; start < rows.length;) {
		const { number } = rows[start]!;
		let end = start;
		while (rows[end]?.number === number) end++;
		const ofIdea = rows.slice(start, end);
		const of = (name: Dimension) => ofIdea.filter((row) => row.dimension === name);
		const all = ofIdea.find((row) => row.dimension === '')!;
		yield { number, all, cells: { group: of('group'), region: of('region'), assurance: of('assurance') } };
		start = end;
	}
}
