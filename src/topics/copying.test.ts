import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { copyTopic } from '#topics/copying.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic, temporaryKeys } from '#topics/examples.server.ts';
import { addDocument } from '#topics/library.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { topicAt } from '#topics/reading.server.ts';
import { setTargets, targetsOf } from '#topics/participation/targets.server.ts';
import { lacks } from '#topics/topic.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const keys = await temporaryKeys();
const stranger = { kind: 'visitor', visitorId: randomUUID() } as const;

test('a copy begins as the earlier topic did, four weeks ahead at the same times of day, as a draft with nothing that people gave', async () => {
	const { topicId } = await aPublishedTopic(database);
	await setTargets(database, topicId, [{ dimension: 'group', key: 'academia', people: 20 }], aSecretary);
	await addDocument(
		database,
		topicId,
		{ title: { en: 'Paper' }, language: 'en', source: { address: 'https://example.org/' } },
		aSecretary
	);
	await inTransaction(database, (t) => participantOf(t, keys, topicId, stranger));
	const { topicId: copyId, slug } = await copyTopic(database, topicId, aSecretary);
	const copy = await topicAt(database, slug, { drafts: true });
	assert.equal(copy.publishedAt, null);
	assert.equal(copy.copiedFrom, topicId);
	assert.deepEqual(
		copy.stages.map(({ opensAt, closesAt }) => [opensAt, closesAt]),
		[[new Date('2013-11-12T16:00Z'), new Date('2013-11-29T10:30Z')]]
	);
	assert.deepEqual(
		[copy.texts['title']?.length, copy.questions[0]?.texts['text']?.[0]?.text, copy.documents.length, lacks(copy)],
		[2, 'What is the role of governments?', 1, []]
	);
	assert.equal((await targetsOf(database, copyId)).length, 1);
	assert.equal((await database.query(`select from participants where topic_id = $1`, [copyId])).rows.length, 0);
});
