import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { movesAfter } from '#events/moving.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { hallOf } from '#townhalls/hall.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

/** The same database, and how often it was asked. */
function counted(): { database: Database; asked: () => number } {
	let asked = 0;
	const query = ((...given: Parameters<Database['query']>) => {
		asked++;
		return database.query(...given);
	}) as Database['query'];
	return { database: { ...database, query }, asked: () => asked };
}

for (const attribution of ['named', 'chatham'] as const)
	test(`whoever asks after something happened in a hall is told of it, under the rule "${attribution}"`, async () => {
		const { event, topicId, staff } = await aTownHall(database, { attribution });
		const batcher = new AnswerBatcher(database, keys);
		const now = async () => {
			const { polls, questions, now } = await hallOf(database, topicId, event.number);
			return {
				polls: polls.map(({ poll, figures }) => [poll.state, figures.rows?.map(({ choice, count }) => `${choice}: ${count}`)]),
				questions: questions.map(({ state, support }) => [state, support]),
				now
			};
		};
		assert.deepEqual(await now(), { polls: [], questions: [], now: { moves: 0, answers: 0, supports: 0 } });
		const { pollId } = await makePoll(database, event, aWrittenPoll({ options: [{ en: 'Yes' }, { en: 'No' }] }), staff);
		assert.deepEqual((await now()).polls, [], 'a draft is for the desk');
		await turnPoll(database, { topicId, pollId }, 'open', staff);
		assert.deepEqual((await now()).polls, [['open', ['1: 0', '2: 0']]]);
		await batcher.give(topicId, pollId, { choices: [2], weights: [1] }, aVisitor('ada'));
		assert.deepEqual((await now()).polls, [['open', ['2: 1', '1: 0']]]);
		await batcher.give(topicId, pollId, { choices: [1], weights: [1] }, aVisitor('ada'));
		assert.deepEqual((await now()).polls, [['open', ['1: 1', '2: 0']]], 'an answer that was changed is no new one');
		const questionId = uuidv4();
		await askQuestion(
			database,
			keys,
			event,
			{ questionId, text: 'Who pays for the cable?', language: 'en', name: '' },
			aVisitor('ben')
		);
		const own = attribution === 'chatham' ? 0 : 1;
		assert.deepEqual((await now()).questions, [['new', own]]);
		await decideQuestion(database, { ...event, questionId }, { state: 'approved', words: '' }, staff);
		assert.deepEqual((await now()).questions, [['approved', own]]);
		await supportQuestion(database, keys, { ...event, questionId }, true, aVisitor('ada'));
		assert.deepEqual((await now()).questions, [['approved', own + 1]]);
		await supportQuestion(database, keys, { ...event, questionId }, false, aVisitor('ada'));
		assert.deepEqual((await now()).questions, [['approved', own]]);
		const { moves, ...figures } = (await now()).now;
		assert.deepEqual(figures, { answers: 2, supports: 2 });
		// what was decided is told one by one; of figures that they changed
		const told = await movesAfter(database, topicId, event.eventId, 0, 100);
		assert.deepEqual(
			told.map(({ kind }) => kind),
			['poll-open', ...(attribution === 'chatham' ? [] : ['question-came']), 'question-approved']
		);
		assert.equal(moves, told.length);
	});

test('five hundred who ask at once are a few questions to the database, and none of them makes another', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const { pollId } = await makePoll(database, event, aWrittenPoll(), staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	const { database: hall, asked } = counted();
	const first = await hallOf(hall, topicId, event.number);
	const before = asked();
	const all = await Promise.all(Array.from({ length: 500 }, () => hallOf(hall, topicId, event.number)));
	assert.ok(all.every((one) => one === first));
	assert.equal(asked() - before, 2, 'the first alone, and one for all who came while it was asked');
	await hallOf(hall, topicId, event.number, { isRecent: true });
	assert.equal(asked() - before, 2);
});

test('a number that no event has is not found, again and again', async () => {
	const { topicId } = await aTownHall(database);
	for (let turn = 0; turn < 2; turn++) await assert.rejects(hallOf(database, topicId, 99), { code: 'not-found' });
});
