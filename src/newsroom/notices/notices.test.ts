import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { follow } from '#contributions/following.server.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { deliverMail, type Mailer } from '#mail/delivering.server.ts';
import { retryMail } from '#mail/mail.server.ts';
import { aNewsroom, aTalkOfSix } from '#newsroom/notices/examples.server.ts';
import type { NoticeFor } from '#newsroom/notices/notice.ts';
import { forgetReceivers } from '#newsroom/notices/outcomes.server.ts';
import { reachOf } from '#newsroom/notices/receivers.server.ts';
import { sendNotice, sendTrial, takeNoticeBack } from '#newsroom/notices/sending.server.ts';
import { spreadNotice } from '#newsroom/notices/spreading.server.ts';
import { noticesOf } from '#newsroom/notices/writing.server.ts';
import { sendNews } from '#newsroom/sending-news.server.ts';
import { setMail } from '#newsroom/unsubscribing.server.ts';
import { deleteAccount } from '#people/leaving.server.ts';
import { activityOf } from '#topics/examples.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';
import { stateProfile } from '#topics/participants/stating.server.ts';

const database = await testDatabase();
const newsroom = await aNewsroom(database);
const { keys, links, secretary, wishes } = newsroom;

let talk: Awaited<ReturnType<typeof aTalkOfSix>>;
beforeEach(async () => {
	talk = await aTalkOfSix(database, newsroom);
});

test('a notice reaches everybody who takes part once, in their language, with a way to answer and to end it', async () => {
	const { aNotice, sent, spread, mailsOf, topicId, slug, address } = talk;
	await database.query(`update topics set contact_email = 'desk@example.org' where topic_id = $1`, [topicId]);
	const noticeId = await aNotice();
	await sent(noticeId);
	await sent(noticeId);
	await spread(noticeId);
	await spread(noticeId);
	const [first, second, ...more] = await mailsOf('notice');
	assert.equal(more.length, 4);
	assert.deepEqual(
		[first!.to, first!.subject, first!.replyTo, second!.language, second!.subject],
		[address(0), 'Stage two – An open talk', 'desk@example.org', 'fr', 'Deuxième étape – An open talk']
	);
	const [text, page, footer] = first!.body.split('\n\n');
	assert.equal(text, 'It opens on Monday <https://x.org>.');
	assert.equal(page, `On the page of the talk: https://talks.example.org/topics/${slug}/notices?before=2#notice-1`);
	assert.deepEqual(footer!.split('\n'), [
		'---',
		'You get this because you take part in the talk “An open talk”.',
		'The secretariat reads answers to this mail.',
		`No more notices, with one click: ${first!.unsubscribeUrl}`
	]);
	assert.ok(second!.unsubscribeUrl!.startsWith('https://talks.example.org/fr/unsubscribe/'));
	assert.notEqual(first!.unsubscribeUrl, second!.unsubscribeUrl);
	assert.deepEqual((await activityOf(database, topicId)).slice(-2), ['drafted', 'sent']);
	await assert.rejects(aNotice({ noticeId }), { code: 'notice-sent' });
});

test('no row leads from a participant to an address', async () => {
	const { aNotice, sent, spread, topicId } = talk;
	const noticeId = await aNotice();
	await sent(noticeId);
	await spread(noticeId);
	const { rowCount } = await database.query(
		`select from notice_receivers r join participant_links l on l.topic_id = r.topic_id and l.keyed_hash = r.keyed_hash`
	);
	assert.equal(rowCount, 0);
	const inTopic = await database.query(`select from mails where topic_id = $1`, [topicId]);
	assert.equal(inTopic.rowCount, 0);
});

test('it goes to those whom it is for: who sent something, who follows, a group, a region', async () => {
	const { aNotice, sent, spread, receivers, topicId, people, address } = talk;
	const [one, two, three] = [people[0]!, people[1]!, people[2]!];
	await submitIdea(database, keys, anIdeaDraft(topicId), one);
	const { receipt } = await submitIdea(database, keys, anIdeaDraft(topicId, { requestKey: 'other' }), two);
	const number = (await seenParticipant(database, keys, topicId, three))!.number;
	const thing = { topicId, kind: 'idea', thingId: receipt.contributionId } as const;
	await inTransaction(database, (transaction) => follow(transaction, thing, number));
	await stateProfile(database, keys, topicId, three, { ...nothingStated, groups: ['academia'], country: 'KE' });
	const reach = (audience: NoticeFor['audience'], audienceKey = '') => reachOf(database, topicId, { audience, audienceKey });
	assert.equal(await reach('everybody'), 6);
	assert.equal(await reach('contributors'), 2);
	assert.equal(await reach('submitters'), 0);
	assert.equal(await reach('followers'), 1);
	assert.equal(await reach('group', 'academia'), 1);
	assert.equal(await reach('group', 'governments'), 0);
	assert.equal(await reach('region', 'african'), 1);
	for (const [audience, audienceKey] of [
		['contributors', ''],
		['group', 'academia']
	] as const) {
		const few = await aNotice({ audience, audienceKey });
		await assert.rejects(sent(few), { code: 'notice-for-few' });
	}
	for (const [index, person] of people.entries())
		if (index !== 5) await stateProfile(database, keys, topicId, person, { ...nothingStated, groups: ['academia'] });
	const noticeId = await aNotice({ audience: 'group', audienceKey: 'academia' });
	await sent(noticeId);
	await spread(noticeId);
	assert.deepEqual(await receivers('notice'), [0, 1, 2, 3, 4].map(address));
});

