import assert from 'node:assert/strict';
import test from 'node:test';
import { agreedIdea, agreedOnTopic, type AgreementWishes } from '#agreement/agreed.server.ts';
import { speakersOn, type Said } from '#agreement/examples.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aModerator, aVisitor } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { topicOf } from '#topics/reading.server.ts';

const database = await testDatabase();
const { aTalk } = await speakersOn(database);
const visitor = aVisitor('reader');
await database.query(`delete from stakeholder_groups where group_key not in ('governments', 'academia')`);

const seen = async (topicId: string, wishes: AgreementWishes = {}, actor: Actor = visitor) =>
	agreedOnTopic(database, await topicOf(database, topicId), wishes, { actor, at: new Date() });
const levels = async (topicId: string, wishes: AgreementWishes = {}) =>
	(await seen(topicId, wishes)).ideas?.map(({ number, level, opposedBy, notHeardFrom }) => [
		number,
		level,
		opposedBy,
		notHeardFrom
	]);

const agreed: Said[] = [
	['governments', 8, 0],
	['academia', 9, 1]
];
const opposed: Said[] = [
	['governments', 0, 8],
	['academia', 10, 0]
];
const split: Said[] = [
	['governments', 4, 4],
	['academia', 5, 5]
];
const halfHeard: Said[] = [['academia', 10, 0]];

test('ideas stand in the order of their common ground, of what divides the groups, and of who is missing', async () => {
	const { topicId } = await aTalk(opposed, agreed, halfHeard, split, []);
	assert.deepEqual((await seen(topicId)).ideas, []);
	await publishCells(database, topicId);
	assert.deepEqual(await levels(topicId), [
		[3, 'not-heard', [], ['governments']],
		[2, 'consensus', [], []],
		[4, 'divergence', [], []],
		[1, 'divergence', ['governments'], []]
	]);
	assert.deepEqual(
		(await levels(topicId, { sort: 'divided' }))?.map(([number]) => number),
		[1, 2, 4, 3]
	);
	assert.deepEqual((await levels(topicId, { sort: 'awaited' }))?.[0], [3, 'not-heard', [], ['governments']]);
	assert.deepEqual(
		(await levels(topicId, { level: 'divergence' }))?.map(([number]) => number),
		[4, 1]
	);
	assert.deepEqual(
		(await levels(topicId, { group: 'governments', language: 'en' }))?.map(([number]) => number),
		[2, 4, 1]
	);
	assert.deepEqual(await levels(topicId, { region: 'african' }), []);
	const { totals, weighting } = await seen(topicId);
	assert.deepEqual(totals, { consensus: 1, opposition: 0, divergence: 2, 'not-heard': 1 });
	assert.deepEqual(weighting, { groups: { compared: 3, turns: 0 }, regions: { compared: 0, turns: 0 } });
});

test('a list is paged by key, and each idea is met once', async () => {
	const { topicId } = await aTalk(...Array.from({ length: 3 }, () => agreed), ...Array.from({ length: 20 }, () => halfHeard));
	await publishCells(database, topicId);
	for (const sort of ['common-ground', 'divided', 'awaited']) {
		const first = await seen(topicId, { sort });
		assert.equal(first.ideas?.length, 20);
		const second = await seen(topicId, { sort, after: first.after });
		assert.equal(second.after, null);
		const numbers = [...first.ideas, ...(second.ideas ?? [])].map(({ number }) => number);
		assert.deepEqual(
			numbers.toSorted((one, other) => one - other),
			Array.from({ length: 23 }, (_, place) => place + 1)
		);
	}
	for (const after of ['x', '1_2', '1_2_3_4', '1e99_1_1', "'_1_1"])
		assert.equal((await seen(topicId, { after })).ideas?.length, 20);
});

test('a hidden idea drops out of list and totals, and comes back with its level', async () => {
	const { topicId } = await aTalk(agreed, split);
	await publishCells(database, topicId);
	const { rows } = await database.query<{ id: string }>(
		'select idea_id as id from ideas where topic_id = $1 and idea_number = 1',
		[topicId]
	);
	const thing = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	assert.deepEqual(
		(await levels(topicId))?.map(([number]) => number),
		[2]
	);
	assert.deepEqual((await seen(topicId)).totals.consensus, 0);
	const topic = await topicOf(database, topicId);
	assert.equal(await agreedIdea(database, topic, 1, { actor: visitor, at: new Date() }), null);
	await decideOn(database, thing, { decision: 'restored', words: '' }, aModerator(topicId));
	assert.deepEqual((await levels(topicId))?.[0], [1, 'consensus', [], []]);
});

test('nobody sees a level while results are blind, staff no sooner than everyone', async () => {
	const { topicId } = await aTalk(agreed);
	await publishCells(database, topicId);
	await database.query(`update stages set takes_opinions = 'blind' where topic_id = $1`, [topicId]);
	const topic = await topicOf(database, topicId);
	for (const actor of [visitor, aSecretary]) {
		const { ideas, after, totals, weighting } = await seen(topicId, {}, actor);
		assert.deepEqual(
			[ideas, after, totals, weighting.groups],
			[null, null, { consensus: 0, opposition: 0, divergence: 0, 'not-heard': 0 }, { compared: 0, turns: 0 }]
		);
		assert.equal(await agreedIdea(database, topic, 1, { actor, at: new Date() }), null);
	}
});
