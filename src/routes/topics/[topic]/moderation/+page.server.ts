import { z } from 'zod';
import { moderationCounts, moderationLog, type LogPlace } from '#ideas/moderating/log.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { houseRules } from '#moderation/house-rules.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event);
	const [log, counts, rules] = await Promise.all([
		moderationLog(database, topic.topicId, placeIn(event.url.searchParams.get('after'))),
		moderationCounts(database, topic.topicId),
		houseRules(database, topic.topicId)
	]);
	return {
		topic: headOf(topic, event.locals.language),
		entries: log.entries,
		after: log.next && `${log.next.at.toISOString()}_${log.next.shown}`,
		counts,
		rules: rules.map(({ number, texts }) => ({
			number,
			title: inLanguage(texts['title'], [event.locals.language], topic.defaultLanguage)
		}))
	};
};

/** "2025-11-03T10:15:00.000Z_50", as `after` writes it. */
function placeIn(text: string | null): LogPlace | null {
	const [at, shown = ''] = text?.split('_') ?? [];
	const moment = z.iso.datetime().safeParse(at);
	return moment.success && /^\d{1,4}$/u.test(shown) ? { at: new Date(moment.data), shown: Number(shown) } : null;
}
