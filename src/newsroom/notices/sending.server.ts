import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { stopMails } from '#mail/stopping-mails.server.ts';
import { mailOf, type NoticeWishes } from '#newsroom/notices/mailing.server.ts';
import { mostADay, missingIn, type NoticeWay } from '#newsroom/notices/notice.ts';
import { reachOf } from '#newsroom/notices/receivers.server.ts';
import { lockedNotice, type NoticeOfTopic } from '#newsroom/notices/writing.server.ts';
import { ownAccount } from '#people/accounts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { fewest } from '#topics/participation/small-numbers.ts';

export const sendNoticeJob = 'newsroom.send-notice';
/** Of a mail by which staff look at a notice before it is sent. */
export const trialMail = 'notice-trial';

/**
 * Sends the notice: at once, or with the next mail of news of each. A second click finds it sent. Refuses a notice for so few
 * that whom it went to would tell who they are.
 */
export async function sendNotice(
	database: Database,
	topicId: string,
	noticeId: string,
	way: NoticeWay,
	actor: Actor
): Promise<void> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const topic = await topicOf(transaction, topicId);
		if (topic.archivedAt !== null) throw refusal('topic-archived');
		if (topic.publishedAt === null) throw refusal('notice-of-draft');
		// one at a time, or two at once would be one more than may be
		await transaction.query(`select from topics where topic_id = $1 for no key update`, [topicId]);
		const notice = await lockedNotice(transaction, topicId, noticeId);
		if (!notice) throw refusal('not-found');
		if (notice.takenBackAt !== null) throw refusal('already-decided');
		if (notice.way !== null) return;
		if (missingIn(writtenIn(notice)) !== null) throw refusal('notice-unfinished');
		if (isNarrow(notice) && (await reachOf(transaction, topicId, notice)) < fewest) throw refusal('notice-for-few', { fewest });
		if ((await sentLately(transaction, topicId)) >= mostADay) throw refusal('notices-too-many', { most: mostADay });
		await transaction.query(
			`insert into notice_sendings (topic_id, notice_id, way, sent_at, sent_by) values ($1, $2, $3, $4, $5)`,
			[topicId, noticeId, way, transaction.at, accountOf(actor)]
		);
		if (way === 'now')
			await addJob(transaction, sendNoticeJob, { topicId, noticeId }, { jobKey: `notice ${noticeId}`, maxAttempts: 18 });
		await record(transaction, { topicId, actor, did: 'sent', kind: 'notice', thingId: noticeId, details: { way } });
	});
}

/** Nobody gets it any more who has not got it yet, and no page shows it. */
export async function takeNoticeBack(database: Database, topicId: string, noticeId: string, actor: Actor): Promise<void> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const notice = await lockedNotice(transaction, topicId, noticeId);
		if (!notice) throw refusal('not-found');
		if (notice.takenBackAt !== null) return;
		await transaction.query(`insert into notice_ends (topic_id, notice_id, ended_at, ended_by) values ($1, $2, $3, $4)`, [
			topicId,
			noticeId,
			transaction.at,
			accountOf(actor)
		]);
		const { rows } = await transaction.query<{ mailId: string }>(
			`select mail_id as "mailId" from notice_receivers where topic_id = $1 and notice_id = $2 and mail_id is not null`,
			[topicId, noticeId]
		);
		const stopped = await stopMails(
			transaction,
			nilTopic,
			rows.map(({ mailId }) => mailId)
		);
		await record(transaction, { topicId, actor, did: 'took back', kind: 'notice', thingId: noticeId, details: { stopped } });
	});
}

/** To who asks alone, as it stands now. */
export async function sendTrial(
	database: Database,
	topicId: string,
	noticeId: string,
	wishes: NoticeWishes,
	actor: Actor
): Promise<string> {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const { email, language } = await ownAccount(transaction, actor);
		const notice = await lockedNotice(transaction, topicId, noticeId);
		if (!notice) throw refusal('not-found');
		if (missingIn(writtenIn(notice)) !== null) throw refusal('notice-unfinished');
		const mailId = uuidv7();
		const mail = await mailOf(transaction, notice, language, wishes);
		await queueMail(transaction, { ...mail(mailId), topicId: nilTopic, to: email, kind: trialMail }, mailId);
		await record(transaction, { topicId, actor, did: 'tried', kind: 'notice', thingId: noticeId });
		return email;
	});
}

/** Whom it goes to says something of them. */
export function isNarrow({ audience }: Pick<NoticeOfTopic, 'audience'>): boolean {
	return audience !== 'everybody';
}

function writtenIn({ texts }: NoticeOfTopic) {
	return Object.fromEntries(
		Object.entries(texts).map(([field, inLanguages]) => [
			field,
			Object.fromEntries(inLanguages.map(({ language, text }) => [language, text]))
		])
	);
}

async function sentLately(transaction: Transaction, topicId: string): Promise<number> {
	const { rows } = await transaction.query<{ count: number }>(
		`select count(*)::int as count from notice_sendings where topic_id = $1 and sent_at > $2`,
		[topicId, new Date(transaction.at.getTime() - 24 * 3_600_000)]
	);
	return rows[0]!.count;
}
