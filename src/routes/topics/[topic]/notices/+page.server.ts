import { z } from 'zod';
import { wordsOf } from '#languages/texts.server.ts';
import { noticesOf, noticesOnPage } from '#newsroom/notices/writing.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { organisersMarkdown } from '#web/texts/markdown.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { language } = event.locals;
	const topic = await topicOfPage(event);
	const before = z.coerce
		.number()
		.int()
		.min(1)
		.max(1_000_000_000)
		.safeParse(event.url.searchParams.get('before') ?? undefined);
	const notices = await noticesOf(contextOf(event).database, topic.topicId, { before: before.data ?? null, only: 'public' });
	return {
		topic: headOf(topic, language),
		notices: notices.map(({ number, sentAt, texts }) => {
			const { title, text } = wordsOf(texts, ['title', 'text'], [language], topic.defaultLanguage);
			return { number, sentAt: sentAt!, title, text: { language: text.language, html: organisersMarkdown(text.text) } };
		}),
		isNewest: !before.success,
		before: notices.length === noticesOnPage ? notices.at(-1)!.number : null
	};
};
