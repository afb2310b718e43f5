import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { noticeFullQueue, queueNoticeJob, queueNoticeMail, setThreshold } from '#moderation/noticing.server.ts';
import { anAccountIn } from '#people/examples.ts';
import { addRole } from '#people/roles.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();
const { topicId } = await aPublishedTopic(database);
const origin = 'https://talks.example.org';
const job = { kind: 'job', name: 'test' } as const;

async function hold(things: number): Promise<void> {
	await database.query(`delete from concealments where topic_id = $1`, [topicId]);
	for (let count = 0; count < things; count++)
		await database.query(
			`insert into concealments (topic_id, kind, thing_id, why, since) values ($1, 'idea', $2, 'held', now())`,
			[topicId, uuidv7()]
		);
}

async function told(): Promise<{ to: string; language: string }[]> {
	const { rows } = await database.query<{ to: string; language: string }>(
		`select to_address as to, language from mails where topic_id = $1 and kind = $2 order by mail_id`,
		[topicId, queueNoticeMail]
	);
	return rows;
}

test('moderators are told once when more waits than the topic wants, and again after it was less', async () => {
	const [anna, boris, secretary] = [
		await anAccountIn(database, 'Anna'),
		await anAccountIn(database, 'Boris'),
		await anAccountIn(database, 'Secretary')
	];
	await inTransaction(database, async (transaction) => {
		for (const { accountId } of [anna, boris]) await addRole(transaction, { topicId, accountId, role: 'moderator' }, job);
		const nil = '00000000-0000-0000-0000-000000000000';
		await addRole(transaction, { topicId: nil, accountId: secretary.accountId, role: 'secretariat' }, job);
	});
	await database.query(`update accounts set language = 'ru' where account_id = $1`, [boris.accountId]);
	await hold(3);
	assert.equal(await noticeFullQueue(database, topicId, { origin }), 0);
	await setThreshold(database, topicId, 3, aSecretary);
	const { rowCount } = await database.query(`select from graphile_worker.jobs where task_identifier = $1`, [queueNoticeJob]);
	assert.equal(rowCount, 1);
	assert.equal(await noticeFullQueue(database, topicId, { origin }), 2);
	assert.equal(await noticeFullQueue(database, topicId, { origin }), 0);
	assert.deepEqual(await told(), [
		{ to: 'anna@example.org', language: 'en' },
		{ to: 'boris@example.org', language: 'ru' }
	]);
	await hold(2);
	assert.equal(await noticeFullQueue(database, topicId, { origin }), 0);
	await hold(4);
	assert.equal(await noticeFullQueue(database, topicId, { origin }), 2);
});

test('a topic without a threshold is left in peace', async () => {
	await setThreshold(database, topicId, null, aSecretary);
	await hold(50);
	assert.equal(await noticeFullQueue(database, topicId, { origin }), 0);
});
