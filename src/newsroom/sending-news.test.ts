import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { Actor, SignedIn } from '#activity/actor.ts';
import { follow } from '#contributions/following.server.ts';
import { aRapporteur, aSubmissionDraft } from '#contributions/examples.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { editIdea } from '#ideas/editing.server.ts';
import { joinParticipant } from '#ideas/opinions/opinions.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { mails } from '#mail/mail.server.ts';
import { newsOfTopic } from '#newsroom/gathering.server.ts';
import { sendNews } from '#newsroom/sending-news.server.ts';
import { comesByMail, newsLinks, setMail } from '#newsroom/unsubscribing.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const links = await newsLinks({ data: mkdtempSync(join(tmpdir(), 'open-talks-news-')), secret: 'a secret of this test' });
const wishes = { keys, links, origin: 'https://talks.example.org' };

async function anAuthor(email: string, language: 'en' | 'fr' = 'en'): Promise<SignedIn> {
	const made = await inTransaction(database, (transaction) => makeAccount(transaction, { email, name: 'Ana', language }));
	return { kind: 'account', accountId: made.accountId, visitorId: null, roles: [], secondFactor: false };
}

/** An idea that its author follows. */
async function aFollowedIdea(author: Actor) {
	const { topicId, slug } = await anOpenTopic(database);
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const participant = (await seenParticipant(database, keys, topicId, author))!;
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	await inTransaction(database, (transaction) => follow(transaction, thing, participant.number));
	// what comes in the same millisecond is no news to who begins to follow in it
	await later(1);
	return { topicId, slug, number, thing };
}

/** As if so many minutes had gone by since all that was written so far. */
async function later(minutes: number) {
	const by = `interval '${minutes} minutes'`;
	for (const change of [
		`followers set since = since - ${by}`,
		`comments set written_at = written_at - ${by}`,
		`moderation_decisions set decided_at = decided_at - ${by}`,
		`idea_versions set written_at = written_at - ${by}`,
		`mails set queued_at = queued_at - ${by}`,
		`news_told set told_until = told_until - ${by}`
	])
		await database.query(`update ${change}`);
}

const newsTo = async (address: string) =>
	(await mails(database)).filter(({ kind, to }) => kind === 'news' && to === address).reverse();

test('what became of an idea is told in one mail, in the language of its follower, with a way to end it', async () => {
	const author = await anAuthor('ana@example.org', 'fr');
	const { topicId, slug, number, thing } = await aFollowedIdea(author);
	for (const who of ['b', 'c']) await comment(database, keys, aCommentDraft(topicId, number), aVisitor(who));
	await comment(database, keys, aCommentDraft(topicId, number), author);
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	await later(5);
	await sendNews(database, wishes);
	const [mail, ...more] = await newsTo('ana@example.org');
	assert.deepEqual(more, []);
	assert.equal(mail!.language, 'fr');
	assert.equal(mail!.subject, 'Du nouveau sur ce que vous avez envoyé ou suivez : An open talk');
	const [title, what, footer] = mail!.body.split('\n\n');
	assert.equal(title, 'An open talk');
	assert.deepEqual(what!.split('\n'), [
		'Idée 1',
		'– Un modérateur l’a masquée\u00a0; le motif figure sur votre récépissé',
		'– 2 nouveaux commentaires',
		`https://talks.example.org/fr/topics/${slug}/ideas/1?since=0`
	]);
	assert.ok(mail!.unsubscribeUrl!.startsWith('https://talks.example.org/fr/unsubscribe/'));
	assert.ok(footer!.endsWith(mail!.unsubscribeUrl!));
	assert.ok(!mail!.body.includes(anIdeaDraft(topicId).point));
});

