import { countsOfTopics } from '#activity/counting.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { topicsListed } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { standing } from '#topics/stages/stage.ts';
import { contextOf } from '#web/context.server.ts';
import { organisersMarkdown } from '#web/texts/markdown.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const { language } = event.locals;
	const at = momentOf(context);
	const [institution, topics] = await Promise.all([institutionSeen(database), topicsListed(database)]);
	const counts = await countsOfTopics(
		database,
		topics.map(({ topicId }) => topicId)
	);
	const about = inLanguage(institution.texts['about'], [language]);
	const talks = topics.map((topic) => ({
		...headOf(topic, language),
		standing: standing(topic.stages, at),
		opensAt: topic.stages[0]?.opensAt ?? null,
		closesAt: new Date(Math.max(...topic.stages.map(({ closesAt }) => +closesAt))),
		ideas: counts.get(topic.topicId)?.['ideas'] ?? 0,
		submissions: counts.get(topic.topicId)?.['submissions'] ?? 0
	}));
	return {
		about: about.text === '' ? null : { html: organisersMarkdown(about.text, 2), language: about.language },
		open: talks.filter((talk) => talk.standing === 'open').sort((one, other) => +one.closesAt - +other.closesAt),
		coming: talks.filter((talk) => talk.standing === 'coming').sort((one, other) => +(one.opensAt ?? 0) - +(other.opensAt ?? 0)),
		finished: talks.filter((talk) => talk.standing === 'finished').sort((one, other) => +other.closesAt - +one.closesAt)
	};
};
