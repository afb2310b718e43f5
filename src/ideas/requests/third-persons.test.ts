import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import type { Chosen } from '#ideas/moderating/act.ts';
import { moderate, undoModeration } from '#ideas/moderating/moderating-many.server.ts';
import { moderationCounts, moderationLog, type LogPlace } from '#ideas/moderating/log.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { answerThirdPerson, askAboutMe, thirdPersonMail, thirdPersonsAtDesk } from '#ideas/requests/third-persons.server.ts';
import { askOfStaff } from '#contributions/receipts/requests.server.ts';
import { inTransaction } from '#database/connection.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

async function anIdeaAboutSomebody() {
	const { topicId } = await anOpenTopic(database);
	const point = 'Amina Njoroge should pay for the cables';
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId, { point }), aVisitor('author'));
	const ask = (words = 'I am Amina Njoroge.', email = 'amina@example.org') =>
		askAboutMe(database, { topicId, kind: 'idea', number }, { words, email, language: 'fr' });
	const answered = async () => {
		const { rows } = await database.query<{ to: string; language: string }>(
			`select to_address as to, language from mails where topic_id = $1 and kind = $2`,
			[topicId, thirdPersonMail]
		);
		return rows;
	};
	return { topicId, number, thingId: receipt.contributionId, ask, answered, moderator: aModerator(topicId) };
}

test('whoever a text is about asks for its removal; a moderator hides it and says so, and the address is forgotten', async () => {
	const { topicId, number, ask, answered, moderator } = await anIdeaAboutSomebody();
	await assert.rejects(ask(''), { code: 'unusable-text' });
	await ask();
	const [request] = await thirdPersonsAtDesk(database, topicId);
	assert.deepEqual([request!.words, request!.isAnswerable], ['I am Amina Njoroge.', true]);
	assert.equal((await ideaOfTopic(database, topicId, number)).concealed, null);
	const answer = { topicId, requestId: request!.requestId, answer: 'hidden', words: '' } as const;
	await assert.rejects(answerThirdPerson(database, keys, answer, aVisitor('x')), { code: 'not-allowed' });
	await answerThirdPerson(database, keys, answer, moderator);
	await assert.rejects(answerThirdPerson(database, keys, answer, moderator), { code: 'already-decided' });
	assert.equal((await ideaOfTopic(database, topicId, number)).concealed, 'hidden');
	assert.deepEqual(await answered(), [{ to: 'amina@example.org', language: 'fr' }]);
	const { rows } = await database.query(`select email from third_person_requests where topic_id = $1`, [topicId]);
	assert.deepEqual(rows, [{ email: null }]);
	assert.deepEqual(await thirdPersonsAtDesk(database, topicId), []);
});

test('the words about them become unreadable and the rest stays; to decline needs a reason', async () => {
	const { topicId, number, ask, moderator } = await anIdeaAboutSomebody();
	await ask();
	await ask('And again', '');
	const [first, second] = await thirdPersonsAtDesk(database, topicId);
	const redacting = { answer: 'redacted', phrases: ['Amina Njoroge'], contacts: false, words: '' } as const;
	await answerThirdPerson(database, keys, { topicId, requestId: first!.requestId, ...redacting }, moderator);
	const idea = await ideaOfTopic(database, topicId, number);
	assert.deepEqual([idea.point, idea.concealed], ['█████ ███████ should pay for the cables', null]);
	const declining = { topicId, requestId: second!.requestId, answer: 'declined' } as const;
	await assert.rejects(answerThirdPerson(database, keys, { ...declining, words: ' ' }, moderator), { code: 'reason-missing' });
	await answerThirdPerson(database, keys, { ...declining, words: 'It was done already.' }, moderator);
	assert.deepEqual(await thirdPersonsAtDesk(database, topicId), []);
});

test('the public log tells kind, time, rule, reason and appeal of each decision, never words or people', async () => {
	const { topicId, thingId, moderator } = await anIdeaAboutSomebody();
	const chosen = [{ kind: 'idea', thingId, seen: 1 }] as const;
	const act = { does: 'hide', reason: 'insulting' } as const;
	const { actId } = await moderate(database, keys, { topicId, chosen, act, words: 'It names Amina.' }, moderator);
	await inTransaction(database, (transaction) =>
		askOfStaff(transaction, { topicId, contributionId: thingId }, { kind: 'appeal', words: 'No' })
	);
	const log = async () =>
		(await moderationLog(database, topicId)).entries.map(({ kind, decision, reason, rule, appeal }) => ({
			kind,
			decision,
			reason,
			rule,
			appeal
		}));
	const hidden = { kind: 'idea', decision: 'hidden', reason: 'insulting', rule: 5, appeal: 'open' };
	assert.deepEqual(await log(), [hidden]);
	await undoModeration(database, topicId, actId, moderator);
	await moderate(database, keys, { topicId, chosen, act: { does: 'block', reason: 'spam' }, words: 'Secret' }, moderator);
	assert.deepEqual(await log(), [
		{ kind: 'author', decision: 'blocked', reason: 'spam', rule: null, appeal: null },
		{ kind: 'idea', decision: 'undone', reason: null, rule: null, appeal: null },
		hidden
	]);
	assert.doesNotMatch(JSON.stringify(await moderationLog(database, topicId)), /Amina|Secret/);
	assert.deepEqual(await moderationCounts(database, topicId), {
		reasons: [{ reason: 'insulting', rule: 5, hidden: 1, shownAgain: 1 }],
		held: 0,
		approved: 0,
		redacted: 0,
		blocked: 1
	});
});

test('the public log goes on where its page ended, also within the decisions of one click', async () => {
	const { topicId } = await anOpenTopic(database);
	const chosen: Chosen[] = [];
	for (let number = 0; number < 60; number++) {
		const { receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor(`author ${number}`));
		chosen.push({ kind: 'idea', thingId: receipt.contributionId, seen: 1 });
	}
	const moderator = aModerator(topicId);
	const hide = { topicId, act: { does: 'hide', reason: 'spam' }, words: '' } as const;
	await moderate(database, keys, { ...hide, chosen }, moderator);
	await moderate(database, keys, { topicId, chosen, act: { does: 'block', reason: 'spam' }, words: '' }, moderator);
	const pages: number[] = [];
	const kinds: string[] = [];
	let place: LogPlace | null = null;
	do {
		const page: Awaited<ReturnType<typeof moderationLog>> = await moderationLog(database, topicId, place);
		pages.push(page.entries.length);
		kinds.push(...page.entries.map(({ kind }) => kind));
		place = page.next;
	} while (place);
	assert.deepEqual(pages, [50, 50, 20]);
	assert.deepEqual(kinds, [...Array<string>(60).fill('author'), ...Array<string>(60).fill('idea')]);
});
