import type { Dimension } from '#agreement/cells.ts';
import { areNamed } from '#agreement/named-groups.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { numbersInTheme } from '#ideas/themes/listing.server.ts';

/** Of which ideas a list of levels is asked. */
export interface IdeasAsked {
	/** id of a guiding question */
	readonly question?: string | null | undefined;
	readonly language?: string | null | undefined;
	/** only ideas to which people of it were heard */
	readonly group?: string | null | undefined;
	readonly region?: string | null | undefined;
	readonly assurance?: string | null | undefined;
	readonly opinionGroup?: string | null | undefined;
	/** the number of a confirmed theme */
	readonly theme?: number | null | undefined;
}

/** So many are looked up one by one. */
const few = 1_000;
/** So many of an order are held against the filters before all that they find is put together. */
const first = 500;

type Value = (given: unknown) => string;

/** How the page of a list is looked for: each costs little where the one before would cost much. */
export interface Way {
	/** so many of the order are looked at; null: all of it */
	readonly among: number | null;
	/** conditions on `idea_levels t` */
	readonly conditions: (value: Value) => string[];
}

/**
 * The ways to a page of a list, to be tried until one fills it; the last finds all there is. What a filter finds may stand at the end of an
 * order of 100,000 ideas, which the planner cannot know. So the few that a filter finds are looked up. Of more the beginning of the order
 * mostly holds enough; where it does not, they are found once and held against the order as a whole.
 */
export async function waysTo(queryable: Queryable, topicId: string, asked: IdeasAsked): Promise<readonly Way[]> {
	const filters = filtersOf(asked);
	if (filters.length === 0) return [{ among: null, conditions: () => [] }];
	const found = await Promise.all(filters.map((filter) => fewOf(queryable, topicId, filter)));
	const least = found.filter((numbers) => numbers !== null).sort((one, other) => one.length - other.length)[0];
	const oneByOne = (value: Value) =>
		filters.map(
			({ ideas, value: of }) => `exists (select from (${ideas(value(of))}) as found where found.idea_number = t.idea_number)`
		);
	if (least)
		return [{ among: null, conditions: (value) => [`t.idea_number = any (${value(least)}::int[])`, ...oneByOne(value)] }];
	const together = (value: Value) =>
		filters
			.map(({ ideas, value: of }, place) => `(${ideas(value(of))}) as found_${place}`)
			.reduce((all, found) => `${all} join ${found} using (idea_number)`);
	return [
		{ among: first, conditions: oneByOne },
		// `is true` has them found once: as a join they would be looked up idea by idea
		{ among: null, conditions: (value) => [`(t.idea_number in (select idea_number from ${together(value)})) is true`] }
	];
}

/** The numbers of the ideas that a filter finds; null where they are more than few. */
async function fewOf(queryable: Queryable, topicId: string, { ideas, value }: Filter): Promise<number[] | null> {
	const { rows } = await queryable.query<{ numbers: number[] | null }>(
		`
			with found as materialized (${ideas('$2')} limit ${few + 1})
			select case when count(*) <= ${few} then coalesce(array_agg(idea_number), '{}') end as numbers
			from found`,
		[topicId, value]
	);
	return rows[0]!.numbers;
}

interface Filter {
	readonly value: unknown;
	/** the query of the numbers of its ideas, with the place of the value */
	readonly ideas: (place: string) => string;
}

function filtersOf({ question, language, group, region, assurance, opinionGroup, theme }: IdeasAsked): Filter[] {
	const heard = (dimension: Dimension) => (key: string) =>
		`select idea_number from opinion_cells where topic_id = $1 and dimension = '${dimension}' and key = ${key}`;
	const filters: [unknown, Filter['ideas']][] = [
		[question, (id) => `select idea_number from ideas where topic_id = $1 and question_id = ${id}::uuid`],
		[language, (tag) => `select idea_number from ideas where topic_id = $1 and language = ${tag}`],
		[group, heard('group')],
		[region, heard('region')],
		[assurance, heard('assurance')],
		[opinionGroup, heardFromOpinionGroup],
		[theme, numbersInTheme]
	];
	return filters.flatMap(([value, ideas]) => (value ? [{ value, ideas }] : []));
}

function heardFromOpinionGroup(letter: string): string {
	return `
		select idea_number
		from opinion_maps as map
		join opinion_group_cells using (topic_id)
		where map.topic_id = $1 and key = ${letter} and ${areNamed}`;
}
