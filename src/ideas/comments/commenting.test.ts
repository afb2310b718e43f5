import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { comment, editComment, withdrawComment } from '#ideas/comments/commenting.server.ts';
import { commentsOn, placeOfComment } from '#ideas/comments/pages.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { acceptSuggestion, declineSuggestion, suggestionsFor, suggestWording } from '#ideas/suggesting.server.ts';
import { setModerationRule } from '#moderation/ruling.server.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const author = aVisitor('author');
const reader = aVisitor('reader');
const claimOf = (participantNumber: number) => ({ participantNumber, contributionId: null });

async function topicWithIdea() {
	const { topicId } = await anOpenTopic(database);
	await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const say = (answers: number | null = null, text = 'It halved our costs.') =>
		comment(database, keys, aCommentDraft(topicId, 1, { answers, text }), reader);
	const page = async () =>
		ideaPage(database, { topicId, stages: await stagesOf(database, topicId) }, 1, { actor: reader, at: new Date() });
	return { topicId, say, page };
}

test('threads are read an answer below what it answers, twenty a page, each comment once', async () => {
	const { topicId, say, page } = await topicWithIdea();
	await say();
	await say();
	const deep = [1, 3, 4, 5, 6];
	for (const answers of deep) await say(answers);
	for (let more = 0; more < 20; more++) await say();
	const first = await commentsOn(database, topicId, 1);
	assert.deepEqual(
		first.comments.slice(0, 8).map(({ number, depth, answers }) => [number, depth, answers]),
		[
			[1, 0, null],
			[3, 1, 1],
			[4, 2, 3],
			[5, 3, 4],
			[6, 3, 4],
			[7, 3, 4],
			[2, 0, null],
			[8, 0, null]
		]
	);
	const second = await commentsOn(database, topicId, 1, { from: first.next });
	const numbers = [...first.comments, ...second.comments].map(({ number }) => number);
	assert.deepEqual([first.comments.length, second.comments.length, second.next], [20, 7, null]);
	assert.deepEqual(
		numbers.sort((one, other) => one - other),
		Array.from({ length: 27 }, (_, at) => at + 1)
	);
	assert.equal((await page()).comments, 27);
});

test('what was hidden leaves its place to its answers and tells nothing; without answers it is gone', async () => {
	const { topicId, say, page } = await topicWithIdea();
	const [root, alone] = [await say(null, 'Secret words'), await say(null, 'Secret words')];
	await say(root.number);
	for (const { receipt } of [root, alone]) {
		const thing = { topicId, kind: 'comment', thingId: receipt.contributionId } as const;
		await decideOn(database, thing, { decision: 'hidden', reason: 'personal-data', words: '' }, aModerator(topicId));
	}
	const { comments } = await commentsOn(database, topicId, 1);
	assert.deepEqual(
		comments.map(({ number, text }) => [number, text]),
		[
			[1, null],
			[3, 'It halved our costs.']
		]
	);
	assert.equal(JSON.stringify(comments).includes('Secret'), false);
	assert.equal((await page()).comments, 1);
	await assert.rejects(say(1), { code: 'not-found' });
});

test('a held comment is nowhere until it is approved', async () => {
	const { topicId, say, page } = await topicWithIdea();
	await setModerationRule(database, topicId, 'links-held', aModerator(topicId));
	assert.equal((await say(null, 'See https://spam.example')).held, true);
	assert.deepEqual((await commentsOn(database, topicId, 1)).comments, []);
	assert.equal((await page()).comments, 0);
	await assert.rejects(placeOfComment(database, topicId, 1), { code: 'not-found' });
});

