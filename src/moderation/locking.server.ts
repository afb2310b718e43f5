import type { Transaction } from '#database/connection.server.ts';
import type { Moderated } from '#moderation/rules.ts';

/**
 * Whoever decides on a thing, changes it or takes it away comes one after the other, from here to the end of the transaction. What can be
 * seen has no concealment that could be locked, so the lock is on its contribution; an idea drawn from a text has none of its own.
 * What is read about the thing must be read after this.
 */
export async function lockThing(transaction: Transaction, { topicId, thingId }: Omit<Moderated, 'kind'>): Promise<void> {
	await lockThings(transaction, topicId, [thingId]);
}

/** The same for many, always in the order of their ids: two who lock the same things never wait for each other. */
export async function lockThings(transaction: Transaction, topicId: string, thingIds: readonly string[]): Promise<void> {
	// rows that refer to it may be written meanwhile
	const { rows } = await transaction.query<{ id: string }>(
		`select contribution_id as id
		from contributions
		where topic_id = $1 and contribution_id = any ($2::uuid[])
		order by contribution_id
		for no key update`,
		[topicId, thingIds]
	);
	if (rows.length === thingIds.length) return;
	const locked = new Set(rows.map(({ id }) => id));
	await transaction.query(
		`select from ideas
		where topic_id = $1 and idea_id = any ($2::uuid[])
		order by idea_id
		for no key update`,
		[topicId, thingIds.filter((id) => !locked.has(id))]
	);
}

/** Whoever sets how a topic is moderated comes one after the other, from here to the end of the transaction. */
export async function lockRules(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query(`select from topics where topic_id = $1 for no key update`, [topicId]);
}
