import type { Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

const job = 'agreement.find-groups';
/** ms */
const soonest = 30_000;

export function groupsJobKey(topicId: string): string {
	return `${job} ${topicId}`;
}

/**
 * Asks for the whole computation soon; computing takes at most a twentieth of the time. One that waits already keeps its time, and one that runs is
 * followed by the next, never beside it.
 */
export async function askForGroups(transaction: Transaction, topicId: string): Promise<void> {
	const jobKey = groupsJobKey(topicId);
	const waiting = await transaction.query(
		'select from graphile_worker.jobs where key = $1 and locked_at is null and attempts < max_attempts',
		[jobKey]
	);
	if (waiting.rowCount > 0) return;
	const last = await transaction.query<{ took: number }>('select took_ms as took from opinion_maps where topic_id = $1', [
		topicId
	]);
	const runAt = new Date(transaction.at.getTime() + Math.max(soonest, 20 * (last.rows[0]?.took ?? 0)));
	await addJob(transaction, job, { topicId }, { jobKey, runAt, queue: jobKey, watched: true });
}
