import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { answerMail } from '#ideas/requests/answering.server.ts';
import { statementMail } from '#ideas/moderating/telling-authors.server.ts';
import { thirdPersonMail } from '#ideas/requests/third-persons.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import type { Say } from '#languages/speaking.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { forgetWords } from '#mail/forgetting.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { isMailStopped, wasWrittenTo } from '#mail/stopping.server.ts';
import { newsOfTopic, topicsWithNews, type NewsFor } from '#newsroom/gathering.server.ts';
import { wordsOfNews, type News } from '#newsroom/news.ts';
import { noticeMail } from '#newsroom/notices/mailing.server.ts';
import type { NoticeInMail } from '#newsroom/notices/notice.ts';
import { forgetReceivers } from '#newsroom/notices/outcomes.server.ts';
import type { Receiver } from '#newsroom/notices/receivers.server.ts';
import { trialMail } from '#newsroom/notices/sending.server.ts';
import { complete } from '#newsroom/notices/spreading.server.ts';
import { inMail, noticesInto, noticesWithNews, whoWaitsFor, type NoticeWithNews } from '#newsroom/notices/with-news.server.ts';
import type { NewsLinks } from '#newsroom/unsubscribing.server.ts';
import { accountsOfParticipants, type Reachable } from '#topics/participants/reaching.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

export const sendNewsJob = 'newsroom.send-news';
/** Of mails with news of what somebody follows. */
export const newsMail = 'news';

const anHour = 3_600_000;
const aDay = 24 * anHour;
// a transaction that wrote its moment may end a little later: what is younger waits for the next mail
const settling = 60_000;

/** Asks for the next round, once however often it is asked. */
export async function sendNewsLater(transaction: Transaction, wait = anHour): Promise<void> {
	const runAt = new Date(transaction.at.getTime() + wait);
	await addJob(transaction, sendNewsJob, { topicId: nilTopic }, { jobKey: sendNewsJob, runAt });
}

export interface NewsWishes {
	readonly keys: TopicKeys;
	readonly links: NewsLinks;
	/** of the links in the mail: https://talks.example.org */
	readonly origin: string;
}

/**
 * Writes to everybody who follows something of which there is news, whom a report cites, or for whom the secretariat has a notice: one
 * mail for all talks, at most one a day for each address, none without news, none to who does not want them.
 */
export async function sendNews(database: Database, wishes: NewsWishes): Promise<void> {
	const { at } = await inTransaction(database, async (transaction) => transaction);
	const until = new Date(at.getTime() - settling);
	const pending = await noticesWithNews(database);
	const letters = await lettersWith(database, wishes.keys, until);
	const later = new Set<string>();
	for await (const { to, notices } of whoWaitsFor(database, wishes.keys, pending)) {
		const talks = (to.accountId !== null && letters.get(to.accountId)?.talks) || [];
		if (to.accountId !== null) letters.delete(to.accountId);
		const waits = !(await send(database, { to, talks, notices }, until, wishes));
		if (waits) for (const { notice } of notices) later.add(notice.noticeId);
	}
	for (const letter of letters.values()) await send(database, { ...letter, notices: [] }, until, wishes);
	await inTransaction(database, async (transaction) => {
		for (const { notice } of pending) if (!later.has(notice.noticeId)) await complete(transaction, notice);
		// which address follows what is nobody's business once it was told
		const before = new Date(at.getTime() - 7 * aDay);
		for (const kind of [newsMail, noticeMail, trialMail, answerMail, statementMail]) await forgetWords(transaction, kind, before);
		await forgetReceivers(transaction);
		// who asked has no account with which the address would go
		await forgetWords(transaction, thirdPersonMail, before, { andAddress: true });
		await sendNewsLater(transaction);
	});
}

interface TalkWithNews {
	readonly topic: Topic;
	readonly news: readonly NewsFor[];
}

/** All news for one person. */
interface Letter {
	readonly to: Reachable;
	readonly talks: TalkWithNews[];
}

