import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { queueMails } from '#mail/mail.server.ts';
import { mailOf, noticeMail, type MailOfNotice, type NoticeWishes } from '#newsroom/notices/mailing.server.ts';
import {
	accountsInChunks,
	amongAccounts,
	sendersInChunks,
	type NoticeToSend,
	type Receiver
} from '#newsroom/notices/receivers.server.ts';
import { noticeNumbered, selectNotices, type NoticeOfTopic } from '#newsroom/notices/writing.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

export interface SpreadingWishes extends NoticeWishes {
	readonly keys: TopicKeys;
	/** aborted when the process is to end: the rest is for the next one */
	readonly ending?: AbortSignal;
}

/** Whoever stopped news wants no notices either. */
export const stopsNotices = ['news', noticeMail];

/**
 * Queues the mails of a notice that was sent at once, a chunk of people in a transaction: who was written to is known by a row,
 * so that a second run, after a kill or beside another, goes on where the first was, and nobody gets it twice. For the jobs
 * process.
 */
export async function spreadNotice(
	database: Database,
	{ topicId, noticeId }: { topicId: string; noticeId: string },
	wishes: SpreadingWishes
): Promise<void> {
	const notice = await noticeToSpread(database, topicId, noticeId);
	if (!notice) return;
	const mails = new Map<string, MailOfNotice>();
	const mailIn = async ({ language }: Receiver) => {
		const known = mails.get(language) ?? (await mailOf(database, notice, language, wishes));
		mails.set(language, known);
		return known;
	};
	for await (const receivers of receiversOf(database, wishes.keys, notice)) {
		// thrown, so that the job is tried again
		wishes.ending?.throwIfAborted();
		for (const receiver of receivers) await mailIn(receiver);
		const goesOn = await inTransaction(database, async (transaction) => {
			if (!(await isStillSent(transaction, notice))) return false;
			const fresh = await noteReceivers(transaction, wishes.keys, notice, receivers);
			await queueMails(
				transaction,
				fresh.flatMap(({ receiver, mailId }) =>
					mailId === null
						? []
						: [{ ...mails.get(receiver.language)!(mailId), topicId: nilTopic, to: receiver.email, kind: noticeMail, mailId }]
				)
			);
			return true;
		});
		if (!goesOn) return;
	}
	await inTransaction(database, (transaction) => complete(transaction, notice));
}

/** Everybody whom the notice is for, in chunks; a person with an account first, so that their language counts. */
async function* receiversOf(database: Database, keys: TopicKeys, notice: NoticeToSend): AsyncGenerator<Receiver[]> {
	for await (const accounts of accountsInChunks(database)) {
		const meant = await amongAccounts(database, keys, notice, accounts);
		yield accounts.filter(({ accountId }) => meant.has(accountId));
	}
	yield* sendersInChunks(database, notice);
}

/**
 * Notes that these people get the notice with this mail, or do not want it.
 * @returns those who were not noted before, each with the id of the mail to be; null where they want none
 */
export async function noteReceivers(
	transaction: Transaction,
	keys: TopicKeys,
	{ topicId, noticeId }: Pick<NoticeOfTopic, 'topicId' | 'noticeId'>,
	receivers: readonly Receiver[],
	newMailId: () => string = uuidv7
): Promise<{ receiver: Receiver; mailId: string | null }[]> {
	if (receivers.length === 0) return [];
	const { rows: stops } = await transaction.query<{ address: string }>(
		`select address from mail_stops where topic_id = $1 and kind = any ($2::text[]) and address = any ($3::text[])`,
		[nilTopic, stopsNotices, receivers.map(({ email }) => email)]
	);
	const unwanted = new Set(stops.map(({ address }) => address));
	const hashed = await Promise.all(
		receivers.map(async (receiver) => ({
			receiver,
			hash: await hashOf(keys, topicId, noticeId, receiver),
			mailId: unwanted.has(receiver.email) ? null : newMailId()
		}))
	);
	const { rows } = await transaction.query<{ hash: Buffer }>(
		`insert into notice_receivers (topic_id, notice_id, keyed_hash, mail_id)
		select $1, $2, keyed_hash, mail_id
		from unnest($3::bytea[], $4::uuid[]) as given (keyed_hash, mail_id)
		order by keyed_hash
		on conflict do nothing
		returning keyed_hash as hash`,
		[topicId, noticeId, hashed.map(({ hash }) => hash), hashed.map(({ mailId }) => mailId)]
	);
	const fresh = new Set(rows.map(({ hash }) => hash.toString('hex')));
	return hashed.filter(({ hash }) => fresh.has(hash.toString('hex'))).map(({ receiver, mailId }) => ({ receiver, mailId }));
}

/** Under which a receiver is known: of the address, since a person may be there with an account and with a mail. */
export function hashOf(keys: TopicKeys, topicId: string, noticeId: string, { email }: Pick<Receiver, 'email'>): Promise<Buffer> {
	return keys.hash(topicId, `notice ${noticeId} ${email}`);
}

/** Whether it was not taken back; until the end of the transaction it cannot be. */
export async function isStillSent(
	transaction: Transaction,
	{ topicId, noticeId }: Pick<NoticeOfTopic, 'topicId' | 'noticeId'>
): Promise<boolean> {
	await transaction.query(`select from notices where topic_id = $1 and notice_id = $2 for share`, [topicId, noticeId]);
	const { rowCount } = await transaction.query(`select from notice_ends where topic_id = $1 and notice_id = $2`, [
		topicId,
		noticeId
	]);
	return rowCount === 0;
}

export async function complete(
	transaction: Transaction,
	{ topicId, noticeId }: Pick<NoticeOfTopic, 'topicId' | 'noticeId'>
): Promise<void> {
	await transaction.query(
		`insert into notice_completions (topic_id, notice_id, completed_at) values ($1, $2, $3) on conflict do nothing`,
		[topicId, noticeId, transaction.at]
	);
}

async function noticeToSpread(
	database: Database,
	topicId: string,
	noticeId: string
): Promise<(NoticeOfTopic & { sentAt: Date }) | null> {
	const { rows } = await database.query<{ number: number }>(
		`select number from (${selectNotices} where n.topic_id = $1 and n.notice_id = $2) as n
		where way = 'now' and "takenBackAt" is null and not "isComplete"`,
		[topicId, noticeId]
	);
	if (!rows[0]) return null;
	const notice = await noticeNumbered(database, topicId, rows[0].number);
	return { ...notice, sentAt: notice.sentAt! };
}
