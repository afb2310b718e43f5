import assert from 'node:assert/strict';
import test from 'node:test';
import { uuidv7 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { topicAt } from '#topics/reading.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });

test('questions keep their identity when they are put into another order, and one that is answered stays', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	const [first] = (await topicAt(database, slug)).questions;
	const [second, same] = await setQuestions(
		database,
		topicId,
		[
			{ questionId: null, texts: { text: { en: 'Which key issues?' } } },
			{ questionId: first!.questionId, texts: { text: { en: 'What is the role of governments?', fr: 'Quel rôle ?' } } }
		],
		aSecretary
	);
	assert.equal(same, first!.questionId);
	assert.deepEqual(
		(await topicAt(database, slug)).questions.map(({ questionId, number }) => [questionId, number]),
		[
			[second, 1],
			[same, 2]
		]
	);
	await database.query(
		`
			insert into ideas (topic_id, idea_number, idea_id, question_id, channel, language, attribution, shuffle, published_at)
			values ($1, 1, $2, $3, 'web', 'en', 'anonymous', 0, now())`,
		[topicId, uuidv7(), same]
	);
	await assert.rejects(setQuestions(database, topicId, [{ questionId: second!, texts: {} }], aSecretary), {
		code: 'question-answered'
	});
	await setQuestions(database, topicId, [{ questionId: same, texts: {} }], aSecretary);
	assert.deepEqual(
		(await topicAt(database, slug)).questions.map(({ questionId }) => questionId),
		[same]
	);
});
