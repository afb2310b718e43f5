import type { Actor } from '#activity/actor.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { forgetTopics } from '#topics/reading.server.ts';

/**
 * Every change that the secretariat makes to a topic: one after the other (two windows of the guided form wait for each other), none
 * once it is archived, and seen by the next reader of this process.
 */
export async function changing<T>(
	database: Database | Transaction,
	topicId: string,
	actor: Actor,
	work: (transaction: Transaction) => Promise<T>,
	{ alsoArchived = false } = {}
): Promise<T> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	const done = await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ isArchived: boolean }>(
			`
				select exists (select from topic_archivals where topic_archivals.topic_id = topics.topic_id) as "isArchived"
				from topics
				where topic_id = $1
				for update of topics`,
			[topicId]
		);
		if (!rows[0]) throw refusal('not-found');
		if (rows[0].isArchived && !alsoArchived) throw refusal('topic-archived');
		return work(transaction);
	});
	forgetTopics(database);
	return done;
}
