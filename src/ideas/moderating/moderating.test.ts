import assert from 'node:assert/strict';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import { someSubmissions } from '#contributions/examples.server.ts';
import { submissionNumbered } from '#contributions/submissions.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { editIdea, withdrawIdea } from '#ideas/editing.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { flagThing } from '#ideas/moderating/flagging.server.ts';
import { decideOn, wordsOf } from '#ideas/moderating/moderating.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { suggestionsFor, suggestWording } from '#ideas/suggesting.server.ts';
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

test('what its author takes back while it is held or hidden does not count as published', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	await setModerationRule(database, topicId, 'first-held', moderator);
	const by = (participantNumber: number) => ({ claim: { participantNumber, contributionId: null }, actor: author });
	const send = () => submitIdea(database, keys, anIdeaDraft(topicId), author);
	const first = await send();
	await withdrawIdea(database, { topicId, number: first.number }, '', by(1));
	const second = await send();
	const hiding = { decision: 'hidden', reason: 'spam', words } as const;
	await decideOn(database, { topicId, kind: 'idea', thingId: second.receipt.contributionId }, hiding, moderator);
	await withdrawIdea(database, { topicId, number: second.number }, '', by(1));
	const third = await send();
	await decideOn(
		database,
		{ topicId, kind: 'idea', thingId: third.receipt.contributionId },
		{ decision: 'approved', words },
		moderator
	);
	await withdrawIdea(database, { topicId, number: third.number }, '', by(1));
	const fourth = await send();
	assert.deepEqual(
		[first, second, third, fourth].map(({ held }) => held),
		[true, true, true, false]
	);
});

test('a decision is about the words that were read: what its author mended meanwhile is read again first', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	await setModerationRule(database, topicId, 'all-held', moderator);
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	const [read] = await wordsOf(database, topicId, [thing]);
	assert.equal(read!.version, 1);
	await editIdea(
		database,
		{ topicId, number, seen: 1 },
		{ point: 'Buy cables from me', explanation: '', sources: '' },
		{ claim: { participantNumber: 1, contributionId: null }, actor: author }
	);
	const hiding = { decision: 'hidden', reason: 'spam', words } as const;
	await assert.rejects(decideOn(database, thing, { decision: 'approved', words, seen: 1 }, moderator), {
		code: 'changed-meanwhile'
	});
	await assert.rejects(decideOn(database, thing, { ...hiding, seen: 1 }, moderator), { code: 'changed-meanwhile' });
	const [now] = await wordsOf(database, topicId, [thing]);
	assert.deepEqual([now!.version, now!.text], [2, 'Buy cables from me']);
	await decideOn(database, thing, { ...hiding, seen: 2 }, moderator);
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

test('a submission and a suggested wording are flagged, read in the queue and hidden like anything else', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	const [text] = await someSubmissions(database, topicId, [{}]);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const draft = { topicId, number, seen: 1, explanation: '', attribution: 'group', name: null, requestKey: null } as const;
	const { receipt } = await suggestWording(database, keys, { ...draft, point: 'Buy my cables' }, aVisitor('seller'));
	const suggestionId = receipt.contributionId;
	const spam = { reason: 'spam', words: 'It sells cables.' } as const;
	const reader = aVisitor('reader');
	await flagThing(database, keys, { topicId, kind: 'submission', number: text!.number }, spam, reader);
	await flagThing(database, keys, { topicId, kind: 'suggestion', suggestionId }, spam, reader);

	const { waiting } = await moderationQueue(database, topicId);
	assert.deepEqual(
		waiting.map(({ kind, thingId, why, flags }) => ({ kind, thingId, why, flags })),
		[
			{ kind: 'submission', thingId: text!.contributionId, why: 'flagged', flags: [spam] },
			{ kind: 'suggestion', thingId: suggestionId, why: 'flagged', flags: [spam] }
		]
	);
	const shown = await wordsOf(database, topicId, waiting);
	assert.deepEqual(
		shown.map(({ submissionNumber, ideaNumber }) => ({ submissionNumber, ideaNumber })),
		[
			{ submissionNumber: 1, ideaNumber: null },
			{ submissionNumber: null, ideaNumber: number }
		]
	);
	assert.match(shown[0]!.text, /^The role of governments\n\n.*Governments should listen\./s);
	assert.equal(shown[1]!.text, 'Buy my cables');

	const hiding = { decision: 'hidden', reason: 'spam', words, seen: 1 } as const;
	for (const { kind, thingId } of waiting) await decideOn(database, { topicId, kind, thingId }, hiding, moderator);
	assert.deepEqual(await suggestionsFor(database, topicId, number), []);
	await assert.rejects(submissionNumbered(database, topicId, text!.number), { code: 'not-found' });
	assert.equal((await countsOf(database, topicId))['submissions'], 0);
	const again = [{ kind: 'submission', number: text!.number } as const, { kind: 'suggestion', suggestionId } as const];
	for (const named of again)
		await assert.rejects(flagThing(database, keys, { topicId, ...named }, spam, reader), { code: 'not-found' });
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
