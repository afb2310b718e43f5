import type { Say } from '#languages/speaking.ts';
import type { WrittenTexts } from '#languages/texts.server.ts';

/** To whom a notice goes, of those who gave a talk an address: an account, or a mail whose sender confirmed it. */
export const audiences = ['everybody', 'contributors', 'submitters', 'followers', 'group', 'region'] as const;
export type Audience = (typeof audiences)[number];

/** Whom it is for; the key of the group or region where it is for one. */
export interface NoticeFor {
	readonly audience: Audience;
	readonly audienceKey: string;
}

export const noticeWays = ['now', 'digest'] as const;
export type NoticeWay = (typeof noticeWays)[number];

export const noticeLimits = { title: 150, text: 20_000 } as const;

/** In a day and topic: whoever is written to more often reads nothing any more. */
export const mostADay = 5;

/**
 * What of the words is missing: a notice has a subject and a text in one language at least, and in no language only one of both.
 * @returns the field that is wrong, and why
 */
export function missingIn(texts: WrittenTexts): { field: 'title' | 'text'; why: 'missing' | 'half' } | null {
	const languagesOf = (field: string) =>
		Object.entries(texts[field] ?? {}).flatMap(([language, text]) => (text.trim() === '' ? [] : [language]));
	const [titles, bodies] = [languagesOf('title'), languagesOf('text')];
	if (titles.length === 0) return { field: 'title', why: 'missing' };
	if (bodies.length === 0) return { field: 'text', why: 'missing' };
	if (bodies.some((language) => !titles.includes(language))) return { field: 'title', why: 'half' };
	if (titles.some((language) => !bodies.includes(language))) return { field: 'text', why: 'half' };
	return null;
}

/** A notice as one person gets it. */
export interface NoticeInMail {
	/** of the talk */
	readonly talk: string;
	readonly title: string;
	readonly text: string;
	/** the page on which it stands too; null where it stands on none */
	readonly page: string | null;
}

/** A mail that holds the notice alone. */
export function wordsOfNotice(say: Say, notice: NoticeInMail, links: { unsubscribe: string; isAnswered: boolean }): string {
	const { talk, text, page } = notice;
	const footer = [
		say('notices.mail-why', { talk }),
		links.isAnswered ? say('notices.mail-answer') : '',
		say('notices.mail-end', { link: links.unsubscribe })
	].filter(Boolean);
	return [plainly(text), ...(page === null ? [] : [say('notices.mail-page', { link: page })]), `---\n${footer.join('\n')}`].join(
		'\n\n'
	);
}

/** The same within a mail of news. */
export function partOfNews(say: Say, { talk, title, text, page }: NoticeInMail): string {
	const head = say('notices.in-news', { talk });
	return [`${head}\n${title}`, plainly(text), ...(page === null ? [] : [say('notices.mail-page', { link: page })])].join('\n\n');
}

/**
 * Markdown as plain text: it reads well as it is, but for links, whose address stands behind their words, and marks of
 * emphasis.
 */
export function plainly(text: string): string {
	return text
		.trim()
		.replace(/!?\[([^\]\n]{1,500})\]\(((?:[^\s()]|\([^\s()]{0,500}\)){1,2000})\)/gu, (_, label: string, address: string) =>
			label === address ? address : `${label} <${address}>`
		)
		.replace(/(\*\*|__)(?=\S)([^\n]{1,2000}?\S)\1/gu, '$2')
		.replace(/^#{1,6}[ \t]+/gmu, '');
}
