import type { Queryable, Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Waiting for its turn or its time; running now; failed, and to be tried again by itself; parked, having failed as often as it may. */
export const jobStates = ['parked', 'failed', 'running', 'waiting'] as const;
export type JobState = (typeof jobStates)[number];

export interface StandingJob {
	readonly id: string;
	readonly task: string;
	readonly state: JobState;
	readonly attempts: number;
	readonly mostAttempts: number;
	readonly lastError: string | null;
	readonly askedAt: Date;
	/** when it is tried next, or was parked */
	readonly at: Date;
}

export const jobsOnAPage = 50;

/** What is to be done and does not work, the newest first; `before` is the id of the last one seen. What is done is gone. */
export async function jobsStanding(
	queryable: Queryable,
	{ state = null, before = null }: { state?: JobState | null; before?: string | null } = {}
): Promise<StandingJob[]> {
	const { rows } = await queryable.query<StandingJob>(
		`
			select id::text, task, state, attempts, "mostAttempts", "lastError", "askedAt", at
			from (${jobsWithState}) as job
			where ($1::text is null or state = $1) and ($2::bigint is null or id < $2)
			order by job.id desc
			limit ${jobsOnAPage}`,
		[state, before]
	);
	return rows;
}

export async function jobCounts(queryable: Queryable): Promise<Record<JobState, number>> {
	const { rows } = await queryable.query<{ state: JobState; count: number }>(
		`select state, count(*)::int as count from (${jobsWithState}) as job group by state`
	);
	const none = { parked: 0, failed: 0, running: 0, waiting: 0 };
	return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

const jobsWithState = `
	select id, task_identifier as task, attempts, max_attempts as "mostAttempts", last_error as "lastError", created_at as "askedAt",
		case when attempts >= max_attempts and locked_at is null then updated_at else run_at end as at,
		case
			when locked_at is not null then 'running'
			when attempts >= max_attempts then 'parked'
			when attempts > 0 then 'failed'
			else 'waiting'
		end as state
	from graphile_worker.jobs`;

/** Tries a job now, with all its tries. Refuses what runs already or is done. @returns its task, for the record */
export async function tryJobNow(transaction: Transaction, id: string): Promise<string> {
	const job = await jobById(transaction, id);
	const { rowCount } = await transaction.query(
		`select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at => clock_timestamp(), attempts => 0)`,
		[id]
	);
	if (rowCount === 0) throw refusal('changed-meanwhile');
	return job.task;
}

/** Takes a parked job off for good: what it was to do is not done. @returns its task, for the record */
export async function giveJobUp(transaction: Transaction, id: string): Promise<string> {
	const { task, state } = await jobById(transaction, id);
	if (!mayBeGivenUp({ task, state })) throw refusal('not-allowed');
	const { rowCount } = await transaction.query(`select from graphile_worker.complete_jobs(array[$1::bigint])`, [id]);
	if (rowCount === 0) throw refusal('changed-meanwhile');
	return task;
}

/**
 * Only a parked one; and never one by which an erasure is carried out (we promised that nothing stays), nor one that comes again by the clock
 * (nobody would ask for the next).
 */
export function mayBeGivenUp({ task, state }: Pick<StandingJob, 'task' | 'state'>): boolean {
	return state === 'parked' && !kept.has(task);
}

const kept = new Set([
	'cafes.forget-photo',
	'contributions.drop-file',
	'events.look-after',
	'newsroom.send-news',
	'people.tidy',
	'reports.keep-exports',
	'reports.redact',
	'townhalls.forget-asker'
]);

async function jobById(queryable: Queryable, id: string): Promise<StandingJob> {
	const { rows } = await queryable.query<StandingJob>(`select * from (${jobsWithState}) as job where id = $1::bigint`, [id]);
	if (!rows[0]) throw refusal('changed-meanwhile');
	return rows[0];
}
