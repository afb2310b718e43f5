import assert from 'node:assert/strict';
import test from 'node:test';
import { follow } from '#contributions/following.server.ts';
import { whoseTexts } from '#contributions/receipts/own-texts.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment, commentOfTopic } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { goToNew, newOnFollowed } from '#newsroom/coming-back.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const author = aVisitor('author');
const other = aVisitor('other');

async function aFollowedThread() {
	const { topicId } = await anOpenTopic(database);
	const { receipt, number } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const say = (who = other, answers: number | null = null) =>
		comment(database, keys, aCommentDraft(topicId, number, { answers }), who);
	const followIt = async (kind: 'idea' | 'comment', thingId: string) => {
		const participant = (await seenParticipant(database, keys, topicId, author))!;
		await inTransaction(database, (transaction) => follow(transaction, { topicId, kind, thingId }, participant.number));
	};
	const fresh = async () =>
		(await newOnFollowed(database, await whoseTexts(database, keys, author)))
			.filter((one) => one.topicId === topicId)
			.map(({ kind, number: of, since, count }) => [kind, of, since, count]);
	const idea = { topicId, thingId: receipt.contributionId };
	return { topicId, idea, say, followIt, fresh };
}

test('who follows an idea knows what others have said since, and goes on from there the next time', async () => {
	const { topicId, idea, say, followIt, fresh } = await aFollowedThread();
	await say();
	await followIt('idea', idea.thingId);
	assert.deepEqual(await fresh(), []);
	await say();
	await say(author);
	await say();
	assert.deepEqual(await fresh(), [['idea', 1, 1, 2]]);
	const hidden = { topicId, kind: 'comment', thingId: (await commentOfTopic(database, topicId, 2)).id } as const;
	await decideOn(database, hidden, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	assert.deepEqual(await fresh(), [['idea', 1, 1, 1]]);
	const { since, ideaNumber } = await goToNew(database, keys, idea, author);
	assert.deepEqual([since, ideaNumber], [1, 1]);
	assert.deepEqual(await fresh(), []);
	assert.equal((await goToNew(database, keys, idea, author)).since, 4);
	await say();
	assert.deepEqual(await fresh(), [['idea', 1, 4, 1]]);
});

test('who follows a comment hears of what is said below it only', async () => {
	const { topicId, say, followIt, fresh } = await aFollowedThread();
	await say();
	const { id } = await commentOfTopic(database, topicId, 1);
	await followIt('comment', id);
	await say();
	await say(other, 1);
	await say(other, 3);
	assert.deepEqual(await fresh(), [['comment', 1, 1, 2]]);
});

test('nobody goes to what is new of a thing that they do not follow', async () => {
	const { idea, followIt } = await aFollowedThread();
	await followIt('idea', idea.thingId);
	await assert.rejects(goToNew(database, keys, idea, other), { code: 'not-found' });
});
