import type { Queryable, Transaction } from '#database/connection.server.ts';

/** What pages count: things that the public sees. `key` tells parts of a whole (ideas of one question). */
export type Counted = 'ideas' | 'ideas-of-question' | 'comments' | 'submissions' | 'opinions';

/** Adds to a total that pages show, in the transaction of the act. Ask late: the row stays locked to its end. */
export async function count(transaction: Transaction, topicId: string, counted: Counted, by: number, key = ''): Promise<void> {
	await transaction.query({
		name: 'count-up',
		text: `
			insert into topic_counts (topic_id, counted, key, count)
			values ($1, $2, $3, $4)
			on conflict (topic_id, counted, key) do update set count = topic_counts.count + excluded.count`,
		values: [topicId, counted, key, by]
	});
}

/** Sets a total that a job or a recount sums up anew. */
export async function recount(queryable: Queryable, topicId: string, counted: Counted, total: number, key = ''): Promise<void> {
	await queryable.query({
		name: 'count-anew',
		text: `
			insert into topic_counts (topic_id, counted, key, count)
			values ($1, $2, $3, $4)
			on conflict (topic_id, counted, key) do update set count = excluded.count
			where topic_counts.count <> excluded.count`,
		values: [topicId, counted, key, total]
	});
}

/** Sets a counter to the last number that was given, where it lags behind. */
export async function raiseCounter(transaction: Transaction, topicId: string, counted: string, last: number): Promise<void> {
	await transaction.query(
		`
			insert into counters (topic_id, counted, last)
			values ($1, $2, $3)
			on conflict (topic_id, counted) do update set last = greatest(counters.last, excluded.last)`,
		[topicId, counted, last]
	);
}

/** The totals of a topic: `totals.ideas`, and of parts `totals['ideas-of-question <id>']`. What was never counted is absent. */
export async function countsOf(queryable: Queryable, topicId: string): Promise<Readonly<Record<string, number>>> {
	const { rows } = await queryable.query<{ name: string; count: number }>({
		name: 'counts-of-topic',
		text: `
			select rtrim(counted || ' ' || key) as name, count
			from topic_counts
			where topic_id = $1`,
		values: [topicId]
	});
	return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** The same for many topics in one query; a topic that counts nothing is absent. */
export async function countsOfTopics(
	queryable: Queryable,
	topicIds: readonly string[]
): Promise<Map<string, Readonly<Record<string, number>>>> {
	const { rows } = await queryable.query<{ topicId: string; counts: Record<string, number> }>({
		name: 'counts-of-topics',
		text: `
			select topic_id as "topicId", jsonb_object_agg(counted, count) as counts
			from topic_counts
			where topic_id = any ($1::uuid[]) and key = ''
			group by topic_id`,
		values: [topicIds]
	});
	return new Map(rows.map(({ topicId, counts }) => [topicId, counts]));
}
