import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { NextIdeas } from '#ideas/opinions/next-ideas.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const batcher = new OpinionBatcher(database, keys);

async function topicInLanguages(languages: readonly string[]) {
	const { topicId } = await anOpenTopic(database);
	for (const language of languages) await submitIdea(database, keys, anIdeaDraft(topicId, { language }), aVisitor('author'));
	return topicId;
}

/** Judges what is offered until nothing is, and tells the order. */
async function round(topicId: string, participant: number, next: NextIdeas, reads: string[] = []) {
	const order: number[] = [];
	for (let number; (number = await next.next(topicId, participant, reads)) !== null && order.length < 20; order.push(number))
		next.judged(topicId, participant, number);
	return order;
}

test('everybody is asked about every idea once, and not all begin with the same', async () => {
	const topicId = await topicInLanguages(['en', 'fr', 'en', 'ar', 'en']);
	const next = new NextIdeas(database, () => 0);
	const orders = await Promise.all([2, 3, 4, 5, 6].map((participant) => round(topicId, participant, next)));
	for (const order of orders) assert.deepEqual([...order].sort(), [1, 2, 3, 4, 5]);
	assert.ok(new Set(orders.map(([first]) => first)).size > 1);
	assert.equal(await next.next(topicId, 2), null);
	assert.deepEqual(await next.progress(topicId, 2), { judged: 5, ideas: 5 });
});

test('ideas in languages that a person reads come first, the others follow', async () => {
	const topicId = await topicInLanguages(['en', 'fr', 'fr-CA', 'ar', 'en']);
	const order = await round(topicId, 2, new NextIdeas(database, () => 0), ['fr', 'ar']);
	assert.deepEqual(
		[order.slice(0, 3).sort(), order.slice(3).sort()],
		[
			[2, 3, 4],
			[1, 5]
		]
	);
});

test('what was judged before the process started is not asked again', async () => {
	const topicId = await topicInLanguages(['en', 'en']);
	const participant = await batcher.give(topicId, aVisitor('reader'), { ideaNumber: 1, opinion: 'pass', seen: 1 });
	assert.deepEqual(await round(topicId, participant, new NextIdeas(database, () => 0)), [2]);
});

test('an idea that was just found hidden is passed over before the round is read again', async () => {
	const topicId = await topicInLanguages(['en', 'en', 'en']);
	const next = new NextIdeas(database, () => 0);
	const first = (await next.next(topicId, 2))!;
	await next.passOver(topicId, first);
	assert.deepEqual(
		(await round(topicId, 2, next)).sort(),
		[1, 2, 3].filter((number) => number !== first)
	);
});

test('an idea that came in or was taken away since is known a moment later', async () => {
	const topicId = await topicInLanguages(['en']);
	let now = 0;
	const next = new NextIdeas(database, () => now);
	assert.deepEqual(await round(topicId, 2, next), [1]);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	now += 3000;
	const deadline = Date.now() + 5000;
	let found: number | null = null;
	while (found === null && Date.now() < deadline) {
		found = await next.next(topicId, 2);
		await setTimeout(5);
	}
	assert.equal(found, 2);
});

test('nobody is asked about an idea of their own, and it is not missing in what they have done', async () => {
	const topicId = await topicInLanguages(['en', 'en', 'en']);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('another author'));
	const own = (await seenParticipant(database, keys, topicId, aVisitor('another author')))!.number;
	const next = new NextIdeas(database, () => 0);
	assert.deepEqual(await next.progress(topicId, own), { judged: 0, ideas: 3 });
	assert.deepEqual((await round(topicId, own, next)).sort(), [1, 2, 3]);
	assert.deepEqual(await next.progress(topicId, own), { judged: 3, ideas: 3 });
	assert.deepEqual((await round(topicId, 9, next)).sort(), [1, 2, 3, number]);
	// whoever says something to it all the same, by its page, has said one thing more
	next.judged(topicId, own, number);
	assert.deepEqual(await next.progress(topicId, own), { judged: 4, ideas: 4 });
});

test('what somebody wrote before they signed in is theirs', async () => {
	const topicId = await topicInLanguages(['en']);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('signs in later'));
	const browsers = (await seenParticipant(database, keys, topicId, aVisitor('signs in later')))!.number;
	const accounts = browsers + 1;
	let now = 0;
	const next = new NextIdeas(database, () => now);
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
	const deadline = Date.now() + 5000;
	while ((await next.progress(topicId, accounts)).ideas > 1 && Date.now() < deadline) await setTimeout(5);
	assert.deepEqual(await round(topicId, accounts, next), [1]);
});
