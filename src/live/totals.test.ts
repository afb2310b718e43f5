import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishCells } from '#agreement/publishing.server.ts';
import { Routing } from '#agreement/routing/routing.server.ts';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, aModerator, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { Opinions } from '#ideas/opinions/opinions.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { aServerOf, listenAt } from './examples.ts';
import type { Figures } from './figures.ts';
import { Live } from './live.server.ts';
import { readingOf, toldOf } from './totals.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const job: Actor = { kind: 'job', name: 'test' };

async function aTalk(...points: string[]) {
	const { topicId } = await anOpenTopic(database);
	const ideas = [];
	for (const point of points)
		ideas.push(await submitIdea(database, keys, anIdeaDraft(topicId, { point }), aVisitor('the author')));
	const opinions = new Opinions(database, keys, new Routing(database, { now: () => performance.now(), random: Math.random }));
	const agree = async (ideaNumber: number, ...people: string[]) => {
		for (const person of people) await opinions.give(topicId, aVisitor(person), { ideaNumber, opinion: 'agree', seen: null });
	};
	return { topicId, ideas, opinions, agree };
}

const figuresOf = async (topicId: string) => (await toldOf(database, topicId))!.told.figures;
const opinionsIn = (told: unknown) => (told as Figures | null | undefined)?.opinions;

/** One web process, as far as listening is concerned. */
async function aProcess(topicId: string) {
	const live = new Live((asked) => readingOf(database, asked));
	return { live, ...(await aServerOf(live, topicId)) };
}

test('sums, the ideas to which most people spoke, and the newest with their words', async () => {
	const { topicId, agree } = await aTalk('First', 'Second', 'Third', 'Fourth');
	await agree(2, 'ana', 'bo', 'cy');
	await agree(3, 'ana', 'bo');
	assert.deepEqual((await toldOf(database, topicId))!.told, {
		figures: {
			people: 4,
			opinions: 5,
			ideas: 4,
			comments: 0,
			spokenTo: [
				{ number: 2, agree: 3, disagree: 0, pass: 0 },
				{ number: 3, agree: 2, disagree: 0, pass: 0 }
			],
			latest: [4, 3, 2],
			cellsAt: null
		},
		ideas: [
			{ number: 2, point: 'Second', language: 'en' },
			{ number: 3, point: 'Third', language: 'en' },
			{ number: 4, point: 'Fourth', language: 'en' }
		]
	});
});

test('a talk without anything, and one that is not there', async () => {
	const { topicId } = await aTalk();
	assert.deepEqual((await toldOf(database, topicId))!.told, {
		figures: { people: 0, opinions: 0, ideas: 0, comments: 0, spokenTo: [], latest: [], cellsAt: null },
		ideas: []
	});
	assert.equal(await readingOf(database, '00000000-0000-7000-8000-000000000001'), null);
});