test('at most one mail a day goes to an address, none without news, and nothing is told twice', async () => {
	const author = await anAuthor('ben@example.org');
	const [one, other] = [await aFollowedIdea(author), await aFollowedIdea(author)];
	await sendNews(database, wishes);
	assert.deepEqual(await newsTo('ben@example.org'), []);

	for (const { topicId, number } of [one, other]) await comment(database, keys, aCommentDraft(topicId, number), aVisitor('b'));
	await later(5);
	await sendNews(database, wishes);
	assert.deepEqual(
		(await newsTo('ben@example.org')).map(({ subject }) => subject),
		['News of what you sent or follow in 2 talks']
	);

	await comment(database, keys, aCommentDraft(one.topicId, one.number), aVisitor('c'));
	await later(5);
	await sendNews(database, wishes);
	assert.equal((await newsTo('ben@example.org')).length, 1);

	await later(24 * 60);
	await sendNews(database, wishes);
	await later(24 * 60);
	await sendNews(database, wishes);
	const [, second, ...more] = await newsTo('ben@example.org');
	assert.deepEqual(more, []);
	assert.ok(second!.body.includes('1 new comment\n'));
});

test('one click ends it for the address without signing in, another begins it again', async () => {
	const author = await anAuthor('cleo@example.org');
	const { topicId, number } = await aFollowedIdea(author);
	const told = async (who: string) => {
		await comment(database, keys, aCommentDraft(topicId, number), aVisitor(who));
		await later(25 * 60);
		await sendNews(database, wishes);
		return newsTo('cleo@example.org');
	};
	const [mail] = await told('b');
	const token = mail!.unsubscribeUrl!.split('/').at(-1)!;
	assert.equal(await comesByMail(database, links, token), true);
	await setMail(database, links, token, false);
	assert.equal((await told('c')).length, 1);
	await setMail(database, links, token, true);
	assert.equal((await told('d')).length, 2);
	// not the last letter: some of its bits stand for nothing
	const forged = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
	await assert.rejects(setMail(database, links, forged, false), { code: 'not-found' });
});

test('a follower without an account is written nothing', async () => {
	const { topicId, number } = await aFollowedIdea(aVisitor('nobody'));
	await comment(database, keys, aCommentDraft(topicId, number), aVisitor('b'));
	await later(5);
	const before = (await mails(database)).length;
	await sendNews(database, wishes);
	assert.equal((await mails(database)).length, before);
});

test('answers to a comment, ideas drawn from a text and a published report are news of what is followed', async () => {
	const { topicId } = await anOpenTopic(database);
	const author = aVisitor('author');
	const other = aVisitor('other');
	const idea = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const said = await comment(database, keys, aCommentDraft(topicId, idea.number), author);
	await comment(database, keys, aCommentDraft(topicId, idea.number, { answers: said.number }), other);
	const { contributionId } = await submitText(database, keys, aSubmissionDraft(topicId), author);
	const quotes = [{ part: 0, textVersion: 1, spans: [{ starts: 0, ends: 26 }] }];
	const wording = { point: 'Listen', explanation: '', sources: '', questionId: null, language: 'en' };
	await drawIdea(database, { topicId, contributionId, quotes, requestKey: null }, wording, aRapporteur(topicId));
	for (const [kind, thingId] of [
		['idea', idea.receipt.contributionId],
		['comment', said.receipt.contributionId],
		['submission', contributionId]
	] as const)
		await inTransaction(database, (transaction) => follow(transaction, { topicId, kind, thingId }, 1));
	await database.query(`update followers set since = since - interval '1 hour' where topic_id = $1`, [topicId]);
	await published(topicId, idea.receipt.contributionId);

	const news = await newsOfTopic(database, topicId, new Date(Date.now() + 1000));
	assert.deepEqual(
		news.map(({ kind, number, what, count }) => [kind, number, what, count]),
		[
			['comment', 1, 'replied', 1],
			['idea', 1, 'answered', 1],
			['idea', 1, 'cited', 1],
			['submission', 1, 'drawn', 1]
		]
	);
	const later = await newsOfTopic(database, topicId, new Date(Date.now() - 1000 * 60 * 60 * 2));
	assert.deepEqual(later, []);
});

