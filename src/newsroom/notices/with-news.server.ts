import type { Database, Transaction } from '#database/connection.server.ts';
import type { Language } from '#languages/languages.ts';
import { answersGoTo, noticeInMail } from '#newsroom/notices/mailing.server.ts';
import type { NoticeInMail } from '#newsroom/notices/notice.ts';
import { accountsInChunks, amongAccounts, sendersInChunks, type Receiver } from '#newsroom/notices/receivers.server.ts';
import { hashOf, isStillSent, noteReceivers } from '#newsroom/notices/spreading.server.ts';
import { noticeNumbered, selectNotices, type NoticeOfTopic } from '#newsroom/notices/writing.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** A notice that goes with the next mail of news of each. */
export interface NoticeWithNews {
	readonly notice: NoticeOfTopic & { readonly sentAt: Date };
	readonly topic: Topic;
	readonly replyTo: string | null;
}

/** Those that somebody may still wait for, the oldest first. */
export async function noticesWithNews(database: Database): Promise<NoticeWithNews[]> {
	const { rows } = await database.query<{ topicId: string; number: number }>(
		`select "topicId", number from (${selectNotices}) as n
		where way = 'digest' and "takenBackAt" is null and not "isComplete"
		order by "sentAt", "noticeId"`
	);
	const found: NoticeWithNews[] = [];
	for (const { topicId, number } of rows) {
		const [notice, topic] = [await noticeNumbered(database, topicId, number), await topicOf(database, topicId)];
		found.push({ notice: { ...notice, sentAt: notice.sentAt! }, topic, replyTo: await answersGoTo(database, topic) });
	}
	return found;
}

/**
 * Everybody for whom there is a notice that they have not got, with all of theirs; whoever has no account comes last, a notice
 * at a time.
 */
export async function* whoWaitsFor(
	database: Database,
	keys: TopicKeys,
	pending: readonly NoticeWithNews[]
): AsyncGenerator<{ to: Receiver; notices: readonly NoticeWithNews[] }> {
	if (pending.length === 0) return;
	for await (const accounts of accountsInChunks(database)) {
		const theirs = new Map<string, NoticeWithNews[]>();
		for (const one of pending) {
			const meant = await amongAccounts(database, keys, one.notice, accounts);
			const waiting = await notYet(
				database,
				keys,
				one,
				accounts.filter(({ accountId }) => meant.has(accountId))
			);
			for (const { accountId } of waiting) theirs.set(accountId!, [...(theirs.get(accountId!) ?? []), one]);
		}
		for (const to of accounts) {
			const notices = theirs.get(to.accountId);
			if (notices) yield { to, notices };
		}
	}
	for (const one of pending)
		for await (const senders of sendersInChunks(database, one.notice))
			for (const to of await notYet(database, keys, one, senders)) yield { to, notices: [one] };
}

/**
 * Which of the notices go into this mail to this person: those that were not taken back, that they did not get, and that they
 * want.
 */
export async function noticesInto(
	transaction: Transaction,
	keys: TopicKeys,
	to: Receiver,
	notices: readonly NoticeWithNews[],
	mailId: string
): Promise<NoticeWithNews[]> {
	const taken: NoticeWithNews[] = [];
	for (const one of notices) {
		if (!(await isStillSent(transaction, one.notice))) continue;
		const [fresh] = await noteReceivers(transaction, keys, one.notice, [to], () => mailId);
		if (fresh && fresh.mailId !== null) taken.push(one);
	}
	return taken;
}

export function inMail({ notice, topic }: NoticeWithNews, language: Language, origin: string): NoticeInMail {
	return noticeInMail(notice, topic, language, origin);
}

async function notYet(
	database: Database,
	keys: TopicKeys,
	{ notice: { topicId, noticeId } }: NoticeWithNews,
	receivers: readonly Receiver[]
): Promise<Receiver[]> {
	if (receivers.length === 0) return [];
	const hashes = await Promise.all(receivers.map((receiver) => hashOf(keys, topicId, noticeId, receiver)));
	const { rows } = await database.query<{ hash: Buffer }>(
		`select keyed_hash as hash from notice_receivers where topic_id = $1 and notice_id = $2 and keyed_hash = any ($3::bytea[])`,
		[topicId, noticeId, hashes]
	);
	const told = new Set(rows.map(({ hash }) => hash.toString('hex')));
	return receivers.filter((_, index) => !told.has(hashes[index]!.toString('hex')));
}
