import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { countSamePoints } from '#ideas/same-points/counting.server.ts';
import { joinSamePoints, partSamePoint, tellApart } from '#ideas/same-points/deciding.server.ts';
import { findSamePoints } from '#ideas/same-points/finding.server.ts';
import { pairsProposed, samePointGroups, samePointOf } from '#ideas/same-points/listing.server.ts';
import { readColumns } from '#ideas/same-points/reading.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { forgetTopics } from '#topics/reading.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const batcher = new OpinionBatcher(database, keys);
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

test('a rapporteur is shown what probably says the same, confirms it, and takes it back; nothing is deleted', async () => {
	const topicId = await aTopicWith(
		'Governments should publish their budgets',
		'The government must publish its budget',
		'Plant trees along every motorway'
	);
	await findSamePoints(database, topicId, done);
	const [first] = await pairsProposed(database, topicId, true);
	assert.deepEqual([first?.one.number, first?.other.number, first?.evidence, first?.isSure], [1, 2, 'words', true]);

	await joinSamePoints(database, keys, { topicId, pairs: [[1, 2]] }, rapporteur);
	assert.deepEqual(numbersOf(await pairsProposed(database, topicId, true)), []);
	assert.deepEqual(await groupsOf(topicId), [[1, 2]]);
	assert.deepEqual(
		(await samePointOf(database, topicId, 2, true))?.others.map(({ number }) => number),
		[1]
	);

	await partSamePoint(database, { topicId, number: 2 }, rapporteur);
	assert.deepEqual(await groupsOf(topicId), []);
	assert.deepEqual(numbersOf(await pairsProposed(database, topicId, true)), [], 'what was parted is not proposed again');
	const { rows } = await database.query<{ ideas: number; did: string[] }>(
		`select (select count(*)::int from ideas where topic_id = $1) as ideas,
			array(select did from activity where topic_id = $1 and kind = 'idea' and did in ('joined', 'split') order by at) as did`,
		[topicId]
	);
	assert.deepEqual(rows[0], { ideas: 3, did: ['joined', 'split'] });
});

test('what was told apart is not proposed again', async () => {
	const topicId = await aTopicWith('Governments should publish their budgets', 'The government must publish its budget');
	await findSamePoints(database, topicId, done);
	await tellApart(database, { topicId, pair: [1, 2] }, rapporteur);
	await findSamePoints(database, topicId, done);
	assert.deepEqual(await pairsProposed(database, topicId, true), []);
});

test('where languages differ the pattern of opinions is a hint, but not while results are hidden', async () => {
	const { topicId } = await anOpenTopic(database);
	for (const [language, point] of [
		['en', 'Governments should publish their budgets'],
		['fr', 'Les comptes de l’État doivent être ouverts'],
		['fr', 'Plantons des arbres au bord des routes']
	] as const)
		await submitIdea(database, keys, anIdeaDraft(topicId, { language, point }), aVisitor('author'));
	const sides = (person: number) => [person % 2 === 0, person % 2 === 0, person % 3 === 0];
	for (let person = 0; person < 40; person++)
		await Promise.all(
			sides(person).map((agrees, at) =>
				batcher.give(topicId, aVisitor(`reader ${person}`), {
					ideaNumber: at + 1,
					opinion: agrees ? 'agree' : 'disagree',
					seen: 1
				})
			)
		);
	await findSamePoints(database, topicId, done);
	const [first] = await pairsProposed(database, topicId, true);
	assert.deepEqual([first?.one.number, first?.other.number, first?.evidence, first?.isSure], [1, 2, 'opinions', false]);
	assert.deepEqual(await pairsProposed(database, topicId, false), [], 'for whoever sees no results');

	await database.query(`update stages set takes_opinions = 'blind' where topic_id = $1`, [topicId]);
	forgetTopics(database);
	await findSamePoints(database, topicId, done);
	assert.deepEqual(await pairsProposed(database, topicId, true), [], 'nothing is found from them while blind');
});