test('who sent what a report cites is told, once, without having followed it; who has no account or wants no mail is not', async () => {
	const { topicId, slug } = await anOpenTopic(database);
	const author = await anAuthor('cited@example.org');
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const foreign = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'By a browser' }), aVisitor('a browser'));
	await published(topicId, receipt.contributionId);
	await database.query(
		`update report_publications
		set content = jsonb_build_object('notes', content -> 'notes' || jsonb_build_array(jsonb_build_object('number', 2, 'thingId', $2::text)))
		where topic_id = $1`,
		[topicId, foreign.receipt.contributionId]
	);
	const soon = new Date(Date.now() + 1000);
	assert.deepEqual(
		(await newsOfTopic(database, topicId, soon)).map(({ kind, number: of, what }) => [kind, of, what]),
		[
			['idea', number, 'cited'],
			['idea', foreign.number, 'cited']
		]
	);
	await database.query(`update report_publications set published_at = published_at - interval '5 minutes' where topic_id = $1`, [
		topicId
	]);
	await database.query(`update contributions set received_at = received_at - interval '1 hour' where topic_id = $1`, [topicId]);
	const before = (await mails(database)).length;
	await sendNews(database, wishes);
	const [mail, ...more] = await newsTo('cited@example.org');
	assert.deepEqual([more, (await mails(database)).length], [[], before + 1]);
	const [, what, footer] = mail!.body.split('\n\n');
	assert.deepEqual(what!.split('\n'), [
		'Idea 1',
		'– A published report rests on it',
		`https://talks.example.org/topics/${slug}/ideas/${number}`
	]);
	assert.ok(footer!.includes(' https://talks.example.org/mine\n'));
	await later(25 * 60);
	await database.query(`update news_told set told_until = told_until + interval '25 hours' where topic_id = $1`, [topicId]);
	await sendNews(database, wishes);
	assert.equal((await newsTo('cited@example.org')).length, 1);
	// of an edition of long ago nobody is told
	await database.query(`delete from news_told where topic_id = $1`, [topicId]);
	await database.query(`update contributions set received_at = received_at - interval '1 year' where topic_id = $1`, [topicId]);
	await database.query(`update report_publications set published_at = published_at - interval '40 days' where topic_id = $1`, [
		topicId
	]);
	assert.deepEqual(await newsOfTopic(database, topicId, soon), []);
});

test('who signed in after writing is told nothing of what they wrote before or after', async () => {
	const { topicId } = await anOpenTopic(database);
	const account = await anAuthor('eve@example.org');
	// the account took part already, so that its browser's participant is another one until they are joined
	await submitIdea(database, keys, anIdeaDraft(topicId), account);
	const browser = aVisitor('the browser of eve');
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), browser);
	const { number: follower } = (await seenParticipant(database, keys, topicId, browser))!;
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	await inTransaction(database, (transaction) => follow(transaction, thing, follower));
	await comment(database, keys, aCommentDraft(topicId, number), browser);
	await joinParticipant(database, keys, topicId, { ...account, visitorId: 'the browser of eve' });
	const wording = { point: 'Build exchange points first', explanation: '', sources: '' };
	const claim = { participantNumber: (await seenParticipant(database, keys, topicId, account))!.number, contributionId: null };
	await editIdea(database, { topicId, number, seen: 1 }, wording, { claim, actor: account });
	await comment(database, keys, aCommentDraft(topicId, number), account);
	await database.query(`update followers set since = since - interval '1 hour' where topic_id = $1`, [topicId]);
	assert.deepEqual(await newsOfTopic(database, topicId, new Date(Date.now() + 1000)), []);
	await comment(database, keys, aCommentDraft(topicId, number), aVisitor('another'));
	assert.deepEqual(
		(await newsOfTopic(database, topicId, new Date(Date.now() + 1000))).map(({ what, count }) => [what, count]),
		[['answered', 1]]
	);
});

/** A report whose notes name the thing. */
async function published(topicId: string, thingId: string) {
	const values = [topicId, uuidv7(), JSON.stringify({ notes: [{ number: 1, thingId }] })];
	await database.query(
		`insert into snapshots (topic_id, snapshot_id, taken_at, figures, sha256) values ($1, $2, clock_timestamp(), '{}', '')`,
		values.slice(0, 2)
	);
	await database.query(
		`insert into reports (topic_id, report_id, report_number, template, language, snapshot_id, begun_at)
		values ($1, $2, 1, 'first', 'en', $2, clock_timestamp())`,
		values.slice(0, 2)
	);
	await database.query(
		`insert into report_publications (topic_id, report_id, edition, published_at, content, sha256)
		values ($1, $2, 1, clock_timestamp(), $3, '')`,
		values
	);
}
