import type { Queryable } from '#database/connection.server.ts';
import { nilTopic } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { wordsOf } from '#languages/texts.server.ts';
import type { Mail } from '#mail/mail.server.ts';
import { wordsOfNotice, type NoticeInMail } from '#newsroom/notices/notice.ts';
import type { NoticeOfTopic } from '#newsroom/notices/writing.server.ts';
import type { NewsLinks } from '#newsroom/unsubscribing.server.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { Topic } from '#topics/topic.ts';

/** Of mails that hold a notice alone. */
export const noticeMail = 'notice';

export interface NoticeWishes {
	readonly links: NewsLinks;
	/** of the links in the mail: https://talks.example.org */
	readonly origin: string;
}

export type MailOfNotice = (mailId: string) => Pick<Mail, 'language' | 'subject' | 'body' | 'unsubscribeUrl' | 'replyTo'>;

/** The mail as somebody of this language gets it; each has its own link by which one click ends it. */
export async function mailOf(
	queryable: Queryable,
	notice: NoticeOfTopic,
	language: Language,
	{ links, origin }: NoticeWishes
): Promise<MailOfNotice> {
	const topic = await topicOf(queryable, notice.topicId);
	const replyTo = await answersGoTo(queryable, topic);
	const say = speakerOf(language);
	const inMail = noticeInMail(notice, topic, language, origin);
	return (mailId) => {
		const unsubscribe = origin + pathInLanguage(`/unsubscribe/${links.token({ topicId: nilTopic, mailId })}`, language);
		return {
			language,
			subject: say('notices.mail-subject', { title: inMail.title, talk: inMail.talk }),
			body: wordsOfNotice(say, inMail, { unsubscribe, isAnswered: replyTo !== null }),
			unsubscribeUrl: unsubscribe,
			replyTo
		};
	};
}

/** In the language of who gets it, where it was written in that; else in the topic's own, else in any. */
export function noticeInMail(notice: NoticeOfTopic, topic: Topic, language: Language, origin: string): NoticeInMail {
	const { title, text } = wordsOf(notice.texts, ['title', 'text'], [language], topic.defaultLanguage);
	const talk = wordsOf(topic.texts, ['title'], [language], topic.defaultLanguage).title.text;
	const path = `/topics/${topic.slug}/notices?before=${notice.number + 1}#notice-${notice.number}`;
	return { talk, title: title.text, text: text.text, page: notice.isPublic ? origin + pathInLanguage(path, language) : null };
}

/** Where an answer to a notice is read: by the contact of the talk, else of the institution; null: by nobody. */
export async function answersGoTo(queryable: Queryable, topic: Pick<Topic, 'contactEmail'>): Promise<string | null> {
	return topic.contactEmail || (await institutionOf(queryable)).contactEmail || null;
}
