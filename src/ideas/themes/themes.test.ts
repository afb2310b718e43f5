import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideasFound } from '#ideas/finding.server.ts';
import { confirmTheme, joinThemes, moveIdeas, renameTheme, splitTheme } from '#ideas/themes/changing.server.ts';
import { findThemes, themesKey } from '#ideas/themes/finding.server.ts';
import {
	confirmedThemes,
	ideasInNoTheme,
	ideasOfTheme,
	lastStep,
	newestStep,
	themeOfIdea,
	themesAtDesk
} from '#ideas/themes/listing.server.ts';
import { matchThemes } from '#ideas/themes/theme.ts';
import { undoStep } from '#ideas/themes/undoing.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { progressOf } from '#jobs/jobs.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const rapporteur: Actor = { kind: 'job', name: 'examples' };
const done = () => Promise.resolve();

const cables = [
	'Submarine cables need landing stations on each coast',
	'Repair ships for submarine cables must come sooner',
	'Share the landing stations of submarine cables',
	'Cables and landing stations belong to all operators',
	'Protect submarine cables against anchors of ships',
	'Landing stations of cables need power of their own'
];
const schools = [
	'Every school needs a teacher who knows computers',
	'Pay teachers who bring computers to school',
	'Children learn from teachers, computers only help the school',
	'Give old computers to the teachers of village schools',
	'A school without computers leaves children behind',
	'Train teachers before computers reach the school'
];

async function aTopicWith(points: readonly string[]) {
	const { topicId } = await anOpenTopic(database);
	const ids: string[] = [];
	for (const point of points) {
		const { receipt } = await submitIdea(database, keys, anIdeaDraft(topicId, { language: 'en', point }), aVisitor('author'));
		ids.push(receipt.contributionId);
	}
	return { topicId, ids };
}

const mixed = cables.flatMap((cable, at) => [cable, schools[at]!]);

async function aTopicWithThemes() {
	const topic = await aTopicWith(mixed);
	await findThemes(database, topic.topicId, done);
	const [first, second] = await numbers(topic.topicId);
	return { ...topic, first: first!, second: second! };
}

const numbers = async (topicId: string) =>
	(await themesAtDesk(database, topicId)).map(({ number }) => number).sort((one, other) => one - other);
const members = async (topicId: string, number: number | null) =>
	(await ideasOfTheme(database, topicId, number, 0)).ideas.map((idea) => idea.number);
const pointsByTheme = async (topicId: string) =>
	(await Promise.all((await numbers(topicId)).map(async (number) => (await ideasOfTheme(database, topicId, number, 0)).ideas)))
		.map((ideas) => ideas.map(({ point }) => point).sort())
		.sort((one, other) => (one[0]! < other[0]! ? -1 : 1));
async function standing(topicId: string) {
	const { rows } = await database.query(
		`select
			(select json_agg(t order by theme_number) from themes t where topic_id = $1) as themes,
			(select json_agg(i order by idea_number) from theme_ideas i where topic_id = $1) as ideas`,
		[topicId]
	);
	return rows[0];
}
const undo = async (topicId: string) =>
	undoStep(database, { topicId, stepId: (await lastStep(database, topicId))!.id }, rapporteur);

/** As somebody does who looks just now. */
async function confirm(topicId: string, number: number, actor = rapporteur): Promise<void> {
	await confirmTheme(database, { topicId, number, seen: await newestStep(database, topicId) }, actor);
}

test('ideas about the same matter are proposed as a theme, the same whatever order they came in', async () => {
	const [one, other] = [await aTopicWithThemes(), await aTopicWith([...mixed].reverse())];
	await findThemes(database, other.topicId, done);
	const found = await pointsByTheme(one.topicId);
	assert.deepEqual(
		found,
		[[...schools].sort(), [...cables].sort()].sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
	);
	assert.deepEqual(await pointsByTheme(other.topicId), found);
	assert.ok(
		(await themesAtDesk(database, one.topicId)).every(({ isConfirmed, examples }) => !isConfirmed && examples.length === 3)
	);
});

test('readers see a theme only once a person has confirmed it', async () => {
	const { topicId, first } = await aTopicWithThemes();
	const [idea] = await members(topicId, first);
	assert.deepEqual(await confirmedThemes(database, topicId), []);
	assert.equal(await themeOfIdea(database, topicId, idea!), null);
	assert.equal((await ideasFound(database, topicId, { theme: first }))?.count, 0);
	await confirm(topicId, first);
	assert.deepEqual(
		(await confirmedThemes(database, topicId)).map(({ number }) => number),
		[first]
	);
	assert.equal((await themeOfIdea(database, topicId, idea!))?.number, first);
	assert.equal((await ideasFound(database, topicId, { theme: first }))?.count, 6);
	assert.equal((await ideasFound(database, topicId, { theme: 99 }))?.count, 0);
});

