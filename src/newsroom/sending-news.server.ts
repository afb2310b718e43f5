import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { answerMail } from '#ideas/answering-requests.server.ts';
import { statementMail } from '#ideas/telling-authors.server.ts';
import { thirdPersonMail } from '#ideas/third-persons.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { forgetWords } from '#mail/forgetting.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { isMailStopped, wasWrittenTo } from '#mail/stopping.server.ts';
import { newsOfTopic, topicsWithNews, type NewsFor } from '#newsroom/gathering.server.ts';
import { wordsOfNews, type News } from '#newsroom/news.ts';
import type { NewsLinks } from '#newsroom/unsubscribing.server.ts';
import { accountsOfParticipants, type Reachable } from '#topics/reaching.server.ts';
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
 * Writes to everybody who follows something of which there is news, or whom a report cites: one mail for all talks, at most one a day for
 * each address, none without news, none to who does not want them. Only people with an account have an address.
 */
export async function sendNews(database: Database, wishes: NewsWishes): Promise<void> {
	const { at } = await inTransaction(database, async (transaction) => transaction);
	const until = new Date(at.getTime() - settling);
	const letters = await lettersWith(database, wishes.keys, until);
	for (const letter of letters.values()) await send(database, letter, until, wishes);
	await inTransaction(database, async (transaction) => {
		// which address follows what is nobody's business once it was told
		const before = new Date(at.getTime() - 7 * aDay);
		for (const kind of [newsMail, answerMail, statementMail]) await forgetWords(transaction, kind, before);
		// who asked has no account with which the address would go
		await forgetWords(transaction, thirdPersonMail, before, { andAddress: true });
		await sendNewsLater(transaction);
	});
}

/** All news for one person. */
interface Letter {
	readonly to: Reachable;
	readonly talks: { readonly topic: Topic; readonly news: readonly NewsFor[] }[];
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

async function send(database: Database, { to, talks }: Letter, until: Date, { links, origin }: NewsWishes): Promise<void> {
	const { email, language } = to;
	const say = speakerOf(language);
	const link = (path: string) => origin + pathInLanguage(path, language);
	await inTransaction(database, async (transaction) => {
		const kind = { topicId: nilTopic, address: email, kind: newsMail };
		if (await isMailStopped(transaction, kind)) return;
		if (await wasWrittenTo(transaction, kind, new Date(transaction.at.getTime() - aDay))) return;
		const mailId = uuidv7();
		const unsubscribeUrl = link(`/unsubscribe/${links.token({ topicId: nilTopic, mailId })}`);
		const parts = talks.map(({ topic, news }) => ({
			title: inLanguage(topic.texts['title'], [language], topic.defaultLanguage).text,
			link: ({ kind: of, number, since }: News) =>
				link(`/topics/${topic.slug}/${of}s/${number}${since === null ? '' : `?since=${since}`}`),
			news
		}));
		const body = wordsOfNews(say, parts, { page: link('/mine'), unsubscribe: unsubscribeUrl });
		const subject = say('news.subject', { count: talks.length, title: parts[0]!.title });
		await queueMail(
			transaction,
			{ topicId: nilTopic, to: email, language, kind: newsMail, subject, body, unsubscribeUrl },
			mailId
		);
		for (const { topic, news } of talks) await noteTold(transaction, topic.topicId, news, until);
	});
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
