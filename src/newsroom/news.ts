import type { Say } from '#languages/speaking.ts';
import { partOfNews, type NoticeInMail } from '#newsroom/notices/notice.ts';

/** What became of something that somebody follows or sent, since they were told the last time. */
export interface News {
	readonly kind: 'idea' | 'comment' | 'submission';
	/** by which people know the thing */
	readonly number: number;
	readonly what: 'changed' | 'answered' | 'replied' | 'hidden' | 'shown' | 'drawn' | 'cited';
	/** how often: of answers, replies and ideas drawn */
	readonly count: number;
	/** of answers and replies: they came after the comment of this number */
	readonly since: number | null;
}

export interface NewsOfTalk {
	readonly title: string;
	/** the page of the thing */
	readonly link: (news: News) => string;
	readonly news: readonly News[];
}

/**
 * The text of the mail: what happened and where, never the words of a contribution, which may be gone when it is read. What the
 * secretariat has to say comes first.
 */
export function wordsOfNews(
	say: Say,
	talks: readonly NewsOfTalk[],
	links: { page: string; unsubscribe: string },
	notices: readonly NoticeInMail[] = []
): string {
	const parts = talks.map(({ title, link, news }) => {
		const things = Map.groupBy(news, ({ kind, number }) => `${kind} ${number}`);
		const lines = [...things.values()].map((about) =>
			[
				nameOf(say, about[0]!),
				...about.map((one) => `– ${sentence(say, one)}`),
				link(about.find(({ since }) => since !== null) ?? about[0]!)
			].join('\n')
		);
		return [title, ...lines].join('\n\n');
	});
	const why = say(talks.length > 0 ? 'news.footer' : 'news.footer-notices', { link: links.unsubscribe });
	const footer = `---\n${say('news.page', { link: links.page })}\n${why}`;
	return [...notices.map((notice) => partOfNews(say, notice)), ...parts, footer].join('\n\n');
}

function nameOf(say: Say, { kind, number }: News): string {
	if (kind === 'idea') return say('ideas.number', { number });
	return kind === 'comment' ? say('ideas.comment-number', { number }) : say('submissions.number', { number });
}

function sentence(say: Say, { what, count }: News): string {
	switch (what) {
		case 'answered':
			return say('news.answered', { count });
		case 'replied':
			return say('news.replied', { count });
		case 'drawn':
			return say('news.drawn', { count });
		case 'changed':
			return say('news.changed');
		case 'hidden':
			return say('news.hidden');
		case 'shown':
			return say('news.shown');
		case 'cited':
			return say('news.cited');
	}
}
