import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { sharedFor, whenCalm, type CalmWishes } from '#jobs/calm.server.ts';
import { addJob, progressOf } from '#jobs/jobs.server.ts';
import { runJobs } from '#jobs/running.server.ts';

const database = await testDatabase();

/** Adds a watched job and runs it until it is done. @returns how often it was looked whether the machine is busy, and what was told until then */
async function looksUntilDone(wishes: Omit<CalmWishes, 'isBusy'>, busyLooks: number) {
	const topicId = uuidv7();
	const key = `compute ${topicId}`;
	await inTransaction(database, (transaction) =>
		addJob(transaction, 'compute', { topicId }, { jobKey: key, queue: key, watched: true })
	);
	const { promise: done, resolve: tell } = Promise.withResolvers<void>();
	const states: (string | undefined)[] = [];
	const isBusy = async () => {
		states.push((await progressOf(database, topicId, key))?.state);
		return states.length <= busyLooks;
	};
	const task = whenCalm(({ payload }) => Promise.resolve(payload.topicId === topicId ? tell() : undefined), {
		...wishes,
		isBusy
	});
	const jobs = await runJobs(database, { compute: () => Promise.resolve(task) });
	await done;
	await jobs.stop();
	const left = await database.query('select from graphile_worker.jobs where key = $1', [key]);
	return { looks: states.length, states, end: (await progressOf(database, topicId, key))?.state, left: left.rowCount };
}

test('a long computation waits until the machine is calm, in its own queue and never twice', async () => {
	assert.deepEqual(await looksUntilDone({ again: 0 }, 2), {
		looks: 3,
		states: ['running', 'running', 'running'],
		end: 'done',
		left: 0
	});
});

test('whoever asks while a busy machine is looked at asks for the same computation', async () => {
	const topicId = uuidv7();
	const key = `compute ${topicId}`;
	const ask = () =>
		inTransaction(database, (transaction) => addJob(transaction, 'compute', { topicId }, { jobKey: key, queue: key }));
	await ask();
	const { promise: ran, resolve: tell } = Promise.withResolvers<void>();
	const { promise: rests, resolve: rest } = Promise.withResolvers<void>();
	let [looks, runs] = [0, 0];
	const isBusy = async () => {
		looks++;
		if (looks > 2) return false;
		await ask();
		return true;
	};
	const compute = () => {
		runs++;
		return Promise.resolve(tell());
	};
	const jobs = await runJobs(database, {
		compute: () => Promise.resolve(whenCalm(compute, { again: 0, isBusy })),
		after: () => Promise.resolve(() => Promise.resolve(rest()))
	});
	await ran;
	// what else waits in the queue comes before it
	await inTransaction(database, (transaction) => addJob(transaction, 'after', { topicId }, { queue: key }));
	await rests;
	await jobs.stop();
	assert.deepEqual([looks, runs], [3, 1]);
});

test('on a machine that never rests it begins after a while in any case', async () => {
	const { end, left } = await looksUntilDone({ again: 0, atMost: 1500 }, Number.POSITIVE_INFINITY);
	assert.deepEqual([end, left], ['done', 0]);
});

test('on a calm machine it begins at once', async () => {
	const { looks, end } = await looksUntilDone({}, 0);
	assert.deepEqual([looks, end], [1, 'done']);
});

test('all who ask at the same time share one look at the machine; later another is taken', async () => {
	let looks = 0;
	const isBusy = sharedFor(50, () => Promise.resolve(++looks % 2 === 1));
	assert.deepEqual(await Promise.all([isBusy(), isBusy(), isBusy()]), [true, true, true]);
	await pauseFor(60);
	assert.deepEqual([await isBusy(), looks], [false, 2]);
});