test('of a hidden idea neither words nor number nor sums are told, from the moment on in which it is hidden', async () => {
	const { topicId, ideas, agree } = await aTalk('Shown', 'Secret words');
	await agree(1, 'ana');
	await agree(2, 'ana', 'bo', 'cy');
	const { address } = await aProcess(topicId);
	const hearer = await listenAt(address);
	await hearer.until((one) => opinionsIn(one.last()) === 4);
	const thing = { topicId, kind: 'idea', thingId: ideas[1]!.receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	await hearer.until((one) => opinionsIn(one.last()) === 1);
	const newcomer = await listenAt(address);
	await newcomer.until((one) => one.last() !== undefined);
	assert.deepEqual(
		newcomer.heard.filter(({ data }) => /Secret|"number":2/.test(data)),
		[]
	);
	assert.deepEqual(hearer.last('ideas'), [{ number: 1, point: 'Shown', language: 'en' }]);
});

test('an opinion is told, in another process too, with no more than the database between them', async () => {
	const { topicId, opinions, agree } = await aTalk('First');
	const [here, there] = [await aProcess(topicId), await aProcess(topicId)];
	opinions.onGiven = (moved) => here.live.moved(moved);
	const [near, far] = [await listenAt(here.address), await listenAt(there.address)];
	await Promise.all([near, far].map((one) => one.until(({ heard }) => heard.length === 2)));
	await agree(1, 'ana');
	for (const one of [near, far]) await one.until(() => opinionsIn(one.last()) === 1);
	// what was heard of the one is known to the other
	const { id } = near.heard.at(-1)!;
	assert.equal(far.heard.at(-1)!.id, id);
	near.leave();
	const back = await listenAt(there.address, id);
	await agree(1, 'bo');
	await back.until((one) => opinionsIn(one.last()) === 2);
	assert.deepEqual(
		back.heard.map(({ event }) => event),
		['figures']
	);
});

test('two processes tell each other what moved, as a hint', () => {
	const [here, there] = [new Live(() => Promise.resolve(null), true), new Live(() => Promise.resolve(null), true)];
	for (const topicId of ['one', 'other', 'one']) here.moved(topicId);
	const moved = here.movedHere();
	assert.deepEqual([moved, here.movedHere()], [['one', 'other'], []]);
	there.movedElsewhere(moved);
	assert.deepEqual(there.movedHere(), [], 'it is not passed on in a circle');
});

test('while results are blind nothing is told at all', async () => {
	const { topicId } = await anOpenTopic(database, { takesOpinions: 'blind' });
	await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Secret words' }), aVisitor('the author'));
	const { address } = await aProcess(topicId);
	const hearer = await listenAt(address);
	await hearer.until(({ heard }) => heard.length === 2);
	assert.deepEqual(
		hearer.heard.map(({ event, data }) => [event, data]),
		[
			['ideas', '[]'],
			['figures', 'null']
		]
	);
});

test('a stage that turns blind while somebody listens takes everything back by the clock, and goes on telling nothing', async () => {
	const { topicId, agree } = await aTalk('First');
	await agree(1, 'ana');
	const { address, live } = await aProcess(topicId);
	const hearer = await listenAt(address);
	await hearer.until((one) => opinionsIn(one.last()) === 1);
	const [open] = await stagesOf(database, topicId);
	const [opensAt, closesAt] = [new Date(Date.now() + 1000), new Date(Date.now() + 3_600_000)];
	const takes = { takesIdeas: true, takesSubmissions: true, takesComments: true };
	const blind = { stageId: null, opensAt, closesAt, zone: 'UTC', ...takes, takesOpinions: 'blind' as const };
	const texts = { name: { en: 'Open' } };
	await setStages(
		database,
		topicId,
		[
			{ ...open!, texts },
			{ ...blind, texts: { name: { en: 'Blind' } } }
		],
		job
	);
	await hearer.until((one) => one.last() === null);
	assert.deepEqual(hearer.last('ideas'), []);
	const { length } = hearer.heard;
	await agree(1, 'bo', 'cy');
	live.moved(topicId);
	const newcomer = await listenAt(address);
	await newcomer.until(({ heard }) => heard.length === 2);
	assert.deepEqual(newcomer.last(), null);
	assert.equal(hearer.heard.length, length);
});

test('new figures of groups are told when they are published: with the fifth person, and not before', async () => {
	await database.query(
		`insert into stakeholder_groups (group_key, position, added_at) values ('governments', 1, now()) on conflict do nothing`
	);
	const { topicId, agree } = await aTalk('First');
	const ofGovernments = async (...people: string[]) => {
		for (const person of people)
			await stateProfile(database, keys, topicId, aVisitor(person), { ...nothingStated, groups: ['governments'] });
		await agree(1, ...people);
		await publishCells(database, topicId);
		return (await figuresOf(topicId))!.cellsAt;
	};
	assert.equal(await ofGovernments('ana', 'bo', 'cy', 'di'), null);
	const first = await ofGovernments('eli');
	assert.notEqual(first, null);
	assert.equal(await ofGovernments('fay', 'gus'), first);
});
