import { headOf } from '#topics/showing.server.ts';
import { answering } from '#web/answering.server.ts';
import { sheetsOfTopic, sheetsPage, takeSheet } from '#web/desk/sheets.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return { topic: headOf(topic, event.locals.language), ...(await sheetsPage(event, sheetsOfTopic(event, topic))) };
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		return takeSheet(event, typed, sheetsOfTopic(event, topic));
	})
};
