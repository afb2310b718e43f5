import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { inTransaction } from '#database/connection.server.ts';
import { someoneWaits, testDatabase } from '#database/test-database.server.ts';
import { movesAfter } from '#events/moving.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { participantsOf } from '#topics/participants/participants.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { figuresOf, wordsAtDesk } from '#townhalls/polls/counting.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { changePoll, makePoll, turnPoll, type WrittenPoll } from '#townhalls/polls/planning.server.ts';
import { answerOf, pollKinds, wordsOf } from '#townhalls/polls/poll.ts';
import { pollOf, pollsOfEvent } from '#townhalls/polls/polls.server.ts';
import { decideWords } from '#townhalls/polls/words.server.ts';
import { holdPolls, joinAnswers, ownAnswers } from '#townhalls/polls/writing.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const batcher = new AnswerBatcher(database, keys);

const refusedAs = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

async function anOpenPoll(changes: Partial<WrittenPoll> = {}) {
	const { event, topicId, staff } = await aTownHall(database);
	const { pollId } = await makePoll(database, event, aWrittenPoll(changes), staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	const answer = async (who: string, ...chosen: number[]) =>
		batcher.give(topicId, pollId, answerOf(await pollOf(database, topicId, pollId), chosen), aVisitor(who));
	const say = (who: string, ...words: string[]) => batcher.give(topicId, pollId, { words: wordsOf(words, 3) }, aVisitor(who));
	const figures = async () => figuresOf(database, await pollOf(database, topicId, pollId));
	const close = () => turnPoll(database, { topicId, pollId }, 'closed', staff);
	return { event, topicId, pollId, staff, answer, say, figures, close };
}

/** What the counts must be, read from the answers themselves. */
async function isCountedRight(topicId: string, pollId: string) {
	const { rows } = await database.query<{ differs: number }>(
		`
			with answered as (
				select 0 as choice, count(*)::int as count from poll_answers where topic_id = $1 and poll_id = $2
				union all
				select choice, sum(weight)::int
				from poll_answers, unnest(choices, weights) as chosen (choice, weight)
				where topic_id = $1 and poll_id = $2
				group by choice
			)
			select count(*) as differs
			from answered
			full join (select choice, count from poll_counts where topic_id = $1 and poll_id = $2) counted using (choice)
			where coalesce(answered.count, 0) <> coalesce(counted.count, 0)`,
		[topicId, pollId]
	);
	assert.equal(rows[0]!.differs, 0);
}

test('five hundred people who are new answer at once: each once, in a few transactions', async () => {
	const { topicId, pollId, answer, figures } = await anOpenPoll();
	const before = batcher.batches;
	await Promise.all(Array.from({ length: 500 }, (_, at) => answer(`phone ${at}`, 1 + (at % 3))));
	const { people, rows } = await figures();
	assert.equal(people, 500);
	assert.deepEqual(
		rows!.map(({ choice, count }) => [choice, count]),
		[
			[1, 167],
			[2, 167],
			[3, 166]
		]
	);
	assert.ok(batcher.batches - before < 100);
	await isCountedRight(topicId, pollId);
});

test('an answer can be changed until the poll is closed, and the same one sent twice counts once', async () => {
	const { topicId, pollId, answer, figures, close } = await anOpenPoll({ kind: 'several' });
	await answer('amina', 1, 2);
	await Promise.all([answer('amina', 2, 3), answer('amina', 2, 3)]);
	await answer('li', 3);
	assert.deepEqual((await figures()).people, 2);
	await isCountedRight(topicId, pollId);
	await close();
	await assert.rejects(answer('amina', 1), refusedAs('poll-closed'));
	const { rows } = await figures();
	assert.deepEqual(
		rows!.map(({ choice, count, place }) => [choice, count, place]),
		[
			[3, 2, 1],
			[2, 1, 2],
			[1, 0, 3]
		]
	);
	const { rows: participants } = await database.query(`select from participants where topic_id = $1`, [topicId]);
	assert.equal(participants.length, 2);
});

test('an answer that is under way when the poll is closed is counted before, or refused', async () => {
	const { topicId, pollId, staff, answer, figures } = await anOpenPoll();
	let closing: Promise<void> | undefined;
	await inTransaction(database, async (transaction) => {
		await holdPolls(transaction, topicId, [pollId]);
		closing = turnPoll(database, { topicId, pollId }, 'closed', staff);
		await someoneWaits(database);
	});
	await closing;
	await assert.rejects(answer('too late', 1), refusedAs('poll-closed'));
	assert.equal((await figures()).people, 0);
	const { rows } = await database.query(`select from participants where topic_id = $1`, [topicId]);
	assert.equal(rows.length, 0);
});

test('figures of a blind poll leave the server for nobody until it is closed', async () => {
	const { answer, figures, close } = await anOpenPoll({ results: 'blind', kind: 'scale', size: 5 });
	await answer('amina', 5);
	await answer('li', 2);
	assert.deepEqual(await figures(), { people: 2, rows: null, middle: null, waiting: 0, more: 0 });
	await close();
	const { rows, middle } = await figures();
	assert.deepEqual(
		rows!.map(({ count }) => count),
		[0, 1, 0, 0, 1]
	);
	assert.deepEqual(middle, { mean: 3.5, median: 3.5 });
});

test('a ranking is counted by points, with halves, and ties are told', async () => {
	const { answer, figures } = await anOpenPoll({ kind: 'ranking' });
	await answer('amina', 1, 2, 3);
	await answer('li', 1, 1, 0);
	await answer('amina', 2, 1, 3);
	const { rows } = await figures();
	assert.deepEqual(
		rows!.map(({ choice, count, place, isTied }) => [choice, count, place, isTied]),
		[
			[2, 3.5, 1, false],
			[1, 2.5, 2, false],
			[3, 0, 3, false]
		]
	);
});

test('words of a cloud are one however they are written, and shown once the desk let them through', async () => {
	const { topicId, pollId, staff, say, figures } = await anOpenPoll({ kind: 'cloud', size: 3 });
	await Promise.all([say('amina', 'Équité', 'trust'), say('li', 'EQUITE '), say('rude', 'a rude word')]);
	assert.deepEqual(await figures(), { people: 3, rows: [], middle: null, waiting: 3, more: 0 });
	const words = await wordsAtDesk(database, await pollOf(database, topicId, pollId));
	const numbered = (word: string) => words.find((one) => one.word === word)!.number;
	await decideWords(database, { topicId, pollId, words: [numbered('Équité'), numbered('trust')] }, 'shown', staff);
	await decideWords(database, { topicId, pollId, words: [numbered('a rude word')] }, 'kept-back', staff);
	const { rows, waiting } = await figures();
	assert.deepEqual(
		rows!.map(({ word, count }) => [word, count]),
		[
			['Équité', 2],
			['trust', 1]
		]
	);
	assert.equal(waiting, 0);
	await say('rude', 'sorry');
	assert.equal((await figures()).waiting, 1);
	await assert.rejects(
		decideWords(database, { topicId, pollId, words: [1] }, 'shown', { kind: 'visitor', visitorId: 'x' }),
		refusedAs('not-allowed')
	);
});

test('ten thousand words are taken, and sixty are told', async () => {
	const { topicId, pollId, staff, say, figures } = await anOpenPoll({ kind: 'cloud', size: 3 });
	const many = new AnswerBatcher(database, keys, 2000);
	await Promise.all(
		Array.from({ length: 3334 }, (_, at) =>
			many.give(
				topicId,
				pollId,
				{ words: wordsOf([`word ${3 * at}`, `word ${3 * at + 1}`, `word ${3 * at + 2}`], 3) },
				aVisitor(`phone ${at}`)
			)
		)
	);
	await say('one more', 'word 17');
	const words = Array.from({ length: 10_002 }, (_, at) => at + 1);
	await decideWords(database, { topicId, pollId, words }, 'shown', staff);
	const { people, rows, more } = await figures();
	assert.equal(people, 3335);
	assert.deepEqual([rows!.length, rows![0]!.word, rows![0]!.count, more], [60, 'word 17', 2, 9942]);
});

test('a poll is changed while it is a draft and stands as it was read afterwards', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const { pollId } = await makePoll(database, event, aWrittenPoll(), staff);
	assert.deepEqual(await pollsOfEvent(database, event), []);
	await assert.rejects(
		batcher.give(topicId, pollId, { choices: [1], weights: [1] }, aVisitor('early')),
		refusedAs('poll-not-open')
	);
	await changePoll(database, { topicId, pollId }, aWrittenPoll({ options: [{ en: 'Yes' }, { en: 'No' }, { en: ' ' }] }), staff);
	const changed = await pollOf(database, topicId, pollId);
	assert.equal(changed.size, 2);
	assert.deepEqual(Object.keys(changed.texts).sort(), ['option-1', 'option-2', 'question']);
	assert.deepEqual(
		changed.texts['option-1']!.map(({ language, text }) => [language, text]),
		[['en', 'Yes']]
	);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	await assert.rejects(changePoll(database, { topicId, pollId }, aWrittenPoll(), staff), refusedAs('poll-started'));
	await assert.rejects(makePoll(database, event, aWrittenPoll({ options: [{ en: 'Yes' }] }), staff), refusedAs('poll-unusable'));
	await assert.rejects(makePoll(database, event, aWrittenPoll(), aVisitor('anyone')), refusedAs('not-allowed'));
	assert.deepEqual(
		(await movesAfter(database, topicId, event.eventId, 0, 10)).map(({ kind }) => kind),
		['poll-open']
	);
});

