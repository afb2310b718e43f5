import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { agreedIdea, agreedOnTopic, type AgreementWishes } from '#agreement/agreed.server.ts';
import { fewestPeople, peopleIn } from '#agreement/cells.ts';
import { copyTalk } from '#agreement/copying.server.ts';
import { speakersOn, type Said } from '#agreement/examples.server.ts';
import { countingAlone } from '#agreement/instant.server.ts';
import { levelOfIdea } from '#agreement/level.ts';
import { computeAsked } from '#agreement/levelling.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { mendLevels, mislevelled } from '#agreement/recounting-levels.server.ts';
import { setThresholds } from '#agreement/setting-thresholds.server.ts';
import { takeSnapshot } from '#agreement/snapshots.server.ts';
import { thresholdsOf } from '#agreement/thresholds.server.ts';
import { usual } from '#agreement/thresholds.ts';
import { nilTopic } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import type { Opinion } from '#ideas/opinions/opinion.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { addGroup } from '#topics/institution/groups.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { seeded } from '../../examples/seeded.ts';

const database = await testDatabase();
const { keys, speak, anIdea, aTalk } = await speakersOn(database);
const visitor = aVisitor('reader');
const job: Actor = { kind: 'job', name: 'test' };
await database.query(`delete from stakeholder_groups where group_key not in ('governments', 'academia')`);

const seen = async (topicId: string, wishes: AgreementWishes = {}) =>
	agreedOnTopic(database, await topicOf(database, topicId), wishes, { actor: visitor, at: new Date() });
const levels = async (topicId: string) =>
	(await seen(topicId)).ideas?.map(({ number, level, opposedBy, notHeardFrom }) => [number, level, opposedBy, notHeardFrom]);

const agreed: Said[] = [
	['governments', 8, 0],
	['academia', 9, 1]
];
const split: Said[] = [
	['governments', 4, 4],
	['academia', 5, 5]
];

test('other thresholds are recorded, and what is shown stands on those that it was computed by until the job has come', async () => {
	const { topicId } = await aTalk(agreed, split);
	await publishCells(database, topicId);
	const stricter = { heard: 10, majority: 3 / 5, most: 3 / 4, groups: ['academia'] };
	await assert.rejects(setThresholds(database, topicId, stricter, visitor), { code: 'not-allowed' });
	await assert.rejects(setThresholds(database, topicId, { ...stricter, heard: 4 }, aSecretary), {
		code: 'thresholds-unusable'
	});
	await setThresholds(database, topicId, stricter, aSecretary);
	const { basis, isBehind } = await seen(topicId);
	assert.deepEqual([basis.heard, isBehind], [5, true]);
	await computeAsked(database, topicId);
	const after = await seen(topicId);
	assert.deepEqual([after.basis, after.isBehind], [stricter, false]);
	assert.deepEqual(
		after.ideas?.map(({ level }) => level),
		['consensus', 'divergence']
	);
	const { rows } = await database.query<{ details: unknown }>(
		`select details from activity where topic_id = $1 and kind = 'level-thresholds'`,
		[topicId]
	);
	assert.deepEqual(rows, [{ details: { before: usual, after: stricter } }]);
	assert.deepEqual(await thresholdsOf(database, topicId), stricter);
});

test('totals that are kept follow what is published, and those of an earlier version are counted', async () => {
	const { topicId } = await aTalk(agreed, split);
	await publishCells(database, topicId);
	const before = await seen(topicId);
	const third = await anIdea(topicId, split);
	await publishCells(database, topicId);
	const after = await seen(topicId);
	assert.deepEqual([before.totals.divergence, after.totals.divergence, third], [1, 2, 3]);
	await database.query('update level_bases set totals = null where topic_id = $1', [topicId]);
	assert.deepEqual((await seen(topicId)).totals, after.totals);
	assert.deepEqual(await mislevelled(database), []);
	await database.query(`update level_bases set totals = '[]' where topic_id = $1`, [topicId]);
	const differences = await mislevelled(database);
	assert.deepEqual(
		differences.map(({ what }) => what),
		['idea_levels totals']
	);
	await mendLevels(database, differences);
	assert.deepEqual([await mislevelled(database), (await seen(topicId)).totals], [[], after.totals]);
});

test('an archived talk keeps its thresholds', async () => {
	const { topicId } = await aTalk(agreed);
	await publishCells(database, topicId);
	await database.query(`update stages set closes_at = now() - interval '1 minute' where topic_id = $1`, [topicId]);
	await archiveTopic(database, keys, topicId, aSecretary);
	await assert.rejects(setThresholds(database, topicId, { ...usual, heard: 9 }, aSecretary), { code: 'topic-archived' });
	assert.deepEqual(await levels(topicId), [[1, 'consensus', [], []]]);
});

test('a snapshot publishes cells, and the levels with them', async () => {
	const { topicId } = await aTalk(agreed);
	const { figures } = await countingAlone(database, topicId, (instant) => takeSnapshot(instant, topicId, job));
	assert.deepEqual(await levels(topicId), [[1, 'consensus', [], []]]);
	// lower 80 % bound of nine of ten, as in level.test.ts
	assert.deepEqual(figures.ideas[1]?.level, { level: 'consensus', score: 0.7254, opposedBy: [], notHeardFrom: [] });
	assert.deepEqual(figures.thresholds, { heard: 5, majority: 0.5, most: 2 / 3, groups: ['governments', 'academia'] });
});

