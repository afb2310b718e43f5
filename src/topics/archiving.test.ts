import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { aSecretary, someWords } from '#topics/examples.ts';
import { aPublishedTopic, temporaryKeys } from '#topics/examples.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { topicAt, topicIdsUnderWay } from '#topics/reading.server.ts';
import { moveStage } from '#topics/stages/staging.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });
const anHour = 3_600_000;
const keys = await temporaryKeys();
const stranger = { kind: 'visitor', visitorId: randomUUID() } as const;

test('a finished topic is archived for good: it is read, nothing is added, and its participants can no longer be found', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	await inTransaction(database, (t) => participantOf(t, keys, topicId, stranger));
	await assert.rejects(archiveTopic(database, keys, topicId, aSecretary), { code: 'topic-still-open' });
	const [stage] = (await topicAt(database, slug)).stages;
	const [opensAt, closesAt] = [stage!.opensAt, new Date(Date.now() + database.clockShift + anHour)];
	await moveStage(database, topicId, stage!.stageId, { opensAt, closesAt, note: { en: 'Done.' } }, aSecretary);
	const later = { ...database, clockShift: database.clockShift + 2 * anHour };
	await openTopic(database, someWords(), aSecretary);
	assert.deepEqual(await topicIdsUnderWay(database), [topicId]);
	await archiveTopic(later, keys, topicId, aSecretary, 'over');
	assert.deepEqual(await topicIdsUnderWay(database), []);
	assert.notEqual((await topicAt(database, slug)).archivedAt, null);
	await assert.rejects(setQuestions(database, topicId, [], aSecretary), { code: 'topic-archived' });
	await assert.rejects(
		inTransaction(database, (t) => participantOf(t, keys, topicId, stranger)),
		{ code: 'topic-archived' }
	);
});
