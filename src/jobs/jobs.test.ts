import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction, nilTopic, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { addJob, askToStop, parkedJobs, progressOf, type JobPayload } from '#jobs/jobs.server.ts';
import { tryJobNow } from '#jobs/looking-after.server.ts';
import { runJobs, type Job, type Task } from '#jobs/running.server.ts';

const database = await testDatabase();
const add = (name: string, payload: Omit<JobPayload, 'topicId'>, wishes = {}) =>
	inTransaction(database, (transaction) => addJob(transaction, name, { topicId: nilTopic, ...payload }, wishes));

/** Runs the tasks as long as the work takes. */
async function running(tasks: Record<string, Task>, work: () => Promise<void>) {
	const list = Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, async () => task]));
	// one at a time, so that their order is told
	const jobs = await runJobs(database, list, { concurrency: 1 });
	try {
		await work();
	} finally {
		await jobs.stop();
	}
}

function signal() {
	const { promise, resolve } = Promise.withResolvers<void>();
	return { come: promise, tell: resolve };
}

test('a job runs once its transaction is committed, and never if it is not', async () => {
	const done: unknown[] = [];
	const last = signal();
	const task: Task = async ({ payload, attempt }) => {
		done.push([payload.thing, attempt]);
		if (payload.thing === 'last') last.tell();
	};
	await assert.rejects(
		inTransaction(database, async (transaction: Transaction) => {
			await addJob(transaction, 'note', { topicId: nilTopic, thing: 'never' });
			throw new Error('no');
		}),
		/no/
	);
	await add('note', { thing: 'first' }, { jobKey: 'a' });
	await running({ note: task }, async () => {
		await add('note', { thing: 'last' }, { jobKey: 'b' });
		await last.come;
	});
	assert.deepEqual(done, [
		['first', 1],
		['last', 1]
	]);
});

test('a job that waits is replaced by a later one with its key, and one for tomorrow waits', async () => {
	const done: unknown[] = [];
	const last = signal();
	const task: Task = async ({ payload }) => {
		done.push(payload.thing);
		if (payload.thing === 'end') last.tell();
	};
	await inTransaction(database, async (transaction) => {
		const tomorrow = new Date(transaction.at.getTime() + 86_400_000);
		await addJob(transaction, 'write', { topicId: nilTopic, thing: 'tomorrow' }, { runAt: tomorrow });
	});
	await add('write', { thing: 'old' }, { jobKey: 'same' });
	await add('write', { thing: 'new' }, { jobKey: 'same' });
	await add('write', { thing: 'end' });
	await running({ write: task }, () => last.come);
	assert.deepEqual(done, ['new', 'end']);
});

test('whoever watches a job sees how far it is, and can stop it', async () => {
	const topicId = uuidv7();
	const [begun, asked, stopped] = [signal(), signal(), signal()];
	const task: Task = async ({ progress }: Job) => {
		await progress(10, 10);
		begun.tell();
		await asked.come;
		try {
			await progress(10, 10);
		} finally {
			stopped.tell();
		}
	};
	await inTransaction(database, (transaction) => addJob(transaction, 'long', { topicId }, { jobKey: topicId, watched: true }));
	assert.equal((await progressOf(database, topicId, topicId))?.state, 'waiting');
	await running({ long: task }, async () => {
		await begun.come;
		const seen = await progressOf(database, topicId, topicId);
		assert.deepEqual([seen?.state, seen?.done, seen?.total], ['running', 10, 10]);
		await inTransaction(database, (transaction) => askToStop(transaction, topicId, topicId));
		asked.tell();
		await stopped.come;
	});
	assert.equal((await progressOf(database, topicId, topicId))?.state, 'stopped');
	assert.deepEqual(await parkedJobs(database), []);
});

test('a job that fails as often as it may is parked with its error, and runs again when somebody asks', async () => {
	const topicId = uuidv7();
	let isRepaired = false;
	let seen = signal();
	const task: Task = async () => {
		seen.tell();
		if (!isRepaired) throw new Error('the printer is on fire');
	};
	await inTransaction(database, (transaction) =>
		addJob(transaction, 'print', { topicId }, { jobKey: `print ${topicId}`, maxAttempts: 1, watched: true })
	);
	await running({ print: task }, () => seen.come);
	const parked = await parkedJobs(database);
	assert.deepEqual(
		parked.map(({ task, attempts, lastError }) => [task, attempts, lastError]),
		[['print', 1, 'the printer is on fire']]
	);
	const progress = await progressOf(database, topicId, `print ${topicId}`);
	assert.deepEqual([progress?.state, progress?.explanation], ['failed', 'the printer is on fire']);

	isRepaired = true;
	seen = signal();
	await inTransaction(database, (transaction) => tryJobNow(transaction, parked[0]!.id));
	await running({ print: task }, () => seen.come);
	assert.deepEqual(await parkedJobs(database), []);
	assert.equal((await progressOf(database, topicId, `print ${topicId}`))?.state, 'done');
});

test('a job that a killed process left locked is taken up by the next', async () => {
	await add('orphan', {}, { jobKey: 'orphan' });
	await database.query(
		`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a dead worker', attempts = 1 where key = 'orphan'`
	);
	const seen = signal();
	await running({ orphan: async () => seen.tell() }, () => seen.come);
	assert.equal((await database.query(`select from graphile_worker.jobs where key = 'orphan'`)).rowCount, 0);
});
