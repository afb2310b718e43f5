import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary, aWrittenStage, someWords } from '#topics/examples.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { topicAt, topicOf } from '#topics/reading.server.ts';
import { moveStage, setStages } from '#topics/stages/staging.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });

test('a stage of a public talk is extended with a public note only, and what is past stays', async () => {
	const { topicId, slug } = await aPublishedTopic(database);
	const [stage] = (await topicAt(database, slug)).stages;
	const written = aWrittenStage({ stageId: stage!.stageId });
	const later = new Date('2013-11-01T10:30Z');
	await assert.rejects(setStages(database, topicId, [{ ...written, closesAt: later }], aSecretary), { code: 'stage-needs-note' });
	await assert.rejects(setStages(database, topicId, [{ ...written, takesOpinions: 'blind' }], aSecretary), {
		code: 'stage-has-begun'
	});
	await assert.rejects(setStages(database, topicId, [], aSecretary), { code: 'stage-has-begun' });
	const { opensAt } = stage!;
	const move = (change: { opensAt?: Date; closesAt?: Date; note?: Record<string, string> }) =>
		moveStage(
			database,
			topicId,
			stage!.stageId,
			{ opensAt, closesAt: later, note: { en: 'Asked for by many.' }, ...change },
			aSecretary
		);
	await assert.rejects(move({ note: { en: ' ' } }), { code: 'note-missing' });
	await assert.rejects(move({ opensAt: new Date('2013-10-09T00:00Z') }), { code: 'stage-has-begun' });
	await assert.rejects(move({ closesAt: new Date('2013-10-15T11:59Z') }), { code: 'time-past' });
	await assert.rejects(move({ closesAt: new Date('2013-10-01T00:00Z') }), { code: 'stage-ends-before-it-opens' });
	await move({});
	const [moved] = (await topicAt(database, slug)).stages;
	assert.deepEqual(
		[moved!.closesAt, moved!.closedAtBefore, moved!.version, moved!.texts['note-1']?.[0]?.text],
		[later, new Date('2013-10-25T10:30Z'), 1, 'Asked for by many.']
	);
	await move({ closesAt: new Date('2013-11-05T10:30Z'), note: { en: 'Again.' } });
	const [again] = (await topicAt(database, slug)).stages;
	assert.deepEqual([again!.version, again!.closedAtBefore], [2, later]);
});

test('the dates of a draft move freely, and a stage ends after it opens in a zone that exists', async () => {
	const { topicId } = await openTopic(database, someWords(), aSecretary);
	const [stageId] = await setStages(database, topicId, [aWrittenStage()], aSecretary);
	await setStages(database, topicId, [aWrittenStage({ stageId: stageId!, closesAt: new Date('2013-12-01T00:00Z') })], aSecretary);
	assert.deepEqual((await topicOf(database, topicId)).stages[0]!.closesAt, new Date('2013-12-01T00:00Z'));
	const opensAt = new Date('2013-12-02T00:00Z');
	await assert.rejects(setStages(database, topicId, [aWrittenStage({ opensAt, closesAt: opensAt })], aSecretary), {
		code: 'stage-ends-before-it-opens'
	});
	await assert.rejects(setStages(database, topicId, [aWrittenStage({ zone: 'Mars' })], aSecretary), { code: 'unknown-zone' });
	await setStages(database, topicId, [], aSecretary);
	assert.deepEqual((await topicOf(database, topicId)).stages, []);
});