test('whoever answered in two browsers that became one person counts once, by the later answer', async () => {
	const { topicId, pollId, answer } = await anOpenPoll();
	await answer('phone', 1);
	await answer('laptop', 2);
	await answer('tablet', 3);
	const [phone, laptop, tablet, fresh] = await inTransaction(database, (transaction) =>
		participantsOf(transaction, keys, topicId, ['phone', 'laptop', 'tablet', 'fresh'])
	);
	const join = (from: number, into: number) =>
		inTransaction(database, (transaction) => joinAnswers(transaction, topicId, { from, into }));
	await join(phone!.number, laptop!.number);
	await isCountedRight(topicId, pollId);
	assert.deepEqual((await ownAnswers(database, topicId, [pollId], laptop!.number)).get(pollId)!.choices, [2]);
	await join(tablet!.number, laptop!.number);
	await isCountedRight(topicId, pollId);
	assert.deepEqual((await ownAnswers(database, topicId, [pollId], laptop!.number)).get(pollId)!.choices, [3]);
	await join(laptop!.number, fresh!.number);
	await isCountedRight(topicId, pollId);
});

test('whatever is answered in whatever order, the counts are the sum of the answers', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...pollKinds.filter((kind) => kind !== 'cloud')),
			fc.array(fc.record({ who: fc.nat(5), chosen: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }) }), { maxLength: 20 }),
			async (kind, given) => {
				const { topicId, pollId, answer } = await anOpenPoll({ kind, size: 3 });
				// what the rules refuse is refused before it is written
				await Promise.allSettled(
					given.map(({ who, chosen }) =>
						answer(`phone ${who}`, ...(kind === 'single' || kind === 'scale' ? chosen.slice(0, 1) : chosen))
					)
				);
				await isCountedRight(topicId, pollId);
			}
		),
		{ numRuns: 15 }
	);
});
