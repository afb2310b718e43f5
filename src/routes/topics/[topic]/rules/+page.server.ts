import { wordsOf } from '#languages/texts.server.ts';
import { houseRules } from '#moderation/house-rules.server.ts';
import { moderationRuleOf } from '#moderation/ruling.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event);
	const { language } = event.locals;
	const [rules, held] = await Promise.all([houseRules(database, topic.topicId), moderationRuleOf(database, topic.topicId)]);
	return {
		topic: headOf(topic, language),
		held,
		rules: rules.map(({ number, texts, endedAt }) => ({
			number,
			endedAt,
			...wordsOf(texts, ['title', 'explanation'], [language], topic.defaultLanguage)
		}))
	};
};
