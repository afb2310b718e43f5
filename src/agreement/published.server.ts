import type { Dimension, Tally } from '#agreement/cells.ts';
import type { Queryable } from '#database/connection.server.ts';

export interface PublishedCell extends Tally {
	readonly dimension: Dimension;
	readonly key: string;
	/** of a group: its people, those of one organisation counted once; null: not counted */
	readonly voices: number | null;
	readonly publishedAt: Date;
}

/** What pages and exports may show of groups, regions and assurances, by the number of the idea; one query whatever their number. */
export async function publishedCells(
	queryable: Queryable,
	topicId: string,
	ideaNumbers: readonly number[]
): Promise<Map<number, PublishedCell[]>> {
	const { rows } = await queryable.query<PublishedCell & { number: number }>({
		name: 'published-cells',
		text: `
			select idea_number as number, dimension, key, agree, disagree, pass, voices, published_at as "publishedAt"
			from opinion_cells
			where topic_id = $1 and idea_number = any ($2::int[])
			order by idea_number, dimension, key`,
		values: [topicId, ideaNumbers]
	});
	const cells = new Map<number, PublishedCell[]>(ideaNumbers.map((number) => [number, []]));
	for (const { number, ...cell } of rows) cells.get(number)!.push(cell);
	return cells;
}
