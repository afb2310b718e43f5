import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { copyTopic } from '#topics/copying.server.ts';
import { aSecretary, aWrittenStage, someWords } from '#topics/examples.ts';
import { aPublishedTopic, temporaryKeys, activityOf } from '#topics/examples.server.ts';
import { changeTopic, openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { lacks } from '#topics/topic.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const keys = await temporaryKeys();
const stranger = { kind: 'visitor', visitorId: randomUUID() } as const;

test('a topic is opened as a draft, gets an address from its title, and is public once it is published', async () => {
	const { topicId, slug } = await openTopic(database, someWords(), aSecretary);
	assert.equal(slug, 'international-internet-related-public-policy');
	await assert.rejects(topicAt(database, slug), { code: 'not-found' });
	assert.deepEqual(lacks(await topicAt(database, slug, { drafts: true })), ['questions', 'stages']);
	await assert.rejects(publishTopic(database, topicId, aSecretary), { code: 'topic-incomplete' });
	await setQuestions(database, topicId, [{ questionId: null, texts: { text: { en: 'Why?' } } }], aSecretary);
	await setStages(database, topicId, [aWrittenStage()], aSecretary);
	await publishTopic(database, topicId, aSecretary);
	await publishTopic(database, topicId, aSecretary);
	const topic = await topicAt(database, slug);
	assert.equal(topic.texts['title']?.[1]?.text, 'Politiques publiques internationales relatives à l’Internet');
	assert.equal(topic.questions[0]?.number, 1);
	assert.deepEqual(topic.stages[0]?.opensAt, new Date('2013-10-08T16:00Z'));
	assert.deepEqual(await activityOf(database, topicId), ['opened', 'set-questions', 'set-stages', 'published']);
});

test('two topics of the same title get addresses of their own', async () => {
	const words = someWords({ texts: { title: { en: 'Same title' }, summary: { en: 'x' } } });
	const made = [await openTopic(database, words, aSecretary), await openTopic(database, words, aSecretary)];
	assert.deepEqual(
		made.map(({ slug }) => slug),
		['same-title', 'same-title-2']
	);
	const arabic = await openTopic(
		database,
		someWords({ texts: { title: { ar: 'الإنترنت' } }, defaultLanguage: 'ar' }),
		aSecretary
	);
	assert.equal(arabic.slug, 'talk');
});

test('an old address leads to the topic, which shows the new one; the address of another topic is refused', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	await changeTopic(database, topicId, someWords({ address: 'internet' }), aSecretary);
	assert.equal((await topicAt(database, slug)).slug, 'internet');
	assert.equal((await topicAt(database, 'internet')).topicId, topicId);
	const other = await openTopic(database, someWords(), aSecretary);
	await assert.rejects(changeTopic(database, other.topicId, someWords({ address: slug }), aSecretary), { code: 'address-taken' });
	await assert.rejects(changeTopic(database, other.topicId, someWords({ address: 'No Way' }), aSecretary), {
		code: 'address-unusable'
	});
	await changeTopic(database, topicId, someWords({ address: slug }), aSecretary);
	assert.equal((await topicAt(database, 'internet')).slug, slug);
});

test('nobody but the secretariat changes a topic', async () => {
	const { topicId } = await aPublishedTopic(database);
	const withoutSecondFactor = { ...aSecretary, secondFactor: false };
	for (const actor of [stranger, withoutSecondFactor]) {
		await assert.rejects(openTopic(database, someWords(), actor), { code: 'not-allowed' });
		await assert.rejects(changeTopic(database, topicId, someWords(), actor), { code: 'not-allowed' });
		await assert.rejects(setQuestions(database, topicId, [], actor), { code: 'not-allowed' });
		await assert.rejects(setStages(database, topicId, [], actor), { code: 'not-allowed' });
		await assert.rejects(archiveTopic(database, keys, topicId, actor), { code: 'not-allowed' });
		await assert.rejects(copyTopic(database, topicId, actor), { code: 'not-allowed' });
	}
});