test('who wanted no more gets none, whichever link they used, and is counted', async () => {
	const { aNotice, sent, spread, mailsOf, receivers, address, outcome } = talk;
	const first = await aNotice();
	await sent(first);
	await spread(first);
	const [mail] = await mailsOf('notice');
	await setMail(database, links, mail!.unsubscribeUrl!.split('/').at(-1)!, false);
	await inTransaction(database, (transaction) =>
		transaction.query(`insert into mail_stops (topic_id, address, kind, stopped_at) values ($1, $2, 'news', now())`, [
			nilTopic,
			address(1)
		])
	);
	const second = await aNotice();
	await sent(second);
	await spread(second);
	assert.equal((await outcome(first))!.unsubscribed, 2);
	assert.deepEqual(await outcome(second), { unwanted: 2, waiting: 4, sent: 0, failed: 0, stopped: 0, unsubscribed: 0 });
	assert.equal((await mailsOf('notice')).length, 10);
	const digest = await aNotice();
	await sent(digest, 'digest');
	await sendNews(database, wishes);
	assert.deepEqual(await receivers('news'), [2, 3, 4, 5].map(address));
});

test('two runs at once, one of which is killed, write to each person once', async () => {
	const { aNotice, sent, spread, receivers, topicId, address } = talk;
	const noticeId = await aNotice();
	await sent(noticeId);
	let queries = 0;
	const dying = {
		...database,
		query: ((...given: Parameters<Database['query']>) => {
			if (++queries > 3) throw new Error('killed');
			return database.query(...given);
		}) as Database['query']
	};
	await assert.rejects(spreadNotice(dying, { topicId, noticeId }, wishes), /killed/);
	await Promise.all([spread(noticeId), spread(noticeId)]);
	assert.deepEqual(await receivers('notice'), [0, 1, 2, 3, 4, 5].map(address));
});

test('what was taken back goes to nobody more: neither mails that wait nor those of the next round', async () => {
	const { aNotice, sent, spread, mailsOf, topicId, address, outcome } = talk;
	const noticeId = await aNotice();
	await sent(noticeId);
	await spread(noticeId);
	const left: string[] = [];
	const mailer: Mailer = {
		send: ({ to }) => (left.push(to), Promise.resolve('sent')),
		forget: () => Promise.resolve(),
		close: () => {}
	};
	const all = await mailsOf('notice');
	await deliverMail(database, mailer, nilTopic, all[0]!.mailId);
	await takeNoticeBack(database, topicId, noticeId, secretary);
	for (const { mailId } of all) {
		await inTransaction(database, (transaction) => retryMail(transaction, nilTopic, mailId));
		await deliverMail(database, mailer, nilTopic, mailId);
	}
	assert.deepEqual(left, [address(0)]);
	assert.deepEqual(await outcome(noticeId), {
		unwanted: 0,
		waiting: 0,
		sent: 1,
		failed: 0,
		stopped: 5,
		unsubscribed: 0
	});
	const never = await aNotice();
	await sent(never);
	await takeNoticeBack(database, topicId, never, secretary);
	await spread(never);
	const inDigest = await aNotice();
	await sent(inDigest, 'digest');
	await takeNoticeBack(database, topicId, inDigest, secretary);
	await sendNews(database, wishes);
	assert.equal((await mailsOf('notice', 'news')).length, 6);
	assert.deepEqual(await noticesOf(database, topicId, { only: 'public' }), []);
});

test('a trial goes to who asks alone; a sixth notice of a day, a half one and one by others are refused', async () => {
	const { aNotice, sent, receivers, topicId } = talk;
	const noticeId = await aNotice();
	assert.equal(await sendTrial(database, topicId, noticeId, wishes, secretary), 'secretary@example.org');
	assert.deepEqual(await receivers('notice', 'news'), []);
	await assert.rejects(aNotice({ texts: { title: { en: 'x'.repeat(151) }, text: { en: 'a' } } }), { code: 'unusable-text' });
	await assert.rejects(sent(await aNotice({ texts: { title: { en: 'Only a subject' } } })), { code: 'notice-unfinished' });
	for (let count = 0; count < 5; count++) await sent(await aNotice());
	await assert.rejects(sent(noticeId), { code: 'notices-too-many' });
	const moderator: Actor = { ...secretary, roles: [{ role: 'moderator', topicId }] };
	await assert.rejects(sendNotice(database, topicId, noticeId, 'now', moderator), { code: 'not-allowed' });
	await assert.rejects(takeNoticeBack(database, topicId, noticeId, moderator), { code: 'not-allowed' });
	await assert.rejects(sendTrial(database, topicId, noticeId, wishes, moderator), { code: 'not-allowed' });
});

test('after a month the figures stand, and nothing leads from the notice to an address; who left is gone at once', async () => {
	const { aNotice, sent, spread, people, outcome } = talk;
	const noticeId = await aNotice();
	await sent(noticeId);
	await spread(noticeId);
	await deleteAccount(database, people[0]!);
	assert.deepEqual(await outcome(noticeId), {
		unwanted: 0,
		waiting: 5,
		sent: 0,
		failed: 1,
		stopped: 0,
		unsubscribed: 0
	});
	const month: Database = { ...database, clockShift: 31 * 24 * 3_600_000 };
	await inTransaction(month, forgetReceivers);
	await inTransaction(month, forgetReceivers);
	assert.deepEqual(await outcome(noticeId), {
		unwanted: 0,
		waiting: 0,
		sent: 0,
		failed: 6,
		stopped: 0,
		unsubscribed: 0
	});
	const { rowCount } = await database.query(`select from notice_receivers where notice_id = $1 and mail_id is not null`, [
		noticeId
	]);
	assert.equal(rowCount, 0);
	const { rows } = await database.query<{ count: number }>(`select count(*)::int from notice_receivers where notice_id = $1`, [
		noticeId
	]);
	assert.equal(rows[0]!.count, 6);
});
