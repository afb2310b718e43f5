import assert from 'node:assert/strict';
import test from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideasFound } from '#ideas/finding.server.ts';
import { ideasOnTopic, type ListWishes } from '#ideas/listing.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { refreshStandings } from '#ideas/standings.server.ts';
import { submitIdea, type IdeaDraft } from '#ideas/submitting.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';
import type { Stage } from '#topics/stages/stage.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const batcher = new OpinionBatcher(database, keys);
const nobody = aVisitor('nobody');

async function topicWith(drafts: readonly Partial<IdeaDraft>[], stage: Partial<Stage> = {}) {
	const { topicId, questionId } = await anOpenTopic(database, stage);
	await inTransaction(database, async (transaction) => {
		for (const draft of drafts) await submitIdea(transaction, keys, anIdeaDraft(topicId, draft), aVisitor('author'));
	});
	const topic = { topicId, stages: await stagesOf(database, topicId) };
	const list = (wishes: ListWishes, queryable = database as Pick<typeof database, 'query'>) =>
		ideasOnTopic(queryable, topic, wishes, { actor: nobody, at: new Date() });
	const numbers = async (wishes: ListWishes) => (await list(wishes)).ideas.map(({ number }) => number);
	return { topicId, questionId, topic, list, numbers };
}

/** Every page of a list, one after the other. */
async function pages(list: Awaited<ReturnType<typeof topicWith>>['list'], wishes: ListWishes) {
	const found: number[][] = [];
	for (let after: string | null | undefined; after !== null;) {
		const page = await list({ ...wishes, after: after ?? null });
		found.push(page.ideas.map(({ number }) => number));
		after = page.after;
	}
	return found;
}

test('a list is one query, whatever its length', async () => {
	for (const howMany of [1, 3, 25]) {
		const { list } = await topicWith(Array.from({ length: howMany }, () => ({})));
		let queries = 0;
		const counting = {
			query: ((...given: Parameters<typeof database.query>) => (queries++, database.query(...given))) as typeof database.query
		};
		await list({}, counting);
		assert.equal(queries, 1);
	}
});

test('each order pages through every idea once, twenty at a time', async () => {
	const { topicId, list } = await topicWith(Array.from({ length: 45 }, () => ({})));
	for (const number of [7, 7, 30])
		await batcher.give(topicId, aVisitor(`reader ${Math.random()}`), { ideaNumber: number, opinion: 'agree', seen: 1 });
	await refreshStandings(database, topicId);
	for (const sort of ['newest', 'supported', 'discussed', 'random'] as const) {
		const found = await pages(list, { sort });
		assert.deepEqual(
			found.map((page) => page.length),
			[20, 20, 5],
			sort
		);
		assert.deepEqual(
			found.flat().sort((one, other) => one - other),
			Array.from({ length: 45 }, (_, at) => at + 1),
			sort
		);
		if (sort === 'newest') assert.deepEqual(found[0]!.slice(0, 3), [45, 44, 43]);
		if (sort === 'supported') assert.deepEqual(found[0]!.slice(0, 3), [7, 30, 45]);
	}
});

test('an order that changes while somebody pages through it loses no idea and repeats none', async () => {
	const { topicId, list, numbers } = await topicWith(Array.from({ length: 65 }, () => ({})));
	let people = 0;
	const agree = async (...ideas: number[]) => {
		for (const ideaNumber of ideas)
			await batcher.give(topicId, aVisitor(`of refreshes ${people++}`), { ideaNumber, opinion: 'agree', seen: 1 });
		await refreshStandings(database, topicId);
	};
	const disagree = async (ideaNumber: number) => {
		for (let person = 0; person < people; person++)
			await batcher.give(topicId, aVisitor(`of refreshes ${person}`), { ideaNumber, opinion: 'disagree', seen: 1 });
		await refreshStandings(database, topicId);
	};
	await agree(7, 7, 7, 30, 30, 12);
	const before = [7, 30, 12, ...Array.from({ length: 65 }, (_, at) => 65 - at).filter((one) => ![7, 30, 12].includes(one))];
	const first = await list({ sort: 'supported' });
	// from the end to the top, from the top to the end, twice
	await agree(1, 1, 1, 1, 1, 2, 2, 2, 2, 46, 46);
	await disagree(7);
	const second = await list({ sort: 'supported', after: first.after });
	await agree(1, 2, 3, 3, 3, 3, 3, 3, 3, 25, 25, 25);
	await disagree(30);
	const third = await list({ sort: 'supported', after: second.after });
	const fourth = await list({ sort: 'supported', after: third.after });
	assert.deepEqual(
		[first, second, third, fourth].flatMap(({ ideas }) => ideas.map(({ number }) => number)),
		before
	);
	assert.equal(fourth.after, null);
	assert.deepEqual((await numbers({ sort: 'supported' })).slice(0, 3), [3, 1, 2]);
});