test('a comment is mended by its author until it is answered, and withdrawn at any time', async () => {
	const { topicId, say } = await topicWithIdea();
	const { number } = await say();
	const by = (participantNumber: number) => ({ claim: claimOf(participantNumber), actor: reader });
	await assert.rejects(editComment(database, { topicId, number, seen: 1 }, 'Mine', by(1)), { code: 'not-your-idea' });
	await editComment(database, { topicId, number, seen: 1 }, 'It cut our costs.', by(2));
	const { comments } = await commentsOn(database, topicId, 1);
	assert.deepEqual([comments[0]!.text, comments[0]!.isEdited], ['It cut our costs.', true]);
	await say(number);
	await assert.rejects(editComment(database, { topicId, number, seen: 2 }, 'No', by(2)), { code: 'comment-answered' });
	await withdrawComment(database, { topicId, number }, '', by(2));
	await withdrawComment(database, { topicId, number }, '', by(2));
	assert.deepEqual(
		(await commentsOn(database, topicId, 1)).comments.map(({ text }) => text),
		[null, 'It halved our costs.']
	);
});

test('a double click comments once; an answer to a comment of another idea or topic is not found', async () => {
	const { topicId } = await topicWithIdea();
	await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const other = await topicWithIdea();
	const draft = aCommentDraft(topicId, 1, { requestKey: 'form' });
	const clicks = await Promise.all([1, 2].map(() => comment(database, keys, draft, reader)));
	assert.deepEqual(
		clicks.map(({ number }) => number),
		[1, 1]
	);
	await assert.rejects(comment(database, keys, aCommentDraft(topicId, 2, { answers: 1 }), reader), { code: 'not-found' });
	await assert.rejects(comment(database, keys, aCommentDraft(other.topicId, 1, { answers: 1 }), reader), { code: 'not-found' });
	await assert.rejects(comment(database, keys, aCommentDraft(topicId, 3), reader), { code: 'not-found' });
});

test('a suggested wording becomes a new version while nobody else has an opinion, and a successor afterwards', async () => {
	const { topicId, page } = await topicWithIdea();
	const draft = {
		topicId,
		number: 1,
		seen: 1,
		point: 'A better wording',
		explanation: '',
		attribution: 'group',
		name: null,
		requestKey: null
	} as const;
	await assert.rejects(suggestWording(database, keys, draft, author), { code: 'own-idea' });
	const first = await suggestWording(database, keys, draft, reader);
	const suggestionId = first.receipt.contributionId;
	await assert.rejects(acceptSuggestion(database, { topicId, suggestionId }, claimOf(2)), { code: 'not-your-idea' });
	assert.equal(await acceptSuggestion(database, { topicId, suggestionId }, claimOf(1)), 1);
	assert.deepEqual(
		(await page()).versions.map(({ point }) => point),
		['A better wording', 'Build regional exchange points before more cables']
	);

	await new OpinionBatcher(database, keys).give(topicId, reader, { ideaNumber: 1, opinion: 'agree', seen: 2 });
	const second = await suggestWording(database, keys, { ...draft, seen: 2, point: 'The best wording' }, reader);
	const accepted = { topicId, suggestionId: second.receipt.contributionId };
	assert.equal(await acceptSuggestion(database, accepted, claimOf(1)), 2);
	await assert.rejects(declineSuggestion(database, accepted, claimOf(1)), { code: 'already-decided' });
	const { successors, counts, cells } = await page();
	assert.deepEqual({ successors, counts, cells }, { successors: [2], counts: { agree: 1, disagree: 0, pass: 0 }, cells: [] });
	assert.deepEqual(
		(await suggestionsFor(database, topicId, 1)).map(({ answer }) => answer),
		['accepted', 'accepted']
	);
});

test('a withdrawn idea is known to have been, and nothing more of it is told', async () => {
	const { topicId, page } = await topicWithIdea();
	const { rows } = await database.query<{ id: string }>(`select idea_id as id from ideas where topic_id = $1`, [topicId]);
	const thing = { topicId, kind: 'idea', thingId: rows[0]!.id } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const { concealed, versions, counts, author: shown } = await page();
	assert.deepEqual(
		{ concealed, versions, counts, name: shown.name },
		{ concealed: 'hidden', versions: [], counts: null, name: null }
	);
});
