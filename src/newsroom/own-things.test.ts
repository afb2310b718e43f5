import assert from 'node:assert/strict';
import test from 'node:test';
import type { Actor, SignedIn } from '#activity/actor.ts';
import { askToEraseAll } from '#contributions/receipts/asking-for-all.server.ts';
import { aRapporteur, aSubmissionDraft } from '#contributions/examples.server.ts';
import { follow } from '#contributions/following.server.ts';
import { joinReceipt, takeOffPage } from '#contributions/receipts/joining.server.ts';
import { askToEraseOwn, whoseTexts } from '#contributions/receipts/own-texts.server.ts';
import { codeOf } from '#contributions/receipts/receipts.server.ts';
import { askedOfStaff } from '#contributions/receipts/requests.server.ts';
import { submitText } from '#contributions/submitting.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';
import { aCommentDraft, aModerator, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { ownData } from '#newsroom/own-data.server.ts';
import { followedThings, ownThings } from '#newsroom/own-things.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { holding } from '#people/examples.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const staff: Actor = { kind: 'job', name: 'test' };

async function anAccount(email: string, visitorId: string | null = null): Promise<SignedIn> {
	const made = await inTransaction(database, (transaction) => makeAccount(transaction, { email, name: 'Ana', language: 'en' }));
	return { kind: 'account', accountId: made.accountId, visitorId, roles: [], secondFactor: false };
}

const of = async (actor: Actor) => ownThings(database, await whoseTexts(database, keys, actor));
const inShort = async (actor: Actor) =>
	(await of(actor)).map(({ kind, number, concealed, isJoined }) => [kind, number, concealed, isJoined]);

/** An edition whose paragraphs 3 and 5 rest on the thing. */
async function aReportOn(topicId: string, thingId: string) {
	const reportId = uuidv7();
	const content = {
		paragraphs: [1, 3, 5].map((number) => ({ number, marks: [{ note: number === 1 ? 1 : 2 }] })),
		notes: [
			{ number: 1, thingId: uuidv7() },
			{ number: 2, thingId }
		]
	};
	await database.query(
		`insert into snapshots (topic_id, snapshot_id, taken_at, figures, sha256) values ($1, $2, clock_timestamp(), '{}', '')`,
		[topicId, reportId]
	);
	await database.query(
		`insert into reports (topic_id, report_id, report_number, template, language, snapshot_id, begun_at)
		values ($1, $2, 1, 'first', 'en', $2, clock_timestamp())`,
		[topicId, reportId]
	);
	await database.query(
		`insert into report_publications (topic_id, report_id, edition, published_at, content, sha256)
		values ($1, $2, 1, clock_timestamp(), $3, '')`,
		[topicId, reportId, JSON.stringify(content)]
	);
}

test('a person finds what they sent in every talk, the newest first, with what became of each', async () => {
	const [one, other] = [await anOpenTopic(database), await anOpenTopic(database)];
	const author = aVisitor('ana');
	const idea = await submitIdea(database, keys, anIdeaDraft(one.topicId), author);
	await comment(database, keys, aCommentDraft(one.topicId, idea.number), author);
	await comment(database, keys, aCommentDraft(one.topicId, idea.number), aVisitor('bob'));
	const text = await submitText(database, keys, aSubmissionDraft(other.topicId), author);
	const quotes = [{ part: 0, textVersion: 1, spans: [{ starts: 0, ends: 26 }] }];
	const wording = { point: 'Listen', explanation: '', sources: '', questionId: null, language: 'en' };
	const drawing = { topicId: other.topicId, contributionId: text.contributionId, quotes, requestKey: null };
	await drawIdea(database, drawing, wording, aRapporteur(other.topicId));
	await aReportOn(one.topicId, idea.receipt.contributionId);
	const thing = { topicId: one.topicId, kind: 'idea', thingId: idea.receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(one.topicId));

	const things = await of(author);
	assert.deepEqual(
		things.map(({ topicId, kind, number, ideaNumber, title, text, concealed, drawn, cited }) => ({
			...{ topicId, kind, number, ideaNumber, title, text, concealed, drawn, cited }
		})),
		[
			{
				...{ topicId: other.topicId, kind: 'submission', number: 1, ideaNumber: null, title: 'Our view' },
				...{ text: 'Governments should listen.', concealed: null, drawn: [{ idea: 1, stance: 'raises' }], cited: [] }
			},
			{
				...{ topicId: one.topicId, kind: 'comment', number: 1, ideaNumber: 1, title: null },
				...{ text: 'It halved our costs.', concealed: null, drawn: [], cited: [] }
			},
			{
				...{ topicId: one.topicId, kind: 'idea', number: 1, ideaNumber: 1, title: null },
				...{ text: things[2]!.text, concealed: 'hidden', drawn: [], cited: [{ report: 1, edition: 1, paragraphs: [3, 5] }] }
			}
		]
	);
	const whose = await whoseTexts(database, keys, author);
	const page = await ownThings(database, whose, { most: 2 });
	const rest = await ownThings(database, whose, { before: page[1]!.contributionId });
	assert.deepEqual([...page, ...rest], things);
	assert.deepEqual(await inShort(aVisitor('nobody')), []);
	assert.deepEqual(await inShort(staff), []);
});

test('the code of a receipt brings what was sent from another device; it can be taken off again', async () => {
	const { topicId } = await anOpenTopic(database);
	const { receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('on the telephone'));
	const code = await codeOf(keys, receipt);
	const desktop = aVisitor('at the desk');
	await assert.rejects(joinReceipt(database, keys, 'AAAA-BBBB-CCCC-DDDD', desktop), { code: 'wrong-receipt-code' });
	for (let time = 0; time < 2; time++) await joinReceipt(database, keys, code.toLowerCase(), desktop);
	assert.deepEqual(await inShort(desktop), [['idea', 1, null, true]]);
	assert.deepEqual(await inShort(aVisitor('on the telephone')), [['idea', 1, null, false]]);
	const { rows } = await database.query(`select from joined_receipts join participant_links on keyed_hash = gatherer_hash`);
	assert.deepEqual(rows, [], 'no row leads from the page to a participant');

	const account = await anAccount('gathering@example.org', 'at the desk');
	assert.deepEqual(await inShort(account), [['idea', 1, null, true]]);
	await takeOffPage(database, keys, receipt, account);
	assert.deepEqual([await inShort(account), await inShort(desktop)], [[], []]);

	await joinReceipt(database, keys, code, account);
	assert.deepEqual(await inShort({ ...account, visitorId: null }), [['idea', 1, null, true]]);
	await inTransaction(database, (transaction) => eraseTexts(transaction, topicId, [receipt.contributionId], staff));
	assert.deepEqual(await inShort(account), [], 'it goes with its words');
	await joinReceipt(database, keys, code, account);
	assert.deepEqual(await inShort(account), []);
});

test('erasure is asked for one text or for all, also for what a code brought, and for nothing of anybody else', async () => {
	const { topicId } = await anOpenTopic(database);
	const [author, other] = [aVisitor('leaver'), aVisitor('leaver on the telephone')];
	const own = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const more = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'More' }), author);
	const away = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Away' }), other);
	await joinReceipt(database, keys, await codeOf(keys, away.receipt), author);
	const asked = async (contributionId: string) =>
		(await askedOfStaff(database, topicId, contributionId)).map(({ kind, scope, words }) => [kind, scope, words]);

	await askToEraseOwn(database, keys, own.receipt, 'A slip', author);
	assert.deepEqual(await asked(own.receipt.contributionId), [['erasure', 'text', 'A slip']]);
	assert.deepEqual(
		(await of(author)).map(({ isErasureAsked }) => isErasureAsked),
		[false, false, true]
	);
	await assert.rejects(askToEraseOwn(database, keys, own.receipt, '', other), { code: 'not-found' });

	assert.equal(await askToEraseAll(database, keys, author, 'I leave'), 1);
	assert.deepEqual(await asked(more.receipt.contributionId), [['erasure', 'all', 'I leave']]);
	assert.deepEqual(await asked(away.receipt.contributionId), [['erasure', 'text', 'I leave']]);
});

