import { setTimeout as pauseFor } from 'node:timers/promises';
import { Logger, run, type Task as WorkerTask } from 'graphile-worker';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { addJobAgain, type JobPayload } from '#jobs/jobs.server.ts';

/** One run of a task. */
export interface Job {
	readonly payload: JobPayload;
	readonly database: Database;
	/** 1 for the first try. */
	readonly attempt: number;
	readonly isLastAttempt: boolean;
	/** Aborted when the process is to end: a long job then stops, and is tried again after the restart. */
	readonly ending: AbortSignal;
	/**
	 * Says how far the job is, to whoever watches it, and ends it (by throwing) if somebody asked for that. Cheap enough to be called for
	 * each thing.
	 */
	readonly progress: (done: number, total: number | null) => Promise<void>;
}

export type Task = (job: Job) => Promise<void>;

/** Thrown by a job that is not to be tried again, though nothing is wrong: why, as the page that watches it tells. */
export class Declined extends Error {}

/** Thrown by a job that rather runs a little later: it is asked for again, with this added to what it works on. */
export class Postponed extends Error {
	/** ms */
	readonly again: number;
	readonly more: Readonly<Record<string, number>>;
	constructor(again: number, more: Readonly<Record<string, number>>) {
		super('the job runs a little later');
		this.again = again;
		this.more = more;
	}
}

/** Name → what loads the task, so that the process holds only what it uses. */
export type TaskList = Readonly<Record<string, () => Promise<Task>>>;

export interface RunningJobs {
	/** Lets the jobs that run come to their end (five seconds, then they are broken off and tried again later). */
	stop(): Promise<void>;
}

export interface RunningWishes {
	readonly concurrency?: number;
	/** Called for each failure of a job. */
	readonly failed?: (task: string, error: unknown) => void;
}

/** Runs the jobs of this database until stopped. */
export async function runJobs(
	database: Database,
	tasks: TaskList,
	{ concurrency = 2, failed }: RunningWishes = {}
): Promise<RunningJobs> {
	const leave = await takePlace(database);
	const ending = new AbortController();
	/** The jobs begun last. */
	const latest: string[] = [];
	const taskList = Object.fromEntries(
		Object.entries(tasks).map(([name, load]): [string, WorkerTask] => {
			const task = workerTask(database, name, load, ending.signal, failed);
			return [
				name,
				(payload, helpers) => {
					latest.unshift(helpers.job.id);
					latest.length = Math.min(latest.length, 2 * concurrency);
					return task(payload, helpers);
				}
			];
		})
	);
	const runner = await run({
		pgPool: database.pool,
		taskList,
		concurrency,
		noHandleSignals: true,
		// without this it would look for a file
		parsedCronItems: [],
		logger: quiet,
		pollInterval: 1000
	});
	let stopping: Promise<void> | undefined;
	return {
		stop: () =>
			(stopping ??= (async () => {
				ending.abort();
				await runner.stop();
				await ends(database, latest);
				await leave();
			})())
	};
}

/**
 * A process that was killed leaves its jobs locked, for hours by the queue's own rule. Each of our processes holds a connection with a
 * name; where there is no other, every lock is a leftover.
 */
async function takePlace(database: Database): Promise<() => Promise<void>> {
	const client = await database.pool.connect();
	await client.query(`set application_name = '${placeName}'`);
	const { rows } = await client.query<{ others: number }>(
		`
			select count(*)::int as others
			from pg_stat_activity
			where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
		[placeName]
	);
	if (rows[0]?.others === 0) {
		await client.query(
			`select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`
		);
	}
	return async () => {
		await client.query('reset application_name').catch(() => {});
		client.release(true);
	};
}

/** The queue writes the end of a job without waiting for it, also where it stops: this waits, two seconds at most. */
async function ends(database: Database, jobIds: readonly string[]): Promise<void> {
	for (let looks = 0; looks < 80; looks++) {
		const { rowCount } = await database.query(
			'select from graphile_worker.jobs where id = any ($1::bigint[]) and locked_at is not null',
			[jobIds]
		);
		if (rowCount === 0) return;
		await pauseFor(25);
	}
}

const placeName = 'open-talks jobs';

function workerTask(
	database: Database,
	name: string,
	load: () => Promise<Task>,
	ending: AbortSignal,
	failed: RunningWishes['failed']
): WorkerTask {
	return async (payload, { job }) => {
		const watch = watching(database, payload as JobPayload, job.key);
		const isLastAttempt = job.attempts >= job.max_attempts;
		try {
			await watch.begun();
			const task = await load();
			await task({
				payload: payload as JobPayload,
				database,
				attempt: job.attempts,
				isLastAttempt,
				ending,
				progress: watch.progress
			});
			await watch.ended('done');
		} catch (error) {
			if (error instanceof StopAsked) return watch.ended('stopped');
			if (error instanceof Postponed) {
				const again = { id: job.id, key: job.key, payload: { ...(payload as JobPayload), ...error.more } };
				await inTransaction(database, (transaction) => addJobAgain(transaction, again, error.again));
				return watch.ended('waiting');
			}
			if (error instanceof Declined) return watch.ended('stopped', error.message);
			failed?.(name, error);
			await watch.ended(isLastAttempt ? 'failed' : 'waiting', error instanceof Error ? error.message : String(error));
			throw error;
		}
	};
}

class StopAsked extends Error {}

/** Rows of progress are rewritten at most twice a second. */
const pause = 500;

function watching(database: Database, payload: JobPayload, jobKey: string | null) {
	let written = 0;
	const write = async (assignments: string, values: unknown[]) => {
		if (jobKey === null) return;
		const isStopAsked = await inTransaction(database, async (transaction) => {
			const { rows } = await transaction.query<{ isStopAsked: boolean }>(
				`
					update job_progress
					set changed_at = $3, ${assignments}
					where topic_id = $1 and job_key = $2
					returning stop_asked_at is not null as "isStopAsked"`,
				[payload.topicId, jobKey, transaction.at, ...values]
			);
			return rows[0]?.isStopAsked;
		});
		written = performance.now();
		return isStopAsked;
	};
	return {
		async begun() {
			if (await write(`state = 'running'`, [])) throw new StopAsked();
		},
		progress: async (done: number, total: number | null) => {
			if (done !== total && performance.now() - written < pause) return;
			if (await write('done = $4, total = $5', [done, total])) throw new StopAsked();
		},
		async ended(state: 'done' | 'failed' | 'stopped' | 'waiting', explanation: string | null = null) {
			await write('state = $4, explanation = $5', [state, explanation]);
		}
	};
}

// what fails is told by `failed` and kept with the job; the queue's own chatter would only repeat it
const quiet = new Logger(() => () => {});
