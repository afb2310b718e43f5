import { partsOf } from '#contributions/parts.server.ts';
import { wordsIn } from '#contributions/words.ts';
import type { Transaction } from '#database/connection.server.ts';

/**
 * Whoever changes, reads or erases a text waits here for the others, so that what is counted is what stands. The row of the contribution
 * is the one: an erasure points to it before it does anything else.
 */
export async function lockText(transaction: Transaction, topicId: string, contributionId: string): Promise<void> {
	await transaction.query(`select from contributions where topic_id = $1 and contribution_id = $2 for update`, [
		topicId,
		contributionId
	]);
}

/**
 * Counts the words of a submission anew: what was typed, and what was read from the files that stand now. One still to be read adds its
 * words when it is.
 */
export async function countWords(transaction: Transaction, topicId: string, contributionId: string): Promise<void> {
	const words = (await partsOf(transaction, topicId, contributionId)).reduce((sum, { text }) => sum + wordsIn(text), 0);
	await transaction.query(
		`
			update submissions
			set words = $3
			where topic_id = $1 and contribution_id = $2
				and not exists (select from erasures e where e.topic_id = $1 and e.contribution_id = $2)`,
		[topicId, contributionId, words]
	);
}
