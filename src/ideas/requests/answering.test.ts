import assert from 'node:assert/strict';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import type { Actor } from '#activity/actor.ts';
import { askToEraseAll } from '#contributions/receipts/asking-for-all.server.ts';
import { someSubmissions } from '#contributions/examples.server.ts';
import { askedOfStaff, askingIn, askOfStaff } from '#contributions/receipts/requests.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { answerRequest, eraseWithoutReceipt } from '#ideas/requests/answering.server.ts';
import { aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { OpinionBatcher } from '#ideas/opinions/batcher.server.ts';
import { requestsAtDesk } from '#ideas/requests/at-desk.server.ts';
import { editSent, whatWasSent, withdrawSent } from '#ideas/sent.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { acceptSuggestion, suggestWording, suggestionsFor, withdrawSuggestion } from '#ideas/suggesting.server.ts';
import { mails } from '#mail/mail.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { holding } from '#people/examples.ts';
import { inviteByLink } from '#people/invitations/inviting.server.ts';
import { acceptAsParticipant } from '#topics/participants/invited.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();

/** A hidden idea whose author appeals. */
async function anAppeal(author: Actor = aVisitor('author')) {
	const { topicId } = await anOpenTopic(database);
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const moderator = aModerator(topicId);
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: 'It sells cables.' }, moderator);
	const words = 'I sell nothing.';
	await inTransaction(database, (transaction) => askOfStaff(transaction, receipt, { kind: 'appeal', words }));
	const [request] = await requestsAtDesk(database, topicId, { maySeeErasures: false });
	return { topicId, number, receipt, moderator, request: request!, answer: { topicId, requestId: request!.requestId } };
}

async function anAccount(email: string): Promise<Actor> {
	const made = await inTransaction(database, (transaction) => makeAccount(transaction, { email, name: 'Ana', language: 'fr' }));
	return { kind: 'account', accountId: made.accountId, visitorId: null, roles: [], secondFactor: false };
}

test('an appeal is seen at the desk with the text, why it was hidden, and what its author says', async () => {
	const { topicId, request } = await anAppeal();
	const { requestId: _, requestedAt: __, shown, decision, ...rest } = request;
	assert.deepEqual(rest, { kind: 'appeal', scope: 'text', words: 'I sell nothing.' });
	assert.deepEqual([shown.text, decision?.reason], [anIdeaDraft(topicId).point, 'spam']);
	assert.deepEqual((await askingIn(database, [topicId])).get(topicId), { appeals: 1, erasures: 0 });
});

test('an appeal that is granted shows the idea again, and its author reads the answer', async () => {
	const { topicId, receipt, moderator, answer } = await anAppeal();
	assert.deepEqual(await countsOf(database, topicId), { ideas: 0 });
	await answerRequest(database, keys, { ...answer, grants: true, words: 'A mistake of ours.' }, moderator);
	assert.equal((await whatWasSent(database, topicId, receipt.contributionId)).concealed, null);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1 });
	const [asked] = await askedOfStaff(database, topicId, receipt.contributionId);
	assert.deepEqual([asked!.answer, asked!.answerWords], ['done', 'A mistake of ours.']);
	assert.deepEqual(await requestsAtDesk(database, topicId, { maySeeErasures: true }), []);
});

test('an appeal is declined with a reason only, and once', async () => {
	const { topicId, receipt, moderator, answer } = await anAppeal();
	const declining = { ...answer, grants: false };
	await assert.rejects(answerRequest(database, keys, { ...declining, words: ' ' }, moderator), { code: 'reason-missing' });
	await answerRequest(database, keys, { ...declining, words: 'It does sell cables.' }, moderator);
	assert.equal((await whatWasSent(database, topicId, receipt.contributionId)).concealed, 'hidden');
	await assert.rejects(answerRequest(database, keys, { ...answer, grants: true, words: '' }, moderator), {
		code: 'already-decided'
	});
});

test('an appeal about words that are gone waits for nobody', async () => {
	const { topicId, receipt } = await anAppeal();
	await inTransaction(database, (transaction) => askOfStaff(transaction, receipt, { kind: 'erasure', words: '' }));
	const asked = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	const staff = holding('secretariat', topicId);
	const erasing = { topicId, requestId: asked[1]!.requestId, grants: true, words: '' };
	await answerRequest(database, keys, erasing, staff);
	assert.deepEqual(await requestsAtDesk(database, topicId, { maySeeErasures: true }), []);
	assert.equal((await askingIn(database, [topicId])).get(topicId), undefined);
});

