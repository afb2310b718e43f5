import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { actOfSamePoints, decidedOn } from '#ideas/same-points/decided.server.ts';
import { joinSamePoints, partSamePoint, takeBackSamePoints, tellApart } from '#ideas/same-points/deciding.server.ts';
import { findSamePoints } from '#ideas/same-points/finding.server.ts';
import { pairsProposed, samePointGroups } from '#ideas/same-points/listing.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { isRefusal } from '#refusals/refusal.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const rapporteur: Actor = { kind: 'job', name: 'examples' };
const done = () => Promise.resolve();

async function aTopicWith(...points: string[]): Promise<string> {
	const { topicId } = await anOpenTopic(database);
	for (const point of points)
		await submitIdea(database, keys, anIdeaDraft(topicId, { language: 'en', point }), aVisitor('author'));
	return topicId;
}

const numbersOf = (pairs: Awaited<ReturnType<typeof pairsProposed>>) => pairs.map(({ one, other }) => [one.number, other.number]);
const groupsOf = async (topicId: string) =>
	(await samePointGroups(database, topicId)).map(({ ideas }) => ideas.map(({ number }) => number));
const decisionsOf = async (topicId: string) =>
	(await decidedOn(database, topicId, null)).decided.map(({ did, ideas }) => [did, ...ideas.map(({ number }) => number)]);
const takeBack = (topicId: string, id: string | null) => takeBackSamePoints(database, { topicId, id: id! }, rapporteur);

test('of two rapporteurs who decide on a pair at the same time the later one is told, and one decision holds', async () => {
	const topicId = await aTopicWith('One', 'Two', 'Three');
	const apart = await tellApart(database, { topicId, pair: [2, 1] }, rapporteur);
	assert.equal(await tellApart(database, { topicId, pair: [1, 2] }, rapporteur), null, 'said before');
	const pairs: [number, number][] = [
		[1, 3],
		[1, 2]
	];
	await assert.rejects(joinSamePoints(database, keys, { topicId, pairs }, rapporteur), { code: 'changed-meanwhile' });
	assert.deepEqual([await groupsOf(topicId), await decisionsOf(topicId)], [[], [['told-apart', 1, 2]]]);
	await takeBack(topicId, apart);
	await joinSamePoints(database, keys, { topicId, pairs }, rapporteur);
	assert.deepEqual(await groupsOf(topicId), [[1, 2, 3]]);
});

test('an idea is in one group at most: joining two of two groups makes one of them', async () => {
	const topicId = await aTopicWith('One', 'Two', 'Three', 'Four', 'Five');
	await joinSamePoints(
		database,
		keys,
		{
			topicId,
			pairs: [
				[1, 2],
				[3, 4],
				[2, 3],
				[1, 4]
			]
		},
		rapporteur
	);
	assert.deepEqual(await groupsOf(topicId), [[1, 2, 3, 4]]);
	await partSamePoint(database, { topicId, number: 3 }, rapporteur);
	assert.deepEqual(await groupsOf(topicId), [[1, 2, 4]]);
});

test('each decision is listed and can be taken back: what was confirmed parts again, what was told apart is proposed again', async () => {
	const topicId = await aTopicWith(
		'Governments should publish their budgets',
		'The government must publish its budget',
		'Plant trees along every motorway'
	);
	await findSamePoints(database, topicId, done);
	const apart = await tellApart(database, { topicId, pair: [2, 1] }, rapporteur);
	assert.deepEqual(await actOfSamePoints(database, topicId, apart!), { did: 'told-apart', pairs: [[1, 2]], holds: true });
	const undone = await takeBack(topicId, apart);
	assert.deepEqual(numbersOf(await pairsProposed(database, topicId, true)), [[1, 2]]);
	assert.deepEqual(await actOfSamePoints(database, topicId, undone!), { did: 'taken-back', pairs: [[1, 2]], holds: false });
	assert.equal((await actOfSamePoints(database, topicId, apart!))?.holds, false);
	await assert.rejects(takeBack(topicId, apart), { code: 'nothing-to-undo' });

	const pairs: [number, number][] = [
		[1, 2],
		[2, 3]
	];
	const joined = await joinSamePoints(database, keys, { topicId, pairs }, rapporteur);
	assert.equal(await joinSamePoints(database, keys, { topicId, pairs: [[1, 3]] }, rapporteur), null, 'they are already');
	await assert.rejects(tellApart(database, { topicId, pair: [1, 3] }, rapporteur), { code: 'changed-meanwhile' });
	const { decided } = await decidedOn(database, topicId, null);
	assert.deepEqual(await decisionsOf(topicId), [
		['joined', 2, 3],
		['joined', 1, 2]
	]);
	await takeBack(topicId, decided[1]!.id);
	assert.deepEqual(await groupsOf(topicId), [[2, 3]], 'one pair of an act');
	await takeBack(topicId, joined);
	assert.deepEqual([await groupsOf(topicId), await decisionsOf(topicId)], [[], []], 'the rest of the act');
	const { rows } = await database.query<{ did: string[] }>(
		`select array_agg(did order by at, activity_id) as did from activity where topic_id = $1 and kind = 'idea' and did <> 'submitted'`,
		[topicId]
	);
	assert.deepEqual(rows[0]!.did, ['told-apart', 'undid', 'joined', 'joined', 'undid', 'undid']);
	await assert.rejects(takeBackSamePoints(database, { topicId, id: joined! }, aVisitor('someone')), { code: 'not-allowed' });
});

