import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { changeEvent } from '#events/planning.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { obeyInTownHall } from '#townhalls/obeying.server.ts';
import { AnswerBatcher } from '#townhalls/polls/batcher.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

/** In all the rows of a topic, which tables tell a moment; `taps` are acts of one person alone at it: a batch of one, so whoever saw them tap would know which. */
async function aHallInWhichOneTaps(attribution: Attribution) {
	const { event, topicId, staff } = await aTownHall(database, { attribution });
	const { pollId } = await makePoll(database, event, aWrittenPoll(), staff);
	await turnPoll(database, { topicId, pollId }, 'open', staff);
	const questionId = uuidv4();
	await askQuestion(database, keys, event, { questionId, text: 'Who pays?', language: 'en', name: '' }, aVisitor('ben'));
	await decideQuestion(database, { ...event, questionId }, { state: 'approved', words: '' }, staff);
	const moment = new Date(+event.startsAt + 17 * 60_000 + 29_000);
	const then = { ...database, clockShift: +moment - Date.now() };
	const minute = moment.toISOString().slice(0, 16);
	const { rows: tables } = await database.query<{ name: string }>(
		`select table_name as name from information_schema.columns where column_name = 'topic_id' and table_schema = 'public'`
	);
	const telling = async () => {
		const found: string[] = [];
		for (const { name } of tables) {
			const { rows } = await database.query(`select from ${name} t where topic_id = $1 and row_to_json(t)::text like $2`, [
				topicId,
				`%${minute}%`
			]);
			if (rows.length > 0) found.push(name);
		}
		return found.sort();
	};
	const taps = async () => {
		const batcher = new AnswerBatcher(then, keys);
		for (const choice of [1, 2]) await batcher.give(topicId, pollId, { choices: [choice], weights: [1] }, aVisitor('ada'));
		for (const supports of [true, false, true])
			await supportQuestion(then, keys, { ...event, questionId }, supports, aVisitor('li'));
	};
	return { event, topicId, telling, taps };
}

test('under the Chatham House rule no row of any table tells when somebody answered a poll or supported a question, be they alone', async () => {
	const plain = await aHallInWhichOneTaps('named');
	await plain.taps();
	assert.deepEqual(await plain.telling(), ['participant_links', 'participant_profiles', 'participants', 'poll_answers']);
	const { taps, telling, topicId } = await aHallInWhichOneTaps('chatham');
	await taps();
	assert.deepEqual(await telling(), []);
	const { rows } = await database.query('select from poll_answers where topic_id = $1', [topicId]);
	assert.equal(rows.length, 1);
});

test('where the rule becomes the Chatham House rule, the answers that are there lose their times', async () => {
	const { event, topicId, telling, taps } = await aHallInWhichOneTaps('named');
	await taps();
	const { eventId, version } = event;
	await changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: 'chatham' }), basedOn: version }, aSecretary);
	await obeyInTownHall(database, event);
	assert.ok(!(await telling()).includes('poll_answers'));
});
