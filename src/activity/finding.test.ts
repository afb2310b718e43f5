import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { activityFound, type ActivityFilter } from '#activity/finding.server.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';

const database = await testDatabase();
const [topicId, ada, ben] = [uuidv7(), uuidv7(), uuidv7()];
const account = (accountId: string): Actor => ({ kind: 'account', accountId, visitorId: null, roles: [], secondFactor: true });
const acts: [string, Actor, string, string][] = [
	[topicId, account(ada), 'hidden', 'idea'],
	[topicId, { kind: 'visitor', visitorId: null }, 'withdrew', 'idea'],
	[nilTopic, account(ben), 'granted', 'role'],
	[topicId, { kind: 'job', name: 'import' }, 'imported', 'topic'],
	[topicId, account(ben), 'hidden', 'comment']
];
for (const [place, [topic, actor, did, kind]] of acts.entries()) {
	await inTransaction(database, (transaction) =>
		record(transaction, {
			...{ topicId: topic, actor, did, kind, thingId: uuidv7() },
			...{ actorId: actor.kind === 'visitor' ? uuidv7() : null, details: { words: 'what was hidden' }, reason: `for ${did}` }
		})
	);
	const at = new Date(Date.UTC(2013, 9, 8 + place));
	await database.query(`update activity set at = $1 where did = $2 and kind = $3`, [at, did, kind]);
}
const found = async (filter: ActivityFilter) =>
	(await activityFound(database, filter)).acts.map(({ did, kind }) => `${did} ${kind}`);

test('everything that was done is found, the newest first, and no details go along', async () => {
	const { acts: all, more } = await activityFound(database, {});
	assert.deepEqual([all.map(({ did }) => did), more], [['hidden', 'imported', 'granted', 'withdrew', 'hidden'], false]);
	assert.equal(JSON.stringify(all).includes('what was hidden'), false);
	assert.deepEqual(
		all.map(({ actorKind, accountId, job, reason }) => [actorKind, accountId, job, reason]),
		[
			['account', ben, null, 'for hidden'],
			['job', null, 'import', 'for imported'],
			['account', ben, null, 'for granted'],
			['visitor', null, null, 'for withdrew'],
			['account', ada, null, 'for hidden']
		]
	);
});

test('it is found by person, by topic, by kind and by time, and by several of them', async () => {
	assert.deepEqual(await found({ who: ben }), ['hidden comment', 'granted role']);
	assert.deepEqual(await found({ who: 'visitor' }), ['withdrew idea']);
	assert.deepEqual(await found({ who: 'job' }), ['imported topic']);
	assert.deepEqual(await found({ topicId, who: ben }), ['hidden comment']);
	assert.deepEqual(await found({ kind: 'idea' }), ['withdrew idea', 'hidden idea']);
	const days = { from: new Date('2013-10-09T00:00Z'), until: new Date('2013-10-11T00:00Z') };
	assert.deepEqual(await found(days), ['granted role', 'withdrew idea']);
});

test('a page begins after the last act of the one before, though more was done meanwhile', async () => {
	const first = await activityFound(database, {}, { most: 2 });
	assert.deepEqual([first.acts.length, first.more], [2, true]);
	await inTransaction(database, (transaction) =>
		record(transaction, { topicId, actor: account(ada), did: 'approved', kind: 'idea', thingId: uuidv7() })
	);
	const { acts: second, more } = await activityFound(database, {}, { most: 3, before: first.acts[1]! });
	assert.deepEqual([second.map(({ did }) => did), more], [['granted', 'withdrew', 'hidden'], false]);
});
