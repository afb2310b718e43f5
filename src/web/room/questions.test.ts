import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { textCanBeSeen } from '#moderation/concealed.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import { questionsShown } from '#web/room/questions.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

test('a question refused after it was seen is read by nobody who knows its id, and neither is its contribution, until it is let through again', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	const [questionId, unseen] = [uuidv4(), uuidv4()];
	const asked = { text: 'A slander of somebody?', language: 'en', name: 'Ada' };
	for (const id of [questionId, unseen]) await askQuestion(database, keys, event, { questionId: id, ...asked }, aVisitor('ada'));
	const decide = (id: string, state: 'approved' | 'refused') =>
		decideQuestion(database, { ...event, questionId: id }, { state, words: 'slander' }, staff);
	const readBy = async (sent: string) =>
		questionsShown(await questionsOfEvent(database, event), { order: 'mixed', sent }).own.map(({ text }) => text);
	const contributions = async () => {
		const { rows } = await database.query(`select from contributions c where topic_id = $1 and ${textCanBeSeen('c')}`, [topicId]);
		return rows.length;
	};
	// nobody but its asker knows this id
	assert.deepEqual(await readBy(questionId), [asked.text]);
	await decide(unseen, 'refused');
	assert.deepEqual(await readBy(unseen), [asked.text]);
	await decide(questionId, 'approved');
	assert.deepEqual([await readBy(questionId), await contributions()], [[asked.text], 1]);
	await decide(questionId, 'refused');
	assert.deepEqual([await readBy(questionId), await contributions()], [[], 0]);
	await decide(questionId, 'approved');
	assert.deepEqual([await readBy(questionId), await contributions()], [[asked.text], 1]);
});
