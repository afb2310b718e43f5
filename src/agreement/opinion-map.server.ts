import type { Tally } from '#agreement/cells.ts';
import { areNamed } from '#agreement/named-groups.server.ts';
import type { PublishedMap } from '#agreement/published-map.ts';
import type { Queryable } from '#database/connection.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface OpinionMapNow {
	/** null: it was never computed */
	readonly asOf: Date | null;
	/** null: too few people */
	readonly map: PublishedMap | null;
}

/** For whoever may see results (resultsVisibleTo). */
export async function opinionMapOf(queryable: Queryable, topicId: string): Promise<OpinionMapNow> {
	const { rows } = await queryable.query<{ asOf: Date; map: PublishedMap | null }>({
		name: 'opinion-map',
		text: 'select as_of as "asOf", published as map from opinion_maps where topic_id = $1',
		values: [topicId]
	});
	return rows[0] ?? { asOf: null, map: null };
}

export interface IdeaWords {
	readonly point: string;
	readonly language: string;
}

/** The wordings of ideas by their numbers; those that cannot be seen any more are missing. */
export async function wordsOfIdeas(
	queryable: Queryable,
	topicId: string,
	numbers: readonly number[]
): Promise<Map<number, IdeaWords>> {
	if (numbers.length === 0) return new Map();
	const { rows } = await queryable.query<IdeaWords & { number: number }>({
		name: 'words-of-ideas',
		text: `
			select ideas.idea_number as number, newest.point, ideas.language
			from ideas
			cross join lateral (
				select point
				from idea_versions
				where idea_versions.topic_id = ideas.topic_id and idea_versions.idea_number = ideas.idea_number
				order by version desc
				limit 1
			) as newest
			where ideas.topic_id = $1 and ideas.idea_number = any ($2::int[]) and ${canBeSeen('idea', 'ideas.idea_id')}`,
		values: [topicId, [...new Set(numbers)]]
	});
	return new Map(rows.map(({ number, ...words }) => [number, words]));
}

/** What is shown of opinion groups, by idea and letter; nothing while they are not named. One query whatever the number of ideas. */
export async function shownGroupCells(
	queryable: Queryable,
	topicId: string,
	numbers: readonly number[]
): Promise<Map<number, Map<string, Tally>>> {
	const { rows } = await queryable.query<Tally & { number: number; key: string }>({
		name: 'shown-group-cells',
		text: `
			select idea_number as number, key, agree, disagree, pass
			from opinion_maps as map
			join opinion_group_cells using (topic_id)
			where map.topic_id = $1 and idea_number = any ($2::int[]) and ${areNamed}
			order by idea_number, key`,
		values: [topicId, numbers]
	});
	const cells = new Map<number, Map<string, Tally>>(numbers.map((number) => [number, new Map()]));
	for (const { number, key, ...cell } of rows) cells.get(number)!.set(key, cell);
	return cells;
}
