import { z } from 'zod';
import { moderationCounts, moderationLog } from '#ideas/moderation-log.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { houseRules } from '#moderation/house-rules.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event);
	const asked = z.iso.datetime().safeParse(event.url.searchParams.get('before'));
	const [log, counts, rules] = await Promise.all([
		moderationLog(database, topic.topicId, asked.success ? new Date(asked.data) : null),
		moderationCounts(database, topic.topicId),
		houseRules(database, topic.topicId)
	]);
	return {
		topic: headOf(topic, event.locals.language),
		entries: log.entries,
		before: log.more ? (log.entries.at(-1)?.at.toISOString() ?? null) : null,
		counts,
		rules: rules.map(({ number, texts }) => ({
			number,
			title: inLanguage(texts['title'], [event.locals.language], topic.defaultLanguage)
		}))
	};
};