test('in an order that is no longer kept the pages go on in the order as it is now', async () => {
	const { topicId, list } = await topicWith(Array.from({ length: 45 }, () => ({})));
	const first = await list({ sort: 'supported' });
	for (const ideaNumber of [1, 2, 44]) {
		await batcher.give(topicId, aVisitor(`late ${ideaNumber}`), { ideaNumber, opinion: 'agree', seen: 1 });
		await refreshStandings(database, topicId, { changes: 1, milliseconds: 3_600_000 });
	}
	const { rows } = await database.query<{ refreshes: number; kept: number }>(
		`select (select count(*)::int from standing_refreshes where topic_id = $1) as refreshes,
			(select count(*)::int from idea_standings_before where topic_id = $1) as kept`,
		[topicId]
	);
	assert.deepEqual(rows, [{ refreshes: 2, kept: 1 }]);
	const second = await list({ sort: 'supported', after: first.after });
	assert.deepEqual(
		second.ideas.map(({ number }) => number),
		Array.from({ length: 20 }, (_, at) => 25 - at)
	);
	assert.deepEqual(
		(await list({ sort: 'supported', after: second.after })).ideas.map(({ number }) => number),
		[5, 4, 3]
	);
});

test('filters choose by question, group, region, channel and language, together too', async () => {
	const { topicId, questionId, numbers } = await topicWith([{}, { language: 'fr' }]);
	await submitIdea(database, keys, anIdeaDraft(topicId, { questionId, channel: 'api', language: 'fr' }), aVisitor('author'));
	assert.deepEqual(await numbers({ language: 'fr' }), [3, 2]);
	assert.deepEqual(await numbers({ question: questionId }), [3]);
	assert.deepEqual(await numbers({ channel: 'web', language: 'fr' }), [2]);
	assert.deepEqual(await numbers({ group: 'not-stated', region: 'not-stated' }), [3, 2, 1]);
	assert.deepEqual(await numbers({ group: 'academia' }), []);
	assert.deepEqual(await numbers({ region: 'african' }), []);
	assert.deepEqual(await numbers({ question: "' or true --" }), []);
	assert.deepEqual(await numbers({ after: 'x', sort: 'random; drop table ideas' }), [3, 2, 1]);
});

test('a search finds words in six languages, without accents and in other forms', async () => {
	const { numbers, topicId } = await topicWith([
		{ point: 'Governments should consult earlier', language: 'en' },
		{ point: 'La gouvernance doit être ouverte à tous', language: 'fr' },
		{ point: 'La participación de los jóvenes', language: 'es' },
		{ point: 'Правительства должны публиковать протоколы', language: 'ru' },
		{ point: '互联网治理需要多方参与', language: 'zh' },
		{ point: 'يجب أن تكون الحوكمة مفتوحة', language: 'ar' },
		{ point: 'Hidden from governments', language: 'en' }
	]);
	const queries = [
		'government consultation',
		'GOUVERNANCE',
		'participacion joven',
		'правительство',
		'治理',
		'حوكمة',
		'…',
		'nothing'
	];
	const found = [];
	for (const search of queries) found.push(await numbers({ search }));
	assert.deepEqual(found, [[1], [2], [3], [4], [5], [6], [], []]);
	const { rows } = await database.query<{ id: string }>(
		`select idea_id as id from ideas where topic_id = $1 and idea_number = 7`,
		[topicId]
	);
	const hiding = { decision: 'hidden', reason: 'spam', words: '' } as const;
	await decideOn(database, { topicId, kind: 'idea', thingId: rows[0]!.id }, hiding, aModerator(topicId));
	assert.deepEqual(await numbers({ search: 'governments' }), [1]);
});

