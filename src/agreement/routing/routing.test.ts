import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Actor } from '#activity/actor.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { seededRandom } from '#agreement/routing/random.ts';
import { Routing } from '#agreement/routing/routing.server.ts';
import { Opinions } from '#ideas/opinions/opinions.server.ts';
import { joinSamePoints, partSamePoint } from '#ideas/same-points/deciding.server.ts';
import type { Pair } from '#ideas/same-points/grouping.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

/** A process of its own: it knows what it reads. */
const aProcess = ({ now = () => 0, seed = 1 }: { now?: () => number; seed?: number } = {}) =>
	new Routing(database, { now, random: seededRandom(seed) });

const asked = (participant: number) => ({ participant, visitor: null });

async function topicInLanguages(languages: readonly string[]) {
	const { topicId } = await anOpenTopic(database);
	for (const language of languages) await submitIdea(database, keys, anIdeaDraft(topicId, { language }), aVisitor('author'));
	return topicId;
}

/** Judges what is offered until nothing is, and tells the order. */
async function round(topicId: string, participant: number, next: Routing, reads: string[] = []) {
	const order: number[] = [];
	for (
		let number;
		(number = await next.next(topicId, asked(participant), { reads, groups: [] })) !== null && order.length < 20;
	) {
		order.push(number);
		next.judged(topicId, asked(participant), number, 'agree');
	}
	return order;
}

async function until(isSo: () => Promise<boolean>) {
	for (const deadline = Date.now() + 5000; !(await isSo()) && Date.now() < deadline;) await setTimeout(5);
	assert.equal(await isSo(), true);
}

test('everybody is asked about every idea once, and not all begin with the same', async () => {
	const topicId = await topicInLanguages(['en', 'fr', 'en', 'ar', 'en']);
	const next = aProcess();
	const orders = await Promise.all([2, 3, 4, 5, 6].map((participant) => round(topicId, participant, next)));
	for (const order of orders) assert.deepEqual([...order].sort(), [1, 2, 3, 4, 5]);
	assert.ok(new Set(orders.map(([first]) => first)).size > 1);
	assert.equal(await next.next(topicId, asked(2)), null);
	assert.deepEqual(await next.progress(topicId, 2), { judged: 5, ideas: 5 });
});

test('ideas in languages that a person reads come first, the others follow', async () => {
	const topicId = await topicInLanguages(['en', 'fr', 'fr-CA', 'ar', 'en']);
	const order = await round(topicId, 2, aProcess(), ['fr', 'ar']);
	assert.deepEqual(
		[order.slice(0, 3).sort(), order.slice(3).sort()],
		[
			[2, 3, 4],
			[1, 5]
		]
	);
});

test('who asks for a guiding question is asked about its ideas, and sees how many of these are done', async () => {
	const { topicId, questionId: first } = await anOpenTopic(database);
	const { rows } = await database.query<{ id: string }>(
		`insert into questions (topic_id, question_id, position, added_at)
		values ($1, gen_random_uuid(), 2, clock_timestamp())
		returning question_id as id`,
		[topicId]
	);
	const second = rows[0]!.id;
	for (const questionId of [first, second, null, first])
		await submitIdea(database, keys, anIdeaDraft(topicId, { questionId }), aVisitor('author'));
	const opinions = new Opinions(database, keys, aProcess());
	const reader = aVisitor('asks for a question');
	const stated = { reads: [], groups: [] };
	const drawn = (await opinions.next(topicId, reader, null, stated, first))!;
	assert.ok([1, 4].includes(drawn));
	assert.deepEqual(await opinions.progress(topicId, null, first), { judged: 0, ideas: 2 });
	const given = { ideaNumber: drawn, opinion: 'agree', seen: null } as const;
	const { participant, next } = await opinions.give(topicId, reader, given, first);
	assert.deepEqual([drawn, next].sort(), [1, 4]);
	assert.deepEqual(await opinions.progress(topicId, participant, first), { judged: 1, ideas: 2 });
	assert.deepEqual(await opinions.progress(topicId, participant), { judged: 1, ideas: 4 });
	assert.equal(await opinions.next(topicId, reader, participant, stated, second), 2);
	assert.equal(await opinions.next(topicId, reader, participant, stated, first), next);
	await opinions.close();
	assert.deepEqual(await draws(topicId), [{ participant, idea: drawn, probability: 0.5 }]);
});

test('what was judged before the process started is not asked again', async () => {
	const topicId = await topicInLanguages(['en', 'en']);
	const opinions = new Opinions(database, keys, aProcess());
	const { participant } = await opinions.give(topicId, aVisitor('reader'), { ideaNumber: 1, opinion: 'pass', seen: 1 });
	assert.deepEqual(await round(topicId, participant, aProcess()), [2]);
});

test('an idea that was just found hidden is passed over before the round is read again', async () => {
	const topicId = await topicInLanguages(['en', 'en', 'en']);
	const next = aProcess();
	const first = (await next.next(topicId, asked(2)))!;
	await next.passOver(topicId, first);
	assert.deepEqual(
		(await round(topicId, 2, next)).sort(),
		[1, 2, 3].filter((number) => number !== first)
	);
});

test('an idea that came in or was taken away since is known a moment later', async () => {
	const topicId = await topicInLanguages(['en']);
	let now = 0;
	const next = aProcess({ now: () => now });
	assert.deepEqual(await round(topicId, 2, next), [1]);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	now += 3000;
	await until(async () => (await next.next(topicId, asked(2))) === 2);
});