test('of very many opinions those of every second, third … person are read', async () => {
	const { topicId } = await anOpenTopic(database);
	const ideas = [
		{ idea: 1, language: 'en' },
		{ idea: 2, language: 'fr-CA' },
		{ idea: 3, language: 'und' }
	];
	for (const { language } of ideas)
		await submitIdea(database, keys, anIdeaDraft(topicId, { language, point: `One ${language}` }), aVisitor('author'));
	for (let person = 0; person < 60; person++)
		await Promise.all(
			ideas.map(({ idea }) =>
				batcher.give(topicId, aVisitor(`person ${person}`), {
					ideaNumber: idea,
					opinion: (['agree', 'disagree', 'pass'] as const)[idea === 2 ? 0 : person % 3]!,
					seen: 1
				})
			)
		);
	const read = async (most?: number, some = ideas) => {
		const columns = await inTransaction(database, (transaction) => readColumns(transaction, topicId, some, most));
		return columns
			.sort((one, other) => one.idea - other.idea)
			.map(({ idea, language, people, values }) => ({
				...{ idea, language, people: people.length },
				agree: values.filter((value) => value === 1).length,
				isInOrder: people.every((person, at) => at === 0 || people[at - 1]! < person)
			}));
	};
	assert.deepEqual(await read(), [
		{ idea: 1, language: 'en', people: 40, agree: 20, isInOrder: true },
		{ idea: 2, language: 'fr', people: 60, agree: 60, isInOrder: true }
	]);
	assert.deepEqual(
		(await read(70)).map(({ idea, people }) => [idea, people]),
		[
			[1, 20],
			[2, 30]
		]
	);
	assert.deepEqual(await read(undefined, [ideas[0]!]), [], 'all in one language: nothing is read');
});

test('others than a rapporteur are refused, and so is what nobody can see', async () => {
	const topicId = await aTopicWith('One', 'Two');
	await assert.rejects(joinSamePoints(database, keys, { topicId, pairs: [[1, 2]] }, aVisitor('someone')), {
		code: 'not-allowed'
	});
	await assert.rejects(joinSamePoints(database, keys, { topicId, pairs: [[1, 9]] }, rapporteur), { code: 'not-found' });
	await assert.rejects(joinSamePoints(database, keys, { topicId, pairs: [[1, 1]] }, rapporteur), { code: 'not-found' });
});

test('same points never count a person twice, and the latest opinion is the one that counts', async () => {
	const opinions = ['agree', 'disagree', 'pass'] as const;
	const given = fc.array(
		fc.record({ who: fc.integer({ min: 1, max: 6 }), idea: fc.integer({ min: 1, max: 4 }), says: fc.constantFrom(...opinions) }),
		{ minLength: 1, maxLength: 20 }
	);
	await fc.assert(
		fc.asyncProperty(given, async (acts) => {
			const topicId = await aTopicWith('One', 'Two', 'Three', 'Four');
			await joinSamePoints(
				database,
				keys,
				{
					topicId,
					pairs: [
						[1, 2],
						[2, 3]
					]
				},
				rapporteur
			);
			const latest = new Map<number, string>();
			for (const { who, idea, says } of acts) {
				await batcher.give(topicId, aVisitor(`person ${who}`), { ideaNumber: idea, opinion: says, seen: 1 });
				if (idea <= 3) latest.set(who, says);
			}
			await countSamePoints(database, topicId);
			const said = [...latest.values()];
			const [agree, disagree, pass] = opinions.map((one) => said.filter((other) => other === one).length);
			const counted = (await samePointOf(database, topicId, 1, true))?.counts;
			assert.deepEqual(counted, said.length === 0 ? null : { agree, disagree, pass });
			assert.equal((await samePointOf(database, topicId, 1, false))?.counts, null, 'while blind');
		}),
		{ numRuns: 8 }
	);
});
