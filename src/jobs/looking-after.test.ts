import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction, nilTopic, type Transaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { giveJobUp, jobCounts, jobsStanding, mayBeGivenUp, tryJobNow } from '#jobs/looking-after.server.ts';

const database = await testDatabase();
const within = <T>(work: (transaction: Transaction) => Promise<T>) => inTransaction(database, work);
const task = 'print';
for (const key of ['waits', 'failed', 'parked', 'runs'])
	await within((transaction) => addJob(transaction, task, { topicId: nilTopic }, { jobKey: key, maxAttempts: 3 }));
for (const [key, change] of Object.entries({
	failed: `attempts = 1, last_error = 'no paper'`,
	parked: `attempts = 3, last_error = 'on fire'`,
	runs: `attempts = 1, locked_at = now(), locked_by = 'somebody'`
}))
	await database.query(`update graphile_worker._private_jobs set ${change} where key = $1`, [key]);
const [runs, parked, failed, waits] = (await jobsStanding(database)).map(({ id }) => id);

test('each job is told with its state, its tries and its last error; the newest first', async () => {
	const told = (await jobsStanding(database)).map((job) => [job.state, job.attempts, job.mostAttempts, job.lastError]);
	assert.deepEqual(told, [
		['running', 1, 3, null],
		['parked', 3, 3, 'on fire'],
		['failed', 1, 3, 'no paper'],
		['waiting', 0, 3, null]
	]);
	assert.deepEqual(await jobCounts(database), { parked: 1, failed: 1, running: 1, waiting: 1 });
	assert.deepEqual(
		(await jobsStanding(database, { state: 'failed' })).map(({ id }) => id),
		[failed]
	);
	assert.deepEqual(
		(await jobsStanding(database, { before: failed! })).map(({ id }) => id),
		[waits]
	);
});

test('a job that runs is not tried beside itself, and what is not parked is not given up', async () => {
	await assert.rejects(
		within((transaction) => tryJobNow(transaction, runs!)),
		{ code: 'changed-meanwhile' }
	);
	await assert.rejects(
		within((transaction) => giveJobUp(transaction, runs!)),
		{ code: 'not-allowed' }
	);
	await assert.rejects(
		within((transaction) => giveJobUp(transaction, failed!)),
		{ code: 'not-allowed' }
	);
	await assert.rejects(
		within((transaction) => tryJobNow(transaction, '999999')),
		{ code: 'changed-meanwhile' }
	);
});

test('what carries out an erasure, or comes again by the clock, is never given up', () => {
	assert.equal(mayBeGivenUp({ task: 'mails.deliver', state: 'parked' }), true);
	assert.equal(mayBeGivenUp({ task: 'reports.redact', state: 'parked' }), false);
	assert.equal(mayBeGivenUp({ task: 'people.tidy', state: 'parked' }), false);
});

test('a parked job gets all its tries again, or is given up', async () => {
	assert.equal(await within((transaction) => tryJobNow(transaction, parked!)), task);
	assert.deepEqual(
		(await jobsStanding(database, { state: 'waiting' })).map(({ id, attempts }) => [id, attempts]),
		[
			[parked, 0],
			[waits, 0]
		]
	);
	await database.query(`update graphile_worker._private_jobs set attempts = 3 where id = $1`, [parked]);
	assert.equal(await within((transaction) => giveJobUp(transaction, parked!)), task);
	assert.deepEqual(await jobCounts(database), { parked: 0, failed: 1, running: 1, waiting: 1 });
});
