import { headOf } from '#topics/showing.server.ts';
import { answering } from '#web/answering.server.ts';
import { sheetPage, sheetsOfTopic, takeMapping, takeStart } from '#web/desk/sheets.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	const sheet = await sheetPage(event, sheetsOfTopic(event, topic), event.params.sheet);
	return { topic: headOf(topic, event.locals.language), ...sheet };
};

export const actions: Actions = {
	columns: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		return takeMapping(event, typed, sheetsOfTopic(event, topic), event.params.sheet);
	}),
	start: answering(async (event) => {
		const topic = await topicOfPage(event, { drafts: true });
		return takeStart(event, sheetsOfTopic(event, topic), event.params.sheet);
	})
};