test('a theme is confirmed as it was seen, not as it is by now', async () => {
	const { topicId, first, second } = await aTopicWithThemes();
	const seen = await newestStep(database, topicId);
	const change = { code: 'changed-meanwhile' };
	await renameTheme(database, { topicId, number: second, name: 'Another' }, rapporteur);
	await confirmTheme(database, { topicId, number: first, seen }, rapporteur);
	await assert.rejects(confirmTheme(database, { topicId, number: second, seen }, rapporteur), change, 'it has another name');
	const before = await newestStep(database, topicId);
	await findThemes(database, topicId, () => Promise.resolve());
	await assert.rejects(
		confirmTheme(database, { topicId, number: second, seen: before }, rapporteur),
		change,
		'it was found anew'
	);
	await assert.rejects(confirmTheme(database, { topicId, number: second, seen: null }, rapporteur), change);
});

test('each step can be undone, the last first, and leaves everything as it stood', async () => {
	const { topicId, first, second } = await aTopicWithThemes();
	const [some, more] = [await members(topicId, first), await members(topicId, second)];
	const steps = [
		() => confirm(topicId, first),
		() => renameTheme(database, { topicId, number: second, name: 'The other' }, rapporteur),
		() => moveIdeas(database, { topicId, ideas: [some[0]!], number: second }, rapporteur),
		() => splitTheme(database, { topicId, ideas: some.slice(1, 3), name: 'Two' }, rapporteur),
		() => moveIdeas(database, { topicId, ideas: [more[0]!], number: null }, rapporteur),
		() => joinThemes(database, { topicId, number: first, other: second }, rapporteur),
		// its last ideas leave a theme, which goes
		() => splitTheme(database, { topicId, ideas: some.slice(1, 3), name: 'Two again' }, rapporteur)
	];
	const stood = [];
	for (const step of steps) {
		stood.push(await standing(topicId));
		await step();
	}
	const { rows } = await database.query<{ did: string[] }>(
		`select array_agg(did order by at) as did from activity where topic_id = $1 and kind = 'theme'`,
		[topicId]
	);
	assert.deepEqual(rows[0]!.did, ['found', 'confirmed', 'renamed', 'moved', 'made', 'moved', 'joined', 'made']);
	for (const before of stood.reverse()) {
		await undo(topicId);
		assert.deepEqual(await standing(topicId), before);
	}
	assert.equal(await lastStep(database, topicId), null);
});

test('what people confirmed, renamed or moved stays when the machine looks again; a new idea is proposed where it fits', async () => {
	const { topicId, first, second } = await aTopicWithThemes();
	const [some, more] = [await members(topicId, first), await members(topicId, second)];
	await renameTheme(database, { topicId, number: first, name: 'A name of ours' }, rapporteur);
	await moveIdeas(database, { topicId, ideas: [more[0]!], number: first }, rapporteur);
	await moveIdeas(database, { topicId, ideas: [more[1]!], number: null }, rapporteur);
	const fresh = cables.includes(mixed[some[0]! - 1]!)
		? 'Landing stations for submarine cables'
		: 'Computers for the school teachers';
	await submitIdea(database, keys, anIdeaDraft(topicId, { language: 'en', point: fresh }), aVisitor('author'));
	await findThemes(database, topicId, done);

	assert.deepEqual(
		await members(topicId, first),
		[...some, more[0]!, 13].sort((one, other) => one - other)
	);
	assert.deepEqual(await members(topicId, second), more.slice(2));
	assert.deepEqual(await members(topicId, null), [more[1]!]);
	assert.equal(await ideasInNoTheme(database, topicId), 1);
	const theme = (await themesAtDesk(database, topicId)).find(({ number }) => number === first)!;
	assert.deepEqual([theme.name, theme.isConfirmed, theme.proposed], ['A name of ours', true, 1]);
	assert.equal(await themeOfIdea(database, topicId, 13), null, 'nobody said so yet');
	assert.equal(await lastStep(database, topicId), null);
	const stood = await standing(topicId);
	await findThemes(database, topicId, done);
	assert.deepEqual(await standing(topicId), stood);
});

