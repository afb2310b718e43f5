import { record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { groupsJobKey } from '#agreement/asking-for-groups.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { askToStop, progressOf, type JobProgress } from '#jobs/jobs.server.ts';
import type { Found } from '#agreement/computing.ts';

/** How the computation of opinion groups stands, for the desk. */
export interface GroupsAtDesk {
	readonly asOf: Date | null;
	/** ms */
	readonly took: number | null;
	readonly opinions: Found['opinions'] | null;
	readonly progress: JobProgress | null;
}

export async function groupsAtDesk(queryable: Queryable, topicId: string): Promise<GroupsAtDesk> {
	const { rows } = await queryable.query<{ asOf: Date; took: number; opinions: Found['opinions'] }>(
		`select as_of as "asOf", took_ms as took, found -> 'opinions' as opinions from opinion_maps where topic_id = $1`,
		[topicId]
	);
	const progress = await progressOf(queryable, topicId, groupsJobKey(topicId));
	return { ...(rows[0] ?? { asOf: null, took: null, opinions: null }), progress };
}

/** A computation that runs ends at its next step, one that waits does not begin; the next opinions ask for another. */
export async function stopGroups(database: Database, topicId: string, actor: Actor): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await askToStop(transaction, topicId, groupsJobKey(topicId));
		await record(transaction, {
			topicId,
			actor,
			did: 'gave up',
			kind: 'job',
			thingId: null,
			details: { task: 'agreement.find-groups' }
		});
	});
}