test('while results are blind a list tells no counts and no order by support, to staff neither', async () => {
	const { topicId, topic } = await topicWith([{}, {}, {}], { takesOpinions: 'blind' });
	for (const reader of ['a', 'b', 'c'])
		await batcher.give(topicId, aVisitor(reader), { ideaNumber: 1, opinion: 'agree', seen: 1 });
	await refreshStandings(database, topicId);
	for (const actor of [nobody, aModerator(topicId)]) {
		const shown = await ideasOnTopic(database, topic, { sort: 'supported' }, { actor, at: new Date() });
		assert.equal(shown.sort, 'newest');
		assert.deepEqual(
			shown.ideas.map(({ number, counts }) => [number, counts]),
			[
				[3, null],
				[2, null],
				[1, null]
			]
		);
	}
	const afterwards = await ideasOnTopic(
		database,
		topic,
		{ sort: 'supported' },
		{ actor: nobody, at: new Date(Date.now() + 7_200_000) }
	);
	assert.deepEqual(afterwards.ideas[0], { ...afterwards.ideas[0], number: 1, counts: { agree: 3, disagree: 0, pass: 0 } });
});

test('an anonymous author is shown with nothing, and found by no filter', async () => {
	const { topicId, list, numbers } = await topicWith([]);
	await submitIdea(database, keys, anIdeaDraft(topicId, { attribution: 'named', name: 'Ada' }), aVisitor('ada'));
	await database.query(
		`insert into participant_profiles (topic_id, participant_number, profile_number, stakeholder_groups, region, reads, assurance, stated_at)
		values ($1, 1, 2, '{academia}', 'african', '{}', 'browser', clock_timestamp())`,
		[topicId]
	);
	for (const attribution of ['named', 'group', 'anonymous'] as const)
		await submitIdea(database, keys, anIdeaDraft(topicId, { attribution, name: 'Ada' }), aVisitor('ada'));
	const { ideas } = await list({});
	assert.deepEqual(
		ideas.map(({ number, author: { name, groups, region } }) => ({ number, name, groups, region })),
		[
			{ number: 4, name: null, groups: [], region: null },
			{ number: 3, name: null, groups: ['academia'], region: 'african' },
			{ number: 2, name: 'Ada', groups: ['academia'], region: 'african' },
			{ number: 1, name: 'Ada', groups: [], region: null }
		]
	);
	assert.deepEqual(
		[await numbers({ group: 'academia' }), await numbers({ region: 'african' })],
		[
			[3, 2],
			[3, 2]
		]
	);
});

test('few matches are put into the same order, page by page, as they are met when an order is walked', async () => {
	const drafts = Array.from({ length: 60 }, (_, at) => ({
		language: at % 2 === 0 ? 'fr' : 'en',
		point: `Un câble de plus, ${at}`
	}));
	const { topicId, topic, numbers } = await topicWith(drafts);
	for (const number of [7, 7, 31])
		await batcher.give(topicId, aVisitor(`reader ${Math.random()}`), { ideaNumber: number, opinion: 'agree', seen: 1 });
	await refreshStandings(database, topicId);
	const at = new Date();
	for (const wishes of [{ language: 'fr' }, { search: 'cable' }, { search: 'cable', language: 'fr' }])
		for (const sort of ['newest', 'supported', 'discussed', 'random'] as const) {
			const found = (await ideasFound(database, topicId, wishes))?.numbers ?? null;
			assert.equal(found?.length, 'language' in wishes ? 30 : 60);
			const list = (known: readonly number[] | null) => (wish: ListWishes) =>
				ideasOnTopic(database, topic, wish, { actor: nobody, at, found: known });
			assert.deepEqual(await pages(list(found), { ...wishes, sort }), await pages(list(null), { ...wishes, sort }));
		}
	assert.deepEqual(await numbers({ search: 'nothing of this' }), []);
});

test('the ideas of a filtered list are counted, without those that cannot be seen; of no filter the total is kept elsewhere', async () => {
	const { topicId, questionId } = await topicWith([{ language: 'fr' }, { language: 'fr' }, { language: 'en' }]);
	const { rows } = await database.query<{ id: string }>(
		`select idea_id as id from ideas where topic_id = $1 and idea_number = 1`,
		[topicId]
	);
	const hidden = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, hidden, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const count = async (wishes: ListWishes) => (await ideasFound(database, topicId, wishes))?.count ?? null;
	assert.deepEqual(
		await Promise.all(
			[{ language: 'fr' }, { question: questionId }, { search: '!' }, { search: 'exchange points' }, {}].map(count)
		),
		[1, 0, 0, 2, null]
	);
});
