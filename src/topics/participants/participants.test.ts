import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { inTransaction, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { participantOf, participantsOf, raiseAssurance, seenParticipant } from '#topics/participants/participants.server.ts';
import { profileOf } from '#topics/participants/stating.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'participants-'));
after(() => rm(folder, { recursive: true }));
const keys = topicKeys({ folder, secret: 'a secret' });

async function aTopic(): Promise<string> {
	const topicId = uuidv7();
	await database.query(
		`insert into topics (topic_id, default_language, languages, created_at) values ($1, 'en', '{en}', now())`,
		[topicId]
	);
	return topicId;
}
const aVisitor = () => ({ kind: 'visitor', visitorId: randomUUID() }) as const;
const anAccount = (visitorId: string | null = null) =>
	({ kind: 'account', accountId: randomUUID(), visitorId, roles: [], secondFactor: false }) as const;
const act = <T>(work: (transaction: Transaction) => Promise<T>) => inTransaction(database, work);
const counted = async (table: string, topicId: string) =>
	(await database.query<{ count: number }>(`select count(*) from ${table} where topic_id = $1`, [topicId])).rows[0]!.count;

test('a visitor becomes a participant at the first act and stays the same one', async () => {
	const [topicId, visitor] = [await aTopic(), aVisitor()];
	assert.equal(await seenParticipant(database, keys, topicId, visitor), null);
	assert.deepEqual(await act((t) => participantOf(t, keys, topicId, visitor)), { number: 1, profile: 1 });
	assert.deepEqual(await act((t) => participantOf(t, keys, topicId, visitor)), { number: 1, profile: 1 });
	assert.deepEqual(await act((t) => participantOf(t, keys, topicId, aVisitor())), { number: 2, profile: 1 });
	assert.deepEqual(await seenParticipant(database, keys, topicId, visitor), { number: 1, profile: 1 });
	assert.equal((await profileOf(database, topicId, 1)).assurance, 'browser');
});

test('a double click is one participant, and the next one gets the next number', async () => {
	const [topicId, visitor] = [await aTopic(), aVisitor()];
	const clicks = await Promise.all(Array.from({ length: 8 }, () => act((t) => participantOf(t, keys, topicId, visitor))));
	assert.deepEqual(clicks, Array(8).fill({ number: 1, profile: 1 }));
	assert.equal(await counted('participants', topicId), 1);
	assert.equal((await act((t) => participantOf(t, keys, topicId, aVisitor()))).number, 2);
});

test('an act that fails leaves no participant behind', async () => {
	const [topicId, visitor] = [await aTopic(), aVisitor()];
	await assert.rejects(
		act(async (t) => {
			await participantOf(t, keys, topicId, visitor);
			throw new Error('the stage is closed');
		})
	);
	assert.equal(await counted('participants', topicId), 0);
	assert.equal((await act((t) => participantOf(t, keys, topicId, visitor))).number, 1);
});

for (const howMany of [1, 3, 500]) {
	test(`${howMany} new visitors are made with the same few statements`, async () => {
		const topicId = await aTopic();
		const visitors = Array.from({ length: howMany }, () => randomUUID());
		await keys.hash(topicId, visitors[0]!);
		let statements = 0;
		const made = await act((t) => {
			const watched: Transaction = {
				at: t.at,
				copyOut: (...given) => t.copyOut(...given),
				query: ((...given: Parameters<Transaction['query']>) => {
					statements += 1;
					return t.query(...given);
				}) as Transaction['query']
			};
			return participantsOf(watched, keys, topicId, [...visitors, visitors[0]!]);
		});
		assert.equal(statements, 5);
		assert.deepEqual(
			made.map(({ number }) => number),
			[...visitors.map((_, index) => index + 1), 1]
		);
		assert.equal(await counted('participants', topicId), howMany);
		assert.deepEqual(await act((t) => participantsOf(t, keys, topicId, [...visitors].reverse())), made.slice(0, -1).reverse());
	});
}

test('twenty batches at once with the same visitors make each of them once', async () => {
	const topicId = await aTopic();
	const visitors = Array.from({ length: 40 }, () => randomUUID());
	await Promise.all(
		Array.from({ length: 20 }, (_, batch) => act((t) => participantsOf(t, keys, topicId, visitors.slice(batch, batch + 20))))
	);
	assert.equal(await counted('participants', topicId), 39);
	assert.equal((await act((t) => participantOf(t, keys, topicId, aVisitor()))).number, 40);
});

test('no row of a participant holds the id of the visitor or account', async () => {
	const [topicId, visitor, account] = [await aTopic(), aVisitor(), anAccount()];
	await act((t) => participantOf(t, keys, topicId, visitor));
	await act((t) => participantOf(t, keys, topicId, account));
	const { rows } = await database.query<{ row: string }>(
		`
			select to_jsonb(p)::text || to_jsonb(f)::text || to_jsonb(l)::text as row
			from participants p
			join participant_profiles f using (topic_id, participant_number)
			join participant_links l using (topic_id, participant_number)
			where topic_id = $1`,
		[topicId]
	);
	assert.equal(rows.length, 2);
	for (const id of [visitor.visitorId, account.accountId]) {
		assert.equal(
			rows.some(({ row }) => row.includes(id) || row.includes(id.replaceAll('-', ''))),
			false
		);
	}
});

test('who signs in keeps the participant that their browser made, with the assurance of a confirmed address', async () => {
	const [topicId, visitor] = [await aTopic(), aVisitor()];
	const before = await act((t) => participantOf(t, keys, topicId, visitor));
	const account = anAccount(visitor.visitorId);
	assert.deepEqual(await seenParticipant(database, keys, topicId, account), before);
	assert.deepEqual(await act((t) => participantOf(t, keys, topicId, account)), { number: 1, profile: 2 });
	assert.equal((await profileOf(database, topicId, 1)).assurance, 'e-mail');
	assert.deepEqual(await act((t) => participantOf(t, keys, topicId, { ...account, visitorId: null })), { number: 1, profile: 2 });
});

test('a second person at the same browser does not get the participant of the first', async () => {
	const [topicId, visitor] = [await aTopic(), aVisitor()];
	await act((t) => participantOf(t, keys, topicId, visitor));
	await act((t) => participantOf(t, keys, topicId, anAccount(visitor.visitorId)));
	const second = anAccount(visitor.visitorId);
	assert.equal(await seenParticipant(database, keys, topicId, second), null);
	assert.equal((await act((t) => participantOf(t, keys, topicId, second))).number, 2);
});

test('a double click of somebody signed in is one participant', async () => {
	const [topicId, account] = [await aTopic(), anAccount(randomUUID())];
	const clicks = await Promise.all(Array.from({ length: 8 }, () => act((t) => participantOf(t, keys, topicId, account))));
	assert.deepEqual(new Set(clicks.map(({ number }) => number)), new Set([1]));
	assert.equal(await counted('participants', topicId), 1);
});

test('assurance rises and never falls', async () => {
	const [topicId, visitor] = [await aTopic(), aVisitor()];
	const first = await act((t) => participantOf(t, keys, topicId, visitor));
	const invited = await act((t) => raiseAssurance(t, topicId, first, 'invited'));
	assert.deepEqual(invited, { number: 1, profile: 2 });
	assert.deepEqual(await act((t) => raiseAssurance(t, topicId, invited, 'e-mail')), invited);
	assert.equal((await profileOf(database, topicId, 1)).assurance, 'invited');
});

test('a browser without a cookie is refused by name, a job takes part in nothing', async () => {
	const topicId = await aTopic();
	await assert.rejects(
		act((t) => participantOf(t, keys, topicId, { kind: 'visitor', visitorId: null })),
		{ code: 'no-visitor' }
	);
	await assert.rejects(
		act((t) => participantOf(t, keys, topicId, { kind: 'job', name: 'import' })),
		{ code: 'not-allowed' }
	);
});

test('the same visitor is another participant in another topic, under an unrelated hash', async () => {
	const [one, other, visitor] = [await aTopic(), await aTopic(), aVisitor()];
	await act((t) => participantOf(t, keys, one, visitor));
	await act((t) => participantOf(t, keys, other, visitor));
	const { rows } = await database.query<{ hash: Buffer }>(
		`select keyed_hash as hash from participant_links where topic_id = any ($1::uuid[])`,
		[[one, other]]
	);
	assert.equal(new Set(rows.map(({ hash }) => hash.toString('hex'))).size, 2);
});
