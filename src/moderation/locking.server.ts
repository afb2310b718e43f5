import type { Transaction } from '#database/connection.server.ts';
import type { Moderated } from '#moderation/rules.ts';

/**
 * Whoever decides on a thing, changes it or takes it away comes one after the other, from here to the end of the transaction. What can be
 * seen has no concealment that could be locked, so the lock is on its contribution; an idea drawn from a text has none of its own.
 * What is read about the thing must be read after this.
 */
export async function lockThing(transaction: Transaction, { topicId, thingId }: Omit<Moderated, 'kind'>): Promise<void> {
	// rows that refer to it may be written meanwhile
	const { rowCount } = await transaction.query(
		`select from contributions where topic_id = $1 and contribution_id = $2 for no key update`,
		[topicId, thingId]
	);
	if (rowCount > 0) return;
	await transaction.query(`select from ideas where topic_id = $1 and idea_id = $2 for no key update`, [topicId, thingId]);
}
