import assert from 'node:assert/strict';
import test from 'node:test';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import { setThreshold, thresholdOf } from '#moderation/noticing.server.ts';
import { moderationRuleOf, setModerationRule } from '#moderation/ruling.server.ts';
import { holding } from '#people/examples.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';

const database = await testDatabase();
const { topicId } = await aPublishedTopic(database);
const moderator = holding('moderator', topicId);

test('two who set the rule of a topic at once both have, and the later one holds', async () => {
	const outcomes = await atOnce(database, [
		(transaction) => setModerationRule(transaction, topicId, 'all-held', moderator),
		(transaction) => setModerationRule(transaction, topicId, 'links-held', moderator)
	]);
	assert.deepEqual(outcomes, ['done', 'done']);
	assert.equal(await moderationRuleOf(database, topicId), 'links-held');
});

test('two who set at once how much may wait both have, and the later one holds', async () => {
	const outcomes = await atOnce(database, [
		(transaction) => setThreshold(transaction, topicId, 10, moderator),
		(transaction) => setThreshold(transaction, topicId, 20, moderator)
	]);
	assert.deepEqual(outcomes, ['done', 'done']);
	assert.equal(await thresholdOf(database, topicId), 20);
});