test('an idea that nobody can see is in no list; one that is erased takes the theme that was made of it alone', async () => {
	const { topicId, ids, first } = await aTopicWithThemes();
	const [one, two] = await members(topicId, first);
	const own = await splitTheme(database, { topicId, ideas: [one!], name: 'Of one person' }, rapporteur);
	await renameTheme(database, { topicId, number: own, name: 'Of this person' }, rapporteur);
	await inTransaction(database, (transaction) => eraseTexts(transaction, topicId, [ids[one! - 1]!], rapporteur));
	assert.deepEqual(
		(await confirmedThemes(database, topicId)).map(({ name }) => name),
		[]
	);
	assert.equal(JSON.stringify(await standing(topicId)).includes('person'), false);
	assert.equal(await lastStep(database, topicId), null);
	await assert.rejects(moveIdeas(database, { topicId, ideas: [one!], number: first }, rapporteur), { code: 'not-found' });
	await database.query(
		`insert into concealments (topic_id, kind, thing_id, why, since)
		select topic_id, 'idea', idea_id, 'hidden', now() from ideas where topic_id = $1 and idea_number = $2`,
		[topicId, two]
	);
	assert.equal((await members(topicId, first)).includes(two!), false);
	assert.ok((await themesAtDesk(database, topicId)).every(({ examples }) => examples.every(({ number }) => number !== two)));
	await findThemes(database, topicId, done);
	assert.ok(!JSON.stringify(await themesAtDesk(database, topicId)).includes(`"number":${two},`));
});

test('the words of an idea that was taken out of every theme leave the names that a machine made, too, when it is erased', async () => {
	const { topicId, ids, first } = await aTopicWithThemes();
	const [one] = await members(topicId, first);
	await moveIdeas(database, { topicId, ideas: [one!], number: null }, rapporteur);
	await inTransaction(database, (transaction) => eraseTexts(transaction, topicId, [ids[one! - 1]!], rapporteur));
	assert.equal((await progressOf(database, topicId, themesKey(topicId)))?.state, 'waiting');
});

test('a search for themes ends when the process does', async () => {
	const { topicId } = await aTopicWith(mixed);
	const ending = new AbortController();
	const begun = async () => ending.abort();
	await assert.rejects(findThemes(database, topicId, begun, ending.signal), { message: /the process ends/ });
	assert.deepEqual(await numbers(topicId), []);
});

test('others than a rapporteur are refused, and so are themes that are gone and a step that is not the last', async () => {
	const { topicId, first, second } = await aTopicWithThemes();
	const someone = aVisitor('someone');
	const gone = { code: 'not-found' };
	await assert.rejects(confirm(topicId, first, someone), { code: 'not-allowed' });
	await assert.rejects(confirm(topicId, 99), gone);
	await assert.rejects(joinThemes(database, { topicId, number: first, other: first }, rapporteur), gone);
	await assert.rejects(moveIdeas(database, { topicId, ideas: [99], number: first }, rapporteur), gone);
	await assert.rejects(splitTheme(database, { topicId, ideas: [], name: 'None' }, rapporteur), gone);
	await assert.rejects(renameTheme(database, { topicId, number: first, name: ' ' }, rapporteur), { code: 'unusable-text' });
	await confirm(topicId, first);
	const { id } = (await lastStep(database, topicId))!;
	await confirm(topicId, second);
	await assert.rejects(undoStep(database, { topicId, stepId: id }, rapporteur), { code: 'changed-meanwhile' });
	await assert.rejects(undoStep(database, { topicId, stepId: id }, someone), { code: 'not-allowed' });
});

test('a found theme is the known one in which most of its ideas were; what was placed is left out', () => {
	const known = [
		{ number: 1, isConfirmed: true },
		{ number: 2, isConfirmed: false }
	];
	const placed = [
		...[1, 2].map((idea) => ({ idea, theme: 1, isConfirmed: true })),
		...[3, 4, 5].map((idea) => ({ idea, theme: 2, isConfirmed: false }))
	];
	const found = (...ideas: number[]) => ({ language: 'en', label: ['word', 'other'], ideas });
	const matched = (...all: ReturnType<typeof found>[]) =>
		matchThemes(all, known, placed).map(({ into, ideas }) => ({ into, ideas }));
	assert.deepEqual(matched(found(1, 6), found(2, 7)), [
		{ into: 1, ideas: [6] },
		{ into: 1, ideas: [7] }
	]);
	assert.deepEqual(matched(found(3, 8), found(4, 5)), [
		{ into: 2, ideas: [3, 8] },
		{ into: null, ideas: [4, 5] }
	]);
	assert.deepEqual(matched(found(9)), [{ into: null, ideas: [9] }]);
	assert.deepEqual(matched({ language: 'en', label: [], ideas: [9] }), []);
});
