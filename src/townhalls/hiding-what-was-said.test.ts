import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { aModerator, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { moderationQueue } from '#moderation/queue.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { stateForRecord } from '#townhalls/floor/stating.server.ts';
import { recordOf } from '#townhalls/floor/summarising.server.ts';
import { draftFromRecords } from '#townhalls/minutes/drafting.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { decideQuestion } from '#townhalls/questions/deciding.server.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const say = speakerOf('en');

test('what was said or asked at a town hall is flagged, hidden and restored; meanwhile neither its record nor its minutes nor its questions show it', async () => {
	const { event, topicId, staff } = await aTownHall(database, { attribution: 'named' });
	const moderator = aModerator(topicId);
	await turnFloor(database, event, 'open', staff);
	const insult = { statementId: uuidv4(), text: 'An insult.', language: 'en', group: 'academia', name: 'Ben' };
	await stateForRecord(database, event, insult, aVisitor('ben'));
	const questionId = uuidv4();
	const asker = aVisitor('amina');
	await askQuestion(database, keys, event, { questionId, text: 'Is he a thief?', language: 'en', name: 'Amina' }, asker);
	const reader = aVisitor('reader');
	await decideQuestion(database, { ...event, questionId }, { state: 'answered', words: 'No.', seen: 1 }, staff);
	const said = async () => (await recordOf(database, event)).map(({ text }) => text);
	const asked = async () => (await questionsOfEvent(database, event)).map(({ text, name }) => [text, name]);
	const minutes = async () => JSON.stringify(await draftFromRecords(database, event, say));
	const ids = [
		(await recordOf(database, event))[0]!.contributionId,
		(await questionsOfEvent(database, event))[0]!.contributionId!
	];
	assert.deepEqual([await said(), await asked()], [['An insult.'], [['Is he a thief?', 'Amina']]]);
	for (const contributionId of ids)
		await flagThing(database, keys, { topicId, kind: 'said', contributionId }, { reason: 'insulting', words: '' }, reader);
	const { waiting } = await moderationQueue(database, topicId);
	assert.deepEqual(
		waiting.map(({ kind }) => kind),
		['intervention', 'intervention']
	);
	for (const thingId of ids) {
		const thing = { topicId, kind: 'intervention', thingId } as const;
		await decideOn(database, thing, { decision: 'hidden', reason: 'insulting', words: '' }, moderator);
	}
	assert.deepEqual([await said(), await asked()], [[], [['', null]]]);
	assert.ok(!/insult|thief|Ben|Amina/.test(await minutes()));
	for (const thingId of ids)
		await decideOn(database, { topicId, kind: 'intervention', thingId }, { decision: 'restored', words: '' }, moderator);
	assert.deepEqual([await said(), await asked()], [['An insult.'], [['Is he a thief?', 'Amina']]]);
	assert.ok(/insult/.test(await minutes()) && /thief/.test(await minutes()));
});