async function lettersWith(queryable: Queryable, keys: TopicKeys, until: Date): Promise<Map<string, Letter>> {
	const letters = new Map<string, Letter>();
	for (const topicId of await topicsWithNews(queryable, until)) {
		const news = await newsOfTopic(queryable, topicId, until);
		if (news.length === 0) continue;
		const numbers = [...new Set(news.map(({ participantNumber }) => participantNumber))];
		const accounts = await accountsOfParticipants(queryable, keys, topicId, numbers);
		const topic = await topicOf(queryable, topicId);
		for (const [accountId, own] of Map.groupBy(news, ({ participantNumber }) => accounts.get(participantNumber)?.accountId)) {
			if (accountId === undefined) continue;
			const letter = letters.get(accountId) ?? { to: accounts.get(own[0]!.participantNumber)!, talks: [] };
			letter.talks.push({ topic, news: own });
			letters.set(accountId, letter);
		}
	}
	return letters;
}

interface WholeLetter {
	readonly to: Receiver;
	readonly talks: readonly TalkWithNews[];
	readonly notices: readonly NoticeWithNews[];
}

/** @returns false: not yet, since they were written to within the day */
async function send(database: Database, letter: WholeLetter, until: Date, { keys, links, origin }: NewsWishes): Promise<boolean> {
	const { to, talks } = letter;
	const { email, language } = to;
	const say = speakerOf(language);
	const link = (path: string) => origin + pathInLanguage(path, language);
	return inTransaction(database, async (transaction) => {
		const mailId = uuidv7();
		const kind = { topicId: nilTopic, address: email, kind: newsMail };
		const isStopped = await isMailStopped(transaction, kind);
		if (!isStopped && (await wasWrittenTo(transaction, kind, new Date(transaction.at.getTime() - aDay)))) return false;
		const notices = await noticesInto(transaction, keys, to, letter.notices, mailId);
		if (isStopped || talks.length + notices.length === 0) return true;
		const unsubscribeUrl = link(`/unsubscribe/${links.token({ topicId: nilTopic, mailId })}`);
		const parts = talks.map(({ topic, news }) => ({
			title: inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text,
			link: ({ kind: of, number, since }: News) =>
				link(`/topics/${topic.slug}/${of}s/${number}${since === null ? '' : `?since=${since}`}`),
			news
		}));
		const inMails = notices.map((one) => inMail(one, language, origin));
		const body = wordsOfNews(say, parts, { page: link('/mine'), unsubscribe: unsubscribeUrl }, inMails);
		const subject = subjectOf(say, parts, inMails);
		// an answer goes to where it can be read, if the mail speaks of one talk alone
		const replyTo = talks.length === 0 && notices.length === 1 ? notices[0]!.replyTo : null;
		await queueMail(
			transaction,
			{ topicId: nilTopic, to: email, language, kind: newsMail, subject, body, unsubscribeUrl, replyTo },
			mailId
		);
		for (const { topic, news } of talks) await noteTold(transaction, topic.topicId, news, until);
		return true;
	});
}

function subjectOf(say: Say, talks: readonly { title: string }[], notices: readonly NoticeInMail[]): string {
	if (talks.length > 0) return say('news.subject', { count: talks.length, title: talks[0]!.title });
	if (notices.length > 1) return say('notices.mail-several', { count: notices.length });
	return say('notices.mail-subject', { title: notices[0]!.title, talk: notices[0]!.talk });
}

async function noteTold(transaction: Transaction, topicId: string, news: readonly NewsFor[], until: Date): Promise<void> {
	await transaction.query(
		`insert into news_told (topic_id, participant_number, told_until)
		select distinct $1::uuid, number, $3::timestamptz
		from unnest($2::int[]) as told (number)
		on conflict (topic_id, participant_number) do update set told_until = excluded.told_until`,
		[topicId, news.map(({ participantNumber }) => participantNumber), until]
	);
}
