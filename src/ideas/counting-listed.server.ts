import type { Queryable } from '#database/connection.server.ts';
import { filtersOf, type ListWishes } from '#ideas/listing.server.ts';
import { searchedFor } from '#languages/searching.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** So many are counted one by one; of a list that is longer it is enough to know that it is. */
export const mostIdeasCounted = 1_000;

/** How many ideas a list has for these filters, up to one more than `mostIdeasCounted`; null where none is asked for: that total is kept. */
export async function howManyIdeas(queryable: Queryable, topicId: string, wishes: ListWishes): Promise<number | null> {
	const words = wishes.search?.trim() ? searchedFor(wishes.search) : undefined;
	if (words === null) return 0;
	const values: unknown[] = [topicId];
	const value = (given: unknown) => `$${values.push(given)}`;
	const filters = filtersOf(wishes, value);
	if (words !== undefined) filters.push(`s.words @@ ${value(words)}::tsquery`);
	if (filters.length === 0) return null;
	const { rows } = await queryable.query<{ count: number }>(
		`
			select count(*)::int as count
			from (
				select
				from ideas i
				${words === undefined ? '' : 'join idea_search s using (topic_id, idea_number)'}
				where ${['i.topic_id = $1', ...filters, canBeSeen('idea', 'i.idea_id', '$1')].join(' and ')}
				limit ${mostIdeasCounted + 1}
			) found`,
		values
	);
	return rows[0]?.count ?? 0;
}