test('an idea that was taken out from between two others comes back to them, and they stay together meanwhile', async () => {
	const topicId = await aTopicWith('One', 'Two', 'Three');
	const pairs: [number, number][] = [
		[1, 2],
		[2, 3]
	];
	await joinSamePoints(database, keys, { topicId, pairs }, rapporteur);
	const parted = await partSamePoint(database, { topicId, number: 2 }, rapporteur);
	assert.deepEqual(await groupsOf(topicId), [[1, 3]]);
	assert.deepEqual((await decisionsOf(topicId))[0], ['parted', 1, 2, 3]);
	const [first] = (await decidedOn(database, topicId, null)).decided;
	await takeBack(topicId, first!.id);
	assert.deepEqual(await groupsOf(topicId), [[1, 2, 3]]);
	assert.equal((await actOfSamePoints(database, topicId, parted!))?.holds, false);
	assert.equal(
		await partSamePoint(database, { topicId, number: 2 }, rapporteur).then(() =>
			partSamePoint(database, { topicId, number: 2 }, rapporteur)
		),
		null
	);
});

test('whatever is decided and taken back again, in whatever order, nothing is left of it', async () => {
	const number = fc.integer({ min: 1, max: 6 });
	const decisions = fc.array(
		fc.oneof(
			fc.record({ join: fc.uniqueArray(number, { minLength: 2, maxLength: 2 }) }),
			fc.record({ part: number }),
			fc.record({ apart: fc.uniqueArray(number, { minLength: 2, maxLength: 2 }) })
		),
		{ minLength: 1, maxLength: 12 }
	);
	await fc.assert(
		fc.asyncProperty(decisions, fc.infiniteStream(fc.nat()), async (acts, order) => {
			const topicId = await aTopicWith('One', 'Two', 'Three', 'Four', 'Five', 'Six');
			const done: string[] = [];
			const join = (pair: [number, number]) =>
				joinSamePoints(database, keys, { topicId, pairs: [pair] }, rapporteur).catch((error: unknown) => {
					if (isRefusal(error) && error.code === 'changed-meanwhile') return null;
					throw error;
				});
			for (const act of acts) {
				const before = await groupsOf(topicId);
				const id =
					'join' in act
						? await join([act.join[0]!, act.join[1]!])
						: 'part' in act
							? await partSamePoint(database, { topicId, number: act.part }, rapporteur)
							: before.some((group) => act.apart.every((one) => group.includes(one)))
								? null
								: await tellApart(database, { topicId, pair: [act.apart[0]!, act.apart[1]!] }, rapporteur);
				if (id === null) assert.deepEqual(await groupsOf(topicId), before);
				else done.push(id);
				// taken back at once, the groups are what they were
				if (id !== null && order.next().value % 3 === 0) {
					await takeBack(topicId, done.pop()!);
					assert.deepEqual((await groupsOf(topicId)).sort(), before.sort());
				}
			}
			while (done.length > 0) await takeBack(topicId, done.splice(order.next().value % done.length, 1)[0]!);
			assert.deepEqual([await groupsOf(topicId), await decisionsOf(topicId)], [[], []]);
		}),
		{ numRuns: 12 }
	);
});
