import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic, activityOf } from '#topics/examples.server.ts';
import { setTargets, targetsOf } from '#topics/participation/targets.server.ts';

// the first talk takes place: it is the 15th of October 2013, 12:00
const database = await testDatabase({ clockShift: Date.parse('2013-10-15T12:00Z') - Date.now() });

test('targets are set, changed and taken back', async () => {
	const { topicId } = await aPublishedTopic(database);
	const academia = { dimension: 'group', key: 'academia', people: 20 } as const;
	await setTargets(database, topicId, [academia, { dimension: 'region', key: 'african', people: 10 }], aSecretary);
	await setTargets(database, topicId, [academia, { dimension: 'region', key: 'african', people: 0 }], aSecretary);
	assert.deepEqual(await targetsOf(database, topicId), [academia]);
	assert.equal((await activityOf(database, topicId)).filter((did) => did === 'set-targets').length, 2);
});
