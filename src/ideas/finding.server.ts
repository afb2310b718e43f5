import type { Queryable } from '#database/connection.server.ts';
import { filtersOf, type ListWishes } from '#ideas/listing.server.ts';
import { searchedFor } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** So many are found one by one; of a list that is longer it is enough to know that it is. */
export const mostIdeasFound = 1_000;

export interface IdeasFound {
	/** `mostIdeasFound` and one stand for more */
	readonly count: number;
	/** of the ideas, in no order; null where there are more than `mostIdeasFound` */
	readonly numbers: readonly number[] | null;
}

/** The ideas that a list has for these filters; null where none is asked for: that total is kept. */
export async function ideasFound(queryable: Queryable, topicId: string, wishes: ListWishes): Promise<IdeasFound | null> {
	const words = wishes.search?.trim() ? searchedFor(wishes.search) : undefined;
	if (words === null) return { count: 0, numbers: [] };
	const values: unknown[] = [topicId];
	const value = (given: unknown) => `$${values.push(given)}`;
	const filters = filtersOf(wishes, value);
	if (words !== undefined) filters.push(`s.words @@ ${value(words)}::tsquery`);
	if (filters.length === 0) return null;
	const { rows } = await queryable.query<{ numbers: number[] }>(
		`
			select coalesce(array_agg(idea_number), '{}') as numbers
			from (
				select idea_number
				from ideas i
				${words === undefined ? '' : 'join idea_search s using (topic_id, idea_number)'}
				where ${['i.topic_id = $1', ...filters, canBeSeen('idea', 'i.idea_id', '$1')].join(' and ')}
				limit ${mostIdeasFound + 1}
			) found`,
		values
	);
	const { numbers } = rows[0]!;
	return { count: numbers.length, numbers: numbers.length > mostIdeasFound ? null : numbers };
}
