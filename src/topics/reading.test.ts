import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { promiseDeliverable } from '#topics/deliverables.server.ts';
import { aSecretary, someWords } from '#topics/examples.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { topicOf, topicsListed } from '#topics/reading.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });

test('a topic with one question and one with three, with stages, library and promises, is read with two queries', async () => {
	const { topicId } = await aPublishedTopic(database);
	const counted = async () => {
		let queries = 0;
		await topicOf(
			{
				query: ((...given: Parameters<typeof database.query>) => {
					queries += 1;
					return database.query(...given);
				}) as typeof database.query
			},
			topicId
		);
		return queries;
	};
	assert.equal(await counted(), 2);
	const [first] = (await topicOf(database, topicId)).questions;
	await setQuestions(
		database,
		topicId,
		[first!.questionId, null, null].map((questionId) => ({ questionId, texts: { text: { en: 'Why?' } } })),
		aSecretary
	);
	await promiseDeliverable(database, topicId, { kind: 'report', deadline: null, promised: null, texts: {} }, aSecretary);
	assert.equal(await counted(), 2);
});

test('the list shows drafts to staff only, the newest first', async () => {
	const { topicId } = await aPublishedTopic(database);
	const draft = await openTopic(database, someWords(), aSecretary);
	const shown = await topicsListed(database);
	assert.equal(shown[0]?.topicId, topicId);
	assert.equal(
		shown.some((topic) => topic.topicId === draft.topicId),
		false
	);
	assert.equal((await topicsListed(database, { drafts: true }))[0]?.topicId, draft.topicId);
});
