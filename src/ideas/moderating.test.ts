import assert from 'node:assert/strict';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/commenting.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn, flagThing, wordsOf } from '#ideas/moderating.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { latestDecision } from '#moderation/deciding.server.ts';
import { howManyWait, moderationQueue } from '#moderation/queue.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const author = aVisitor('author');
const words = '';

test('a held idea waits unseen and uncounted until a moderator approves it', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	await setModerationRule(database, topicId, 'all-held', moderator);
	const { number, held, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	assert.equal(held, true);
	assert.deepEqual(await countsOf(database, topicId), {});
	const { waiting, more } = await moderationQueue(database, topicId);
	assert.deepEqual(
		waiting.map(({ kind, thingId, why }) => ({ kind, thingId, why })),
		[{ kind: 'idea', thingId: thing.thingId, why: 'held' }]
	);
	assert.equal(more, false);
	assert.equal((await wordsOf(database, topicId, waiting))[0]?.text, 'Build regional exchange points before more cables');

	await assert.rejects(decideOn(database, thing, { decision: 'approved', words }, author), { code: 'not-allowed' });
	await decideOn(database, thing, { decision: 'approved', words }, moderator);
	// a second moderator is told that it was decided
	await assert.rejects(decideOn(database, thing, { decision: 'approved', words }, moderator), { code: 'already-decided' });
	assert.equal((await ideaOfTopic(database, topicId, number)).concealed, null);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1 });
	const { rows } = await database.query(`select did, kind from activity where topic_id = $1 order by activity_id`, [topicId]);
	const sincePublished = rows.slice(rows.findIndex(({ did }) => did === 'published') + 1);
	assert.deepEqual(sincePublished, [
		{ did: 'set', kind: 'moderation-rule' },
		{ did: 'approved', kind: 'idea' }
	]);
});

test('the first contribution is held, the next ones of the same person are not once it was approved', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	await setModerationRule(database, topicId, 'first-held', moderator);
	const first = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const second = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	await decideOn(
		database,
		{ topicId, kind: 'idea', thingId: first.receipt.contributionId },
		{ decision: 'approved', words },
		moderator
	);
	const third = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const stranger = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('stranger'));
	assert.deepEqual(
		[first, second, third, stranger].map(({ held }) => held),
		[true, true, false, true]
	);
});

test('hiding needs a reason, tells it, and can be undone', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	const idea = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const said = await comment(database, keys, aCommentDraft(topicId, idea.number), author);
	const thing = { topicId, kind: 'comment', thingId: said.receipt.contributionId } as const;
	await assert.rejects(decideOn(database, thing, { decision: 'hidden', reason: 'because', words }, moderator), {
		code: 'reason-missing'
	});
	await decideOn(database, thing, { decision: 'hidden', reason: 'insulting', words: 'The second sentence.' }, moderator);
	const { decision, reason, words: statement } = (await latestDecision(database, thing))!;
	assert.deepEqual(
		{ decision, reason, statement },
		{ decision: 'hidden', reason: 'insulting', statement: 'The second sentence.' }
	);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1, comments: 0 });
	await decideOn(database, thing, { decision: 'restored', words }, moderator);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1, comments: 1 });
	const { rows } = await database.query(`select comments from idea_counts where topic_id = $1`, [topicId]);
	assert.deepEqual(rows, [{ comments: 1 }]);
});

test('flags of a person count once, wait in the queue, and are answered by a decision', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	const spam = { reason: 'spam', words: 'It sells cables.' } as const;
	for (const reader of ['a', 'a', 'b'])
		await flagThing(database, keys, { topicId, kind: 'idea', number }, spam, aVisitor(reader));
	const { waiting } = await moderationQueue(database, topicId);
	assert.deepEqual(
		waiting.map(({ thingId, why, flags }) => ({ thingId, why, flags })),
		[{ thingId: thing.thingId, why: 'flagged', flags: [spam, spam] }]
	);
	await decideOn(database, thing, { decision: 'flags-dismissed', words }, moderator);
	assert.deepEqual(await howManyWait(database, topicId), { held: 0, flagged: 0 });
});

test('a moderator of one topic decides nothing in another, and an id of another topic is not found', async () => {
	const [one, other] = [await anOpenTopic(database), await anOpenTopic(database)];
	const { receipt } = await submitIdea(database, keys, anIdeaDraft(one.topicId), author);
	const thing = { topicId: one.topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	const hiding = { decision: 'hidden', reason: 'spam', words } as const;
	await assert.rejects(decideOn(database, thing, hiding, aModerator(other.topicId)), { code: 'not-allowed' });
	await assert.rejects(decideOn(database, { ...thing, topicId: other.topicId }, hiding, aModerator(other.topicId)), {
		code: 'not-found'
	});
});