test('what they follow is shown while it can be seen: a comment as long as its idea can', async () => {
	const { topicId } = await anOpenTopic(database);
	const author = aVisitor('eva');
	const idea = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const said = await comment(database, keys, aCommentDraft(topicId, idea.number), author);
	const reader = aVisitor('a reader');
	await submitIdea(database, keys, anIdeaDraft(topicId), reader);
	const { number } = (await seenParticipant(database, keys, topicId, reader))!;
	await inTransaction(database, (transaction) =>
		follow(transaction, { topicId, kind: 'comment', thingId: said.receipt.contributionId }, number)
	);
	const followed = async () =>
		(await followedThings(database, await whoseTexts(database, keys, reader))).map(({ kind, words }) => [kind, words]);
	assert.deepEqual(await followed(), [['comment', 'It halved our costs.']]);
	const thing = { topicId, kind: 'idea', thingId: idea.receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	assert.deepEqual(await followed(), []);
});

test('what is taken home holds every version, what they said of themselves, opinions and what they follow; of an archived talk nothing', async () => {
	const { topicId, slug } = await anOpenTopic(database);
	const author = await anAccount('home@example.org');
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const theirs = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Theirs' }), aVisitor('eva'));
	const participant = (await seenParticipant(database, keys, topicId, author))!;
	await database.query(
		`insert into opinions (topic_id, participant_number, idea_number, value, profile_number, idea_version, given_at)
		values ($1, $2, $3, -1, 1, 1, clock_timestamp())`,
		[topicId, participant.number, theirs.number]
	);
	const thing = { topicId, kind: 'idea', thingId: theirs.receipt.contributionId } as const;
	await inTransaction(database, (transaction) => follow(transaction, thing, participant.number));
	assert.deepEqual(
		(await followedThings(database, await whoseTexts(database, keys, author))).map(({ number: of, words }) => [of, words]),
		[[theirs.number, 'Theirs']]
	);

	const { account, talks } = await ownData(database, keys, author, 'en', new Date());
	assert.deepEqual([account?.email, talks.length], ['home@example.org', 1]);
	const [talk] = talks;
	assert.deepEqual([talk!.slug, talk!.title.text], [slug, 'An open talk']);
	assert.deepEqual(
		talk!.contributions.map(({ kind, number: of, versions, attribution, licence }) => [
			kind,
			of,
			versions.map(({ text }) => text),
			attribution,
			licence
		]),
		[['idea', number, ['Build regional exchange points before more cables'], 'group', 'CC-BY-4.0']]
	);
	assert.deepEqual(
		talk!.opinions.map(({ idea, opinion }) => [idea, opinion]),
		[[theirs.number, 'disagree']]
	);
	assert.deepEqual(talk!.follows, [{ kind: 'idea', number: theirs.number, seen: null }]);
	assert.deepEqual(
		talk!.profiles.map(({ assurance }) => assurance),
		['e-mail']
	);
	assert.ok(!JSON.stringify(talk).includes('"text":"Theirs"'));

	await database.query(
		`update stages set opens_at = opens_at - interval '3 hours', closes_at = closes_at - interval '3 hours' where topic_id = $1`,
		[topicId]
	);
	await archiveTopic(database, keys, topicId, holding('administrator'));
	assert.deepEqual(await of(author), []);
	await assert.rejects(joinReceipt(database, keys, 'A', author), { code: 'wrong-receipt-code' });
	assert.equal(receipt.topicId, topicId);
});