test('a level that is not what the published cells say is named, and mended when asked', async () => {
	const { topicId } = await aTalk(agreed, split);
	await publishCells(database, topicId);
	assert.deepEqual(await mislevelled(database), []);
	await database.query(`update idea_levels set level = 'consensus', score = 7 where topic_id = $1 and idea_number = 2`, [
		topicId
	]);
	await database.query(`delete from idea_levels where topic_id = $1 and idea_number = 1`, [topicId]);
	const found = await mislevelled(database);
	assert.deepEqual(
		found.map(({ what, thing }) => [what, thing]),
		[
			['idea_levels rows', '1'],
			['idea_levels level', '2'],
			['idea_levels score', '2']
		]
	);
	await mendLevels(database, found);
	assert.deepEqual(await mislevelled(database), []);
	assert.deepEqual((await levels(topicId))?.[0], [1, 'consensus', [], []]);
});

test('a group that the institution adds is missing everywhere, until it is heard', async () => {
	const { topicId } = await aTalk(agreed);
	await publishCells(database, topicId);
	await addGroup(database, 'pirates', { en: 'Pirates' }, aSecretary);
	await computeAsked(database, nilTopic);
	assert.deepEqual(await levels(topicId), [[1, 'not-heard', [], ['pirates']]]);
});

test('who stands in withheld cells changes nothing that is shown', async () => {
	// the totals of both worlds are the same, and so are their published cells; what the four academics think is the opposite
	const answer = async (academia: Opinion, others: Opinion) => {
		const { topicId } = await anOpenTopic(database);
		const number = await anIdea(topicId, [['governments', 7, 2]]);
		await speak(topicId, number, 4, 'academia', academia);
		await speak(topicId, number, 4, null, others);
		await publishCells(database, topicId);
		await countingAlone(database, topicId, (instant) => takeSnapshot(instant, topicId, job));
		const topic = await topicOf(database, topicId);
		const lists = await Promise.all(
			[{}, { sort: 'divided' }, { sort: 'awaited' }, { group: 'academia' }, { level: 'not-heard' }].map((wishes) =>
				seen(topicId, wishes)
			)
		);
		const one = await agreedIdea(database, topic, number, { actor: visitor, at: new Date() });
		return JSON.stringify([lists, one], (key: string, value: unknown) => (key === 'publishedAt' ? null : value));
	};
	const [one, other] = [await answer('agree', 'disagree'), await answer('disagree', 'agree')];
	assert.equal(one, other);
	assert.match(one, /"key":"governments","agree":7,"disagree":2/);
});

test('at every moment all that is shown of an idea follows from its published cells', async () => {
	const { topicId } = await anOpenTopic(database);
	const number = await anIdea(topicId, []);
	const random = seeded(7);
	for (let round = 0; round < 10; round++) {
		for (let act = 0; act < 4; act++) {
			const group = random.pick(['governments', 'academia', null]);
			await speak(topicId, number, 1 + random.below(4), group, random.pick(['agree', 'disagree', 'pass']), random.below(6));
		}
		if (round % 4 === 3) await countingAlone(database, topicId, (instant) => takeSnapshot(instant, topicId, job));
		else await publishCells(database, topicId);
		const { ideas, basis } = await seen(topicId);
		for (const idea of ideas ?? []) {
			// what an onlooker computes who has nothing but the cells
			const computed = levelOfIdea(idea.cells, basis);
			const { level, opposedBy, notHeardFrom, score, turnsByGroup, turnsByRegion } = idea;
			assert.deepEqual(
				{ level, opposedBy, notHeardFrom, score: Math.round(1e6 * (score ?? -1e-6)), turnsByGroup, turnsByRegion },
				computed && {
					level: computed.level,
					opposedBy: computed.opposedBy,
					notHeardFrom: computed.notHeardFrom,
					score: computed.score,
					turnsByGroup: computed.turnsByGroup,
					turnsByRegion: computed.turnsByRegion
				}
			);
			assert.ok(idea.cells.every((cell) => peopleIn(cell) >= fewestPeople));
		}
	}
	assert.equal((await seen(topicId)).ideas?.length, 1);
});

test('a copied talk calls consensus what the earlier one did', async () => {
	const { topicId } = await aTalk();
	const plain = await copyTalk(database, topicId, aSecretary);
	assert.deepEqual(await thresholdsOf(database, plain.topicId), usual);
	const wanted = { heard: 7, majority: 3 / 5, most: 3 / 4, groups: ['academia'] };
	await setThresholds(database, topicId, wanted, aSecretary);
	const copy = await copyTalk(database, topicId, aSecretary);
	assert.deepEqual(await thresholdsOf(database, copy.topicId), wanted);
	await setThresholds(database, topicId, usual, aSecretary);
	assert.deepEqual(await thresholdsOf(database, copy.topicId), wanted, 'and keeps to it');
});