test('a moderator answers appeals of their topic only, and erases nothing', async () => {
	const { topicId, receipt, moderator, answer } = await anAppeal();
	const other = await anOpenTopic(database);
	const granting = { ...answer, grants: true, words: '' };
	await assert.rejects(answerRequest(database, keys, granting, aModerator(other.topicId)), { code: 'not-allowed' });
	await assert.rejects(answerRequest(database, keys, { ...granting, topicId: other.topicId }, aModerator(other.topicId)), {
		code: 'not-found'
	});
	await inTransaction(database, (transaction) => askOfStaff(transaction, receipt, { kind: 'erasure', words: '' }));
	const asked = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	assert.deepEqual(
		asked.map(({ kind }) => kind),
		['appeal', 'erasure']
	);
	assert.equal((await requestsAtDesk(database, topicId, { maySeeErasures: false })).length, 1);
	await assert.rejects(answerRequest(database, keys, { ...granting, requestId: asked[1]!.requestId }, moderator), {
		code: 'not-allowed'
	});
});

test('an author with an account gets the answer by mail, in the language of the account and without a link to the text', async () => {
	const { topicId, moderator, answer } = await anAppeal(await anAccount('ana@example.org'));
	await answerRequest(database, keys, { ...answer, grants: false, words: 'It sells cables.' }, moderator);
	const written = (await mails(database)).filter((mail) => mail.topicId === topicId);
	assert.deepEqual(
		written.map(({ to, language, kind, subject, body }) => ({ to, language, kind, subject, body })),
		[
			{
				to: 'ana@example.org',
				language: 'fr',
				kind: 'receipt-answer',
				subject: 'Votre recours : An open talk',
				body: 'Votre envoi a été réexaminé et reste masqué. Le motif\u00a0:\n\nIt sells cables.'
			}
		]
	);
});

test('a suggested wording can be taken back until the author of the idea has answered', async () => {
	const { topicId } = await anOpenTopic(database);
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	const draft = { topicId, number, seen: 1, explanation: '', attribution: 'group', name: null, requestKey: null } as const;
	const helper = aVisitor('helper');
	const suggest = async (point: string) => {
		const { receipt } = await suggestWording(database, keys, { ...draft, point }, helper);
		return { topicId, suggestionId: receipt.contributionId };
	};
	const [first, second] = [await suggest('Exchange points first'), await suggest('Exchange points, then cables')];
	await withdrawSuggestion(database, first, 'The other is better.', helper);
	assert.deepEqual(
		(await suggestionsFor(database, topicId, number)).map(({ point }) => point),
		['Exchange points, then cables']
	);
	const claim = { participantNumber: 1, contributionId: null };
	await assert.rejects(acceptSuggestion(database, first, claim), { code: 'not-found' });
	await acceptSuggestion(database, second, claim);
	await assert.rejects(withdrawSuggestion(database, second, '', helper), { code: 'already-decided' });
	const { answer } = await whatWasSent(database, topicId, second.suggestionId);
	assert.equal(answer, 'accepted');
});

test('the receipt of a suggested wording that became an idea is that of the idea', async () => {
	const { topicId } = await anOpenTopic(database);
	const moderator = aModerator(topicId);
	const [author, helper] = [aVisitor('author'), aVisitor('helper')];
	const { number } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	await new OpinionBatcher(database, keys).give(topicId, helper, { ideaNumber: number, opinion: 'agree', seen: 1 });
	const draft = { topicId, number, seen: 1, explanation: '', attribution: 'group', name: null, requestKey: null } as const;
	const { receipt } = await suggestWording(database, keys, { ...draft, point: 'Exchange points first' }, helper);
	const { contributionId } = receipt;
	const successor = await acceptSuggestion(
		database,
		{ topicId, suggestionId: contributionId },
		{ participantNumber: 1, contributionId: null }
	);
	const sent = () => whatWasSent(database, topicId, contributionId);
	const { kind, ideaNumber, concealed, answer } = await sent();
	assert.deepEqual([kind, ideaNumber, concealed, answer], ['idea', successor, null, 'accepted']);

	const by = { claim: { participantNumber: null, contributionId }, actor: helper };
	const change = {
		seen: 1,
		point: 'Exchange points, then cables',
		explanation: '',
		sources: '',
		title: '',
		text: '',
		file: null
	};
	await editSent(database, await sent(), change, by);
	const { editable } = await sent();
	assert.deepEqual(editable, { version: 2, point: change.point, explanation: '', sources: '' });

	const thing = { topicId, kind: 'idea', thingId: contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: 'It sells cables.' }, moderator);
	const hidden = await sent();
	assert.deepEqual([hidden.concealed, hidden.decision?.words], ['hidden', 'It sells cables.']);
	await inTransaction(database, (transaction) => askOfStaff(transaction, receipt, { kind: 'appeal', words: 'No.' }));
	const [request] = await requestsAtDesk(database, topicId, { maySeeErasures: false });
	await answerRequest(database, keys, { topicId, requestId: request!.requestId, grants: true, words: '' }, moderator);
	assert.equal((await sent()).concealed, null);

	await withdrawSent(database, await sent(), '', by);
	assert.equal((await sent()).concealed, 'withdrawn');
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1 });
});

