import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import type { Attribution, EventOfTopic } from '#events/event.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { changeEvent } from '#events/planning.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion, mergeQuestions, setQuestions } from '#townhalls/questions/deciding.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

async function hall(attribution: Attribution) {
	const { event, topicId, staff } = await aTownHall(database, { attribution });
	const ask = async (who: string, text: string) => {
		const questionId = uuidv4();
		await askQuestion(database, keys, event, { questionId, text, language: 'en', name: 'Ada' }, aVisitor(who));
		return questionId;
	};
	const approve = (questionId: string) =>
		decideQuestion(database, { ...event, questionId }, { state: 'approved', words: '' }, staff);
	const close = () => setQuestions(database, event, { isOpen: false, isLookedAt: true }, staff);
	const rows = async (sql: string) => (await database.query<Record<string, unknown>>(sql, [topicId])).rows;
	return { event, topicId, staff, ask, approve, close, rows };
}

const toChatham = ({ topicId, eventId }: EventOfTopic) =>
	changeEvent(database, { topicId, eventId, ...aWrittenEvent({ attribution: 'chatham' }), basedOn: 1 }, aSecretary);

test('a question that waits when the rule becomes the Chatham House rule is filed of nobody, and its asker is forgotten at closing', async () => {
	for (const before of ['named', 'group'] as const) {
		const { event, topicId, ask, approve, close, rows } = await hall(before);
		await stateProfile(database, keys, topicId, aVisitor('ada'), { ...nothingStated, groups: ['academia'] });
		const [seen] = [await ask('ada', 'Who pays?'), await ask('ada', 'Who waits?')];
		await toChatham(event);
		await approve(seen);
		assert.deepEqual(await rows('select from contributions where topic_id = $1'), []);
		await close();
		assert.deepEqual(await rows('select attribution, participant_number from contributions where topic_id = $1'), [
			{ attribution: 'anonymous', participant_number: null }
		]);
		for (const table of ['contribution_names', 'floor_question_askers', 'floor_question_supports'])
			assert.deepEqual(await rows(`select from ${table} where topic_id = $1`), [], table);
	}
});

test('after questions under the Chatham House rule nothing tells when which was asked or approved, nor leads back to a phone', async () => {
	const { event, staff, ask, approve, close, rows } = await hall('chatham');
	const texts = Array.from({ length: 12 }, (_, index) => `Question ${index}?`);
	const ids: string[] = [];
	for (const text of texts) ids.push(await ask('ada', text));
	for (const id of ids.slice(0, -1)) await approve(id);
	await supportQuestion(database, keys, { ...event, questionId: ids[0]! }, true, aVisitor('li'));
	await mergeQuestions(database, event, { merged: ids[1]!, into: ids[0]! }, staff);
	await close();
	const closed = await questionsOfEvent(database, event);
	assert.deepEqual(
		closed.map(({ number }) => number),
		texts.map((_, index) => index + 1)
	);
	assert.deepEqual(closed.map(({ text }) => text).sort(), [...texts].sort());
	// one in 479 million by chance
	assert.notDeepEqual(
		closed.map(({ text }) => text),
		texts
	);
	const of = (text: string) => closed.find((one) => one.text === text)!;
	assert.deepEqual(
		[of('Question 0?').support, of('Question 1?').into, of('Question 11?').state],
		[1, of('Question 0?').questionId, 'new']
	);
	const times = await rows(`
		select at from floor_question_states where topic_id = $1 and at is not null
		union all select at from floor_question_merges where topic_id = $1
		union all select at from event_moves where topic_id = $1 and kind <> 'questions-set'`);
	assert.ok(times.every(({ at }) => (at as Date).getTime() === event.startsAt.getTime()));
	const left = JSON.stringify(
		await Promise.all(
			['floor_questions', 'floor_question_states', 'floor_question_merges', 'event_moves', 'activity', 'contributions'].map(
				(table) => rows(`select * from ${table} where topic_id = $1`)
			)
		)
	);
	for (const id of [...ids, ...closed.map(({ contributionId }) => `"thing_id":"${contributionId}"`)])
		assert.ok(!left.includes(id), id);
	for (const { questionId } of closed)
		assert.ok(!JSON.stringify(await rows('select * from activity where topic_id = $1')).includes(questionId));
	// what is let through later is filed too
	await approve(of('Question 11?').questionId);
	assert.equal((await rows('select from contributions where topic_id = $1')).length, 12);
});
