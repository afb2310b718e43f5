import assert from 'node:assert/strict';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import { aRapporteur, someSubmissions } from '#contributions/examples.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import { comment, editComment, withdrawComment } from '#ideas/comments/commenting.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { highlightsOf } from '#ideas/drawing/highlights.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const author = aVisitor('author');
const words = '';

test('of two who hide at once, or hide and take back, the second finds it done, and it is counted once', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const hiding = { decision: 'hidden', reason: 'spam', words } as const;
	const claim = { participantNumber: 1, contributionId: null };
	const say = async () => {
		const said = await comment(database, keys, aCommentDraft(topicId, number), author);
		return { number: said.number, thing: { topicId, kind: 'comment', thingId: said.receipt.contributionId } as const };
	};
	const seen = async () => [(await countsOf(database, topicId))['comments'], ...(await ofIdea())];
	const ofIdea = async () =>
		(await database.query<{ comments: number }>(`select comments from idea_counts where topic_id = $1`, [topicId])).rows.map(
			({ comments }) => comments
		);

	const twice = await say();
	const outcomes = await atOnce(database, [
		(transaction) => decideOn(transaction, twice.thing, hiding, moderator),
		(transaction) => decideOn(transaction, twice.thing, hiding, moderator)
	]);
	assert.deepEqual(outcomes, ['done', 'already-decided']);
	assert.deepEqual(await seen(), [0, 0]);

	const withdrawn = await say();
	const withdrawing = await atOnce(database, [
		(transaction) => withdrawComment(transaction, { topicId, number: withdrawn.number }, '', { claim, actor: author }),
		(transaction) => decideOn(transaction, withdrawn.thing, hiding, moderator)
	]);
	assert.deepEqual(withdrawing, ['done', 'already-decided']);
	assert.deepEqual(await seen(), [0, 0]);

	const erased = await say();
	const erasing = await atOnce(database, [
		(transaction) => decideOn(transaction, erased.thing, hiding, moderator),
		(transaction) => eraseTexts(transaction, topicId, [erased.thing.thingId], moderator)
	]);
	assert.deepEqual(erasing, ['done', 'done']);
	assert.deepEqual(await seen(), [0, 0]);
});

test('an idea drawn from a text, which has no contribution of its own, is hidden once too', async () => {
	const { topicId } = await anOpenTopic(database);
	const [text] = await someSubmissions(database, topicId, [{}]);
	const rapporteur = aRapporteur(topicId);
	await drawIdea(
		database,
		{
			topicId,
			contributionId: text!.contributionId,
			requestKey: null,
			quotes: [{ part: 1, textVersion: 1, spans: [{ starts: 11, ends: 37 }] }]
		},
		{ point: 'Governments should listen', explanation: '', sources: '', questionId: null, language: 'en' },
		rapporteur
	);
	const { id } = await ideaOfTopic(database, topicId, 1);
	const thing = { topicId, kind: 'idea', thingId: id } as const;
	const hide = (transaction: Transaction) =>
		decideOn(transaction, thing, { decision: 'hidden', reason: 'spam', words, seen: 1 }, aModerator(topicId));
	assert.deepEqual(await atOnce(database, [hide, hide]), ['done', 'already-decided']);
	assert.equal((await countsOf(database, topicId))['ideas'], 0);
	// its words are gone from the page of the text, and stay at the desk
	assert.deepEqual(await highlightsOf(database, topicId, text!.contributionId), []);
	assert.equal((await highlightsOf(database, topicId, text!.contributionId, { atDesk: true })).length, 1);
});

test('a comment that is mended twice at once has one new version', async () => {
	const { topicId } = await anOpenTopic(database);
	const idea = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const { number } = await comment(database, keys, aCommentDraft(topicId, idea.number), author);
	const by = { claim: { participantNumber: 1, contributionId: null }, actor: author };
	const mend = (transaction: Transaction) => editComment(transaction, { topicId, number, seen: 1 }, 'It cut our costs.', by);
	assert.deepEqual(await atOnce(database, [mend, mend]), ['done', 'changed-meanwhile']);
});