test('nobody is asked about an idea of their own, and it is not missing in what they have done', async () => {
	const topicId = await topicInLanguages(['en', 'en', 'en']);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('another author'));
	const own = (await seenParticipant(database, keys, topicId, aVisitor('another author')))!.number;
	const next = aProcess();
	assert.deepEqual(await next.progress(topicId, own), { judged: 0, ideas: 3 });
	assert.deepEqual((await round(topicId, own, next)).sort(), [1, 2, 3]);
	assert.deepEqual(await next.progress(topicId, own), { judged: 3, ideas: 3 });
	assert.deepEqual((await round(topicId, 9, next)).sort(), [1, 2, 3, number]);
	// whoever says something to it all the same, by its page, has said one thing more
	next.judged(topicId, asked(own), number, 'pass');
	assert.deepEqual(await next.progress(topicId, own), { judged: 4, ideas: 4 });
});

test('of ideas that make the same point people are asked about the first that can be seen, and not again who judged another', async () => {
	const topicId = await topicInLanguages(['en', 'fr', 'en', 'ar']);
	const rapporteur: Actor = { kind: 'job', name: 'examples' };
	const sorted = async (participant: number, next = aProcess()) => (await round(topicId, participant, next)).sort();
	const pairs: Pair[] = [
		[2, 3],
		[3, 4]
	];
	await joinSamePoints(database, keys, { topicId, pairs }, rapporteur);
	assert.deepEqual(await sorted(5), [1, 2]);
	const opinions = new Opinions(database, keys, aProcess());
	const { participant } = await opinions.give(topicId, aVisitor('reader'), { ideaNumber: 4, opinion: 'agree', seen: 1 });
	assert.deepEqual(await sorted(participant), [1]);

	await database.query(
		`insert into concealments (topic_id, kind, thing_id, why, since)
		select topic_id, 'idea', idea_id, 'hidden', now() from ideas where topic_id = $1 and idea_number = 2`,
		[topicId]
	);
	assert.deepEqual(await sorted(5), [1, 3]);
	await partSamePoint(database, { topicId, number: 4 }, rapporteur);
	assert.deepEqual(await sorted(5), [1, 3, 4]);
});

test('what somebody wrote before they signed in is theirs', async () => {
	const topicId = await topicInLanguages(['en']);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('signs in later'));
	const browsers = (await seenParticipant(database, keys, topicId, aVisitor('signs in later')))!.number;
	const accounts = browsers + 1;
	let now = 0;
	const next = aProcess({ now: () => now });
	assert.deepEqual(await next.progress(topicId, accounts), { judged: 0, ideas: 2 });
	await database.query(
		`with participant as (
			insert into participants (topic_id, participant_number, participant_id, joined_at)
			values ($1, $2, gen_random_uuid(), clock_timestamp())
		)
		insert into participant_joins (topic_id, participant_number, into_number, joined_at)
		values ($1, $3, $2, clock_timestamp())`,
		[topicId, accounts, browsers]
	);
	now += 3000;
	await until(async () => (await next.progress(topicId, accounts)).ideas === 1);
	assert.deepEqual(await round(topicId, accounts, next), [1]);
});

/** What is kept of draws: participant, idea, probability. */
async function draws(topicId: string) {
	const { rows } = await database.query<{ participant: number; idea: number; probability: number }>(
		`select participant, idea, probability
		from opinion_draws, unnest(participant_numbers, idea_numbers, probabilities) as draw (participant, idea, probability)
		where topic_id = $1
		order by participant, idea`,
		[topicId]
	);
	return rows;
}

test('a process that starts weighs by the counts and the published cells of the database, and goes on while others count', async () => {
	const topicId = await topicInLanguages(Array.from({ length: 12 }, () => 'en'));
	const set = (number: number, people: number) =>
		database.query('update idea_counts set agree = $3, pass = $3 where topic_id = $1 and idea_number = $2', [
			topicId,
			number,
			people / 2
		]);
	for (let number = 1; number <= 11; number++) await set(number, 1000);
	let now = 0;
	const next = aProcess({ now: () => now });
	const firsts = async (groups: string[], from: number) => {
		const times = new Map<number, number>();
		for (let visitor = 0; visitor < 60; visitor++) {
			const number = (await next.next(topicId, { participant: null, visitor: `${from + visitor}` }, { reads: [], groups }))!;
			times.set(number, (times.get(number) ?? 0) + 1);
		}
		return [...times].sort(([, one], [, other]) => other - one)[0]!;
	};
	// new and unknown to all
	assert.deepEqual(await firsts([], 0), [12, 60]);
	// known as well, and of all ideas the governments were heard but on one
	await set(12, 1000);
	await database.query(
		`insert into opinion_cells (topic_id, dimension, key, idea_number, agree, disagree, pass, published_at)
		select $1, 'group', 'governments', number, 200, 200, 0, clock_timestamp()
		from generate_series(1, 12) as number
		where number <> 7`,
		[topicId]
	);
	await database.query('insert into cell_looks values ($1, clock_timestamp(), clock_timestamp(), 1)', [topicId]);
	now += 20_000;
	await next.next(topicId, asked(99));
	let visitors = 100;
	await until(async () => {
		const [number, times] = await firsts(['governments'], (visitors += 100));
		return number === 7 && times > 40;
	});
});

test('while opinions are blind a process neither reads nor tells what people say', async () => {
	const { topicId } = await anOpenTopic(database, { takesOpinions: 'blind' });
	for (let at = 0; at < 3; at++) await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	await database.query('update idea_counts set agree = 500 where topic_id = $1 and idea_number < 3', [topicId]);
	const next = aProcess();
	const probabilities = new Set<number | null>();
	for (let participant = 10; participant < 40; participant++) {
		const number = (await next.next(topicId, asked(participant)))!;
		probabilities.add(next.judged(topicId, asked(participant), number, 'agree'));
	}
	assert.deepEqual([...probabilities], [1 / 3]);
});
