import type { Queryable, Transaction } from '#database/connection.server.ts';

/** Ids only: what a job works on is read when it runs. The topic comes first, nilTopic outside any. */
export interface JobPayload {
	readonly topicId: string;
	readonly [id: string]: string | number | null;
}

export interface JobWishes {
	/** A job that waits under this key is replaced by the new one; one that runs already is followed by it. */
	readonly jobKey?: string;
	/** Not before this moment, by the clock of the transaction. */
	readonly runAt?: Date;
	/** Jobs of one queue run one after another, however many run beside them. */
	readonly queue?: string;
	/** After so many failures the job is parked until someone asks for it again. */
	readonly maxAttempts?: number;
	/** Whether a page shows how far the job is; needs a key. */
	readonly watched?: boolean;
	readonly askedBy?: string | null;
}

export interface JobProgress {
	readonly jobKey: string;
	readonly task: string;
	readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
	readonly done: number;
	readonly total: number | null;
	readonly explanation: string | null;
	readonly changedAt: Date;
	readonly isAskedToStop: boolean;
}

export const triesOfAJob = 5;

/** Adds the job in the transaction that needs it: it runs once that is committed, and never if it is not. */
export async function addJob(transaction: Transaction, name: string, payload: JobPayload, wishes: JobWishes = {}): Promise<void> {
	const { jobKey = null, runAt, maxAttempts = triesOfAJob, queue = null, watched = false, askedBy = null } = wishes;
	// the queue goes by the database's own clock, the wish by the transaction's, which tests move
	const delay = runAt ? Math.max(0, runAt.getTime() - transaction.at.getTime()) : 0;
	await transaction.query({
		name: 'add-job',
		text: `
			select from graphile_worker.add_job(
				identifier => $1,
				payload => $2::json,
				run_at => clock_timestamp() + $3 * interval '1 millisecond',
				max_attempts => $4::int,
				job_key => $5,
				queue_name => $6,
				-- many asks in a row are one job, at the time of the first
				job_key_mode => 'preserve_run_at'
			)`,
		values: [name, JSON.stringify(payload), delay, maxAttempts, jobKey, queue]
	});
	if (!watched) return;
	if (!jobKey) throw new Error(`the watched job ${name} needs a key`);
	await transaction.query(
		`
			insert into job_progress (topic_id, job_key, task, state, asked_at, asked_by, changed_at)
			values ($1, $2, $3, 'waiting', $4, $5, $4)
			on conflict (topic_id, job_key) do update
			set task = excluded.task, state = 'waiting', done = 0, total = null, explanation = null, stop_asked_at = null,
				asked_at = excluded.asked_at, asked_by = excluded.asked_by, changed_at = excluded.changed_at`,
		[payload.topicId, jobKey, name, transaction.at, askedBy]
	);
}

/** Many jobs of one name in one statement, each under its own key, none twice; they come after all that is asked for singly. */
export async function addJobs(
	transaction: Transaction,
	name: string,
	jobs: readonly { readonly payload: JobPayload; readonly jobKey: string }[],
	{ maxAttempts = triesOfAJob }: Pick<JobWishes, 'maxAttempts'> = {}
): Promise<void> {
	if (jobs.length === 0) return;
	// the whole set at once: a call for each takes ten times as long
	await transaction.query({
		name: 'add-jobs',
		text: `
			select count(added.id)
			from graphile_worker.add_jobs(
				specs => (
					select array_agg(row($1, payload, null, null, $4::int, job_key, 10, null)::graphile_worker.job_spec)
					from unnest($2::json[], $3::text[]) as given (payload, job_key)
				),
				job_key_preserve_run_at => true
			) as added`,
		values: [name, jobs.map(({ payload }) => JSON.stringify(payload)), jobs.map(({ jobKey }) => jobKey), maxAttempts]
	});
}

/**
 * A job that runs is to run once more: under the same key and in the same queue; where somebody asked meanwhile, at the time that they asked for.
 * @param job with the key under which it began: it has none any more once somebody asked meanwhile
 * @param again ms from now
 */
export async function addJobAgain(
	transaction: Transaction,
	{ id, key, payload }: { readonly id: string; readonly key: string | null; readonly payload: JobPayload },
	again: number
): Promise<void> {
	const { rows } = await transaction.query<{ name: string; queue: string | null; attempts: number }>(
		`
			select task_identifier as name, queue_name as queue, max_attempts as attempts
			from graphile_worker.jobs
			where id = $1::bigint`,
		[id]
	);
	const { name, queue, attempts } = rows[0]!;
	await addJob(transaction, name, payload, {
		...(key !== null && { jobKey: key }),
		...(queue !== null && { queue }),
		maxAttempts: attempts,
		runAt: new Date(transaction.at.getTime() + again)
	});
}

/** Takes back a job that waits under this key; one that runs already comes to its end, and is not tried again. */
export async function dropJob(transaction: Transaction, jobKey: string): Promise<void> {
	await transaction.query('select from graphile_worker.remove_job($1)', [jobKey]);
}

export async function progressOf(queryable: Queryable, topicId: string, jobKey: string): Promise<JobProgress | null> {
	const { rows } = await queryable.query<JobProgress>(`${progressColumns} where topic_id = $1 and job_key = $2`, [
		topicId,
		jobKey
	]);
	return rows[0] ?? null;
}

const progressColumns = `
	select job_key as "jobKey", task, state, done, total, explanation, changed_at as "changedAt",
		stop_asked_at is not null as "isAskedToStop"
	from job_progress`;

/** Asks a watched job to stop; it does at its next step. */
export async function askToStop(transaction: Transaction, topicId: string, jobKey: string): Promise<void> {
	await transaction.query(
		`
			update job_progress
			set stop_asked_at = $3
			where topic_id = $1 and job_key = $2 and state in ('waiting', 'running') and stop_asked_at is null`,
		[topicId, jobKey, transaction.at]
	);
}

export interface ParkedJob {
	readonly id: string;
	readonly task: string;
	readonly attempts: number;
	readonly lastError: string | null;
	readonly parkedAt: Date;
}

/** Jobs that failed as often as they may; newest first. */
export async function parkedJobs(queryable: Queryable): Promise<ParkedJob[]> {
	const { rows } = await queryable.query<ParkedJob>(`
		select id::text, task_identifier as task, attempts, last_error as "lastError", updated_at as "parkedAt"
		from graphile_worker.jobs
		where attempts >= max_attempts and locked_at is null and last_error is not null
		order by updated_at desc, id
		limit 200`);
	return rows;
}