test('the record of what an author does with their text names no account', async () => {
	const { topicId } = await anAppeal(await anAccount('ben@example.org'));
	const { rows } = await database.query(
		`select did from activity where topic_id = $1 and actor_kind = 'account' and actor_id in (select account_id from accounts)`,
		[topicId]
	);
	assert.deepEqual(rows, []);
});

const aSecretary = holding('secretariat');

test('who has an account asks once for all that they sent in every talk; staff erase it, and no invitation leads back to them', async () => {
	const author = await anAccount('leaving@example.org');
	const [one, other, foreign] = [await anOpenTopic(database), await anOpenTopic(database), await anOpenTopic(database)];
	for (const { topicId } of [one, other]) await submitIdea(database, keys, anIdeaDraft(topicId), author);
	await submitIdea(database, keys, anIdeaDraft(foreign.topicId), aVisitor('somebody else'));
	const wishes = { topicId: one.topicId, role: 'participant', language: 'en', days: 10 } as const;
	const { link } = await inviteByLink(database, wishes, 5, 'http://localhost:4500', aSecretary);
	await acceptAsParticipant(database, keys, new URL(link).searchParams.get('token')!, author);
	await acceptAsParticipant(database, keys, new URL(link).searchParams.get('token')!, aVisitor('somebody else'));
	const marks = async () =>
		(
			await database.query<{ isMarked: boolean }>(
				`select place_mark is not null as "isMarked" from invitation_answers where topic_id = $1 order by use_number`,
				[one.topicId]
			)
		).rows.map(({ isMarked }) => isMarked);
	assert.deepEqual(await marks(), [true, true]);

	assert.equal(await askToEraseAll(database, keys, author, 'I leave.'), 2);
	assert.equal(await askToEraseAll(database, keys, author, 'Again'), 2);
	assert.equal(await askToEraseAll(database, keys, await anAccount('reader@example.org'), ''), 0);
	assert.equal(await askToEraseAll(database, keys, aVisitor('who sent nothing'), ''), 0);
	await assert.rejects(askToEraseAll(database, keys, { kind: 'job', name: 'test' }, ''), { code: 'not-allowed' });
	assert.deepEqual(await requestsAtDesk(database, foreign.topicId, { maySeeErasures: true }), []);
	for (const { topicId } of [one, other]) {
		const [request, ...more] = await requestsAtDesk(database, topicId, { maySeeErasures: true });
		assert.deepEqual([request?.scope, request?.words, more.length], ['all', 'I leave.', 0]);
		await answerRequest(database, keys, { topicId, requestId: request!.requestId, grants: true, words: '' }, aSecretary);
	}
	assert.deepEqual(await marks(), [false, true]);
	assert.equal(await askToEraseAll(database, keys, author, ''), 0);
});

test('who asked for one text to be erased and then for all asked for all', async () => {
	const { topicId } = await anOpenTopic(database);
	const { receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	for (const scope of ['text', 'all', 'text'] as const)
		await inTransaction(database, (transaction) => askOfStaff(transaction, receipt, { kind: 'erasure', words: '', scope }));
	const asked = await requestsAtDesk(database, topicId, { maySeeErasures: true });
	assert.deepEqual(
		asked.map(({ scope }) => scope),
		['all']
	);
});

test('an imported text, whose author has no receipt, is erased by the secretariat, who say who asked; the words of that go too', async () => {
	const { topicId } = await anOpenTopic(database);
	const [text] = await someSubmissions(database, topicId, [{}]);
	const contributionId = text!.contributionId;
	const erasing = { topicId, contributionId, words: 'Ann wrote from the address in the text' };
	await assert.rejects(eraseWithoutReceipt(database, keys, erasing, aModerator(topicId)), { code: 'not-allowed' });
	await assert.rejects(eraseWithoutReceipt(database, keys, { ...erasing, words: ' ' }, aSecretary), { code: 'unusable-text' });
	await eraseWithoutReceipt(database, keys, erasing, aSecretary);
	const { rows } = await database.query<{ text: string }>(
		`select text from contribution_versions where topic_id = $1 and contribution_id = $2
		union
		select words from receipt_requests where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId]
	);
	assert.deepEqual(rows, [{ text: '' }]);
	const asked = await askedOfStaff(database, topicId, contributionId);
	assert.deepEqual(
		asked.map(({ answer }) => answer),
		['done']
	);
	await assert.rejects(eraseWithoutReceipt(database, keys, erasing, aSecretary), { code: 'not-found' });
});
