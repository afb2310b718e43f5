import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { nextNumber, record, rememberRequest } from '#activity/recording.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';

const database = await testDatabase();

test('an act is recorded with who, what, when and why, and a job by its name', async () => {
	const topicId = uuidv7();
	const thingId = uuidv7();
	const account: Actor = { kind: 'account', accountId: uuidv7(), visitorId: null, roles: [], secondFactor: true };
	const at = await inTransaction(database, async (transaction) => {
		await record(transaction, { topicId, actor: account, did: 'hid', kind: 'idea', thingId, reason: 'spam' });
		await record(transaction, {
			topicId,
			actor: { kind: 'job', name: 'import' },
			did: 'imported',
			kind: 'submission',
			thingId,
			details: { read: 2 }
		});
		return transaction.at;
	});
	const { rows } = await database.query(
		'select at, actor_kind, actor_id, did, kind, thing_id, details, reason from activity where topic_id = $1 order by activity_id',
		[topicId]
	);
	assert.deepEqual(rows, [
		{
			at,
			actor_kind: 'account',
			actor_id: account.accountId,
			did: 'hid',
			kind: 'idea',
			thing_id: thingId,
			details: {},
			reason: 'spam'
		},
		{
			at,
			actor_kind: 'job',
			actor_id: null,
			did: 'imported',
			kind: 'submission',
			thing_id: thingId,
			details: { job: 'import', read: 2 },
			reason: null
		}
	]);
});

test('an act of a transaction that fails is not recorded', async () => {
	const topicId = uuidv7();
	await assert.rejects(
		inTransaction(database, async (transaction) => {
			await record(transaction, { topicId, actor: { kind: 'job', name: 'x' }, did: 'tried', kind: 'idea', thingId: null });
			throw new Error('no');
		}),
		/no/
	);
	assert.equal((await database.query('select from activity where topic_id = $1', [topicId])).rowCount, 0);
});

test('numbers have no gaps and no twins, also when twenty ask at once and one fails', async () => {
	const topicId = uuidv7();
	const take = (fail: boolean) =>
		inTransaction(database, async (transaction) => {
			const number = await nextNumber(transaction, topicId, 'ideas');
			if (fail) throw new Error('changed my mind');
			return number;
		});
	const taken = await Promise.allSettled(Array.from({ length: 20 }, (_, place) => take(place === 7)));
	const numbers = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])).sort((a, b) => a - b);
	assert.deepEqual(
		numbers,
		Array.from({ length: 19 }, (_, place) => place + 1)
	);
	assert.equal(await inTransaction(database, (transaction) => nextNumber(transaction, topicId, 'ideas', 5)), 20);
	assert.equal(await inTransaction(database, (transaction) => nextNumber(transaction, topicId, 'ideas')), 25);
	assert.equal(await inTransaction(database, (transaction) => nextNumber(transaction, nilTopic, `other ${topicId}`)), 1);
});

test('the same request of the same person leads to the first thing, that of another person to its own', async () => {
	const topicId = uuidv7();
	const [first, second] = [uuidv7(), uuidv7()];
	const ask = (requester: string, thingId: string) =>
		inTransaction(database, (transaction) =>
			rememberRequest(transaction, { topicId, requester: Buffer.from(requester), requestKey: 'k', kind: 'idea', thingId })
		);
	assert.equal(await ask('Ana', first), null);
	assert.equal(await ask('Ana', second), first);
	assert.equal(await ask('Bo', second), null);
});
