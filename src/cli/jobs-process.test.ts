import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { keepJobsRunning } from '#jobs/child.server.ts';
import { parkedJobs } from '#jobs/jobs.server.ts';
import { mailById, queueMail } from '#mail/mail.server.ts';
import { codeMail } from '#people/sign-in/proving.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-jobs-'));
after(() => rm(folder, { recursive: true }));

test('the process of the jobs delivers a mail that was queued, and forgets old codes', async () => {
	const mail = { topicId: nilTopic, to: 'amina@example.org', language: 'en', subject: 'Your code', body: '1234 5678' };
	const [fresh, old] = await inTransaction(database, async (transaction) => [
		await queueMail(transaction, { ...mail, kind: codeMail }),
		await queueMail(transaction, { ...mail, kind: codeMail })
	]);
	await database.query(`update mails set queued_at = queued_at - interval '2 hours' where mail_id = $1`, [old]);
	Object.assign(process.env, {
		DATABASE_URL: (database.pool.options as { connectionString: string }).connectionString,
		OPEN_TALKS_DATA: folder
	});
	const sentences: string[] = [];
	const jobs = keepJobsRunning(join(import.meta.dirname, 'jobs-process.ts'), (sentence) => sentences.push(sentence));
	try {
		const isDone = async () =>
			(await mailById(database, nilTopic, fresh))?.state === 'outbox' &&
			(await mailById(database, nilTopic, old))?.body === '' &&
			(await readdir(join(folder, 'outbox'))).length === 1;
		for (let looks = 0; looks < 400 && !(await isDone()); looks++) await pause(50);
		assert.equal(await isDone(), true);
	} finally {
		await jobs.stop();
	}
	assert.deepEqual([sentences, await parkedJobs(database)], [[], []]);
	assert.equal((await mailById(database, nilTopic, fresh))?.body, '1234 5678');
	const { rows } = await database.query(`select task_identifier as task from graphile_worker.jobs order by task`);
	assert.deepEqual(rows, [
		{ task: 'events.look-after' },
		{ task: 'newsroom.send-news' },
		{ task: 'people.tidy' },
		{ task: 'reports.keep-exports' },
		{ task: 'topics.turn-stages' }
	]);
});
