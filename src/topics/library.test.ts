import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { changeDeliverable, moveDeliverable, promiseDeliverable, setDeliverableState } from '#topics/deliverables.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { activityOf, aPublishedTopic } from '#topics/examples.server.ts';
import { addDocument, moveDocument, removeDocument } from '#topics/library.server.ts';
import { topicAt } from '#topics/reading.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const stranger = { kind: 'visitor', visitorId: randomUUID() } as const;

test('library and promises stand in the topic with their state', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	const title = { en: 'Background paper' };
	const source = { address: 'https://example.org/paper' };
	const kept = await addDocument(database, topicId, { title, language: 'fr', source }, aSecretary);
	const gone = await addDocument(database, topicId, { title, language: 'en', source }, aSecretary);
	await removeDocument(database, topicId, gone, aSecretary);
	await assert.rejects(
		addDocument(database, topicId, { title, language: 'en', source: { address: 'javascript:1' } }, aSecretary),
		{
			code: 'web-address-unusable'
		}
	);
	const promise = {
		kind: 'information-document',
		deadline: '2013-11-11',
		promised: '2013-11-04',
		texts: { title: { en: 'Information Document' }, addressee: { en: 'Council Working Group' }, meeting: { en: 'November 2013' } }
	};
	const deliverableId = await promiseDeliverable(database, topicId, promise, aSecretary);
	await changeDeliverable(database, topicId, deliverableId, { ...promise, promised: '2013-11-06' }, aSecretary);
	await setDeliverableState(database, topicId, deliverableId, { state: 'in work', link: null }, aSecretary);
	await setDeliverableState(database, topicId, deliverableId, { state: 'delivered', link: '/topics/x/reports/y' }, aSecretary);
	const { documents, deliverables } = await topicAt(database, slug);
	assert.deepEqual(
		documents.map(({ documentId, language, address }) => [documentId, language, address]),
		[[kept, 'fr', 'https://example.org/paper']]
	);
	assert.deepEqual(
		deliverables.map(({ promised, deadline, state, link }) => ({ promised, deadline, state, link })),
		[{ promised: '2013-11-06', deadline: '2013-11-11', state: 'delivered', link: '/topics/x/reports/y' }]
	);
});

test('documents are put into another order, step by step, and a document that comes later stands last', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	const add = (name: string) =>
		addDocument(
			database,
			topicId,
			{ title: { en: name }, language: 'en', source: { address: `https://example.org/${name}` } },
			aSecretary
		);
	const [one, two, three] = [await add('one'), await add('two'), await add('three')];
	const order = async () => (await topicAt(database, slug)).documents.map(({ documentId }) => documentId);
	await moveDocument(database, topicId, three, 'up', aSecretary);
	assert.deepEqual(await order(), [one, three, two]);
	await moveDocument(database, topicId, one, 'down', aSecretary);
	assert.deepEqual(await order(), [three, one, two]);
	// at the end of the order, and taken out: nothing happens
	await moveDocument(database, topicId, two, 'down', aSecretary);
	await removeDocument(database, topicId, three, aSecretary);
	await moveDocument(database, topicId, three, 'down', aSecretary);
	assert.deepEqual(await order(), [one, two]);
	const four = await add('four');
	await moveDocument(database, topicId, four, 'up', aSecretary);
	assert.deepEqual(await order(), [one, four, two]);
	assert.equal((await activityOf(database, topicId)).filter((did) => did === 'moved').length, 3);
	await assert.rejects(moveDocument(database, topicId, four, 'up', stranger), { code: 'not-allowed' });
});

test('promises stand in the order that the secretariat gives them, whatever their dates', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	const promise = (promised: string | null) =>
		promiseDeliverable(database, topicId, { kind: 'report', deadline: null, promised, texts: {} }, aSecretary);
	const [late, never, early] = [await promise('2014-02-01'), await promise(null), await promise('2013-11-01')];
	const order = async () => (await topicAt(database, slug)).deliverables.map(({ deliverableId }) => deliverableId);
	assert.deepEqual(await order(), [late, never, early]);
	await moveDeliverable(database, topicId, early, 'up', aSecretary);
	await moveDeliverable(database, topicId, early, 'up', aSecretary);
	await moveDeliverable(database, topicId, early, 'up', aSecretary);
	assert.deepEqual(await order(), [early, late, never]);
	await assert.rejects(moveDeliverable(database, topicId, early, 'down', stranger), { code: 'not-allowed' });
});
