import { inTransaction, type Database } from '#database/connection.server.ts';
import { computeInThread, type ComputingWishes } from '#agreement/computing.server.ts';
import { publishGroups } from '#agreement/publishing-groups.server.ts';

/** The whole computation of a topic, and what of it may be published. @returns the edition that holds then */
export async function findGroups(database: Database, topicId: string, wishes: ComputingWishes = {}): Promise<number> {
	const found = await computeInThread(database, topicId, wishes);
	return inTransaction(database, (transaction) => publishGroups(transaction, topicId, found));
}
