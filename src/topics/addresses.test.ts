import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { aSecretary, someWords } from '#topics/examples.ts';
import { openTopic } from '#topics/opening.server.ts';

const database = await testDatabase();

test('a topic, a draft too, is found at its address, and nothing where no topic is or nothing could be', async () => {
	const { topicId, slug } = await openTopic(database, someWords(), aSecretary);
	assert.equal(await topicIdAtAddress(database, slug), topicId);
	assert.equal(await topicIdAtAddress(database, 'nowhere'), undefined);
	assert.equal(await topicIdAtAddress(database, 'no\0where'), undefined);
});
