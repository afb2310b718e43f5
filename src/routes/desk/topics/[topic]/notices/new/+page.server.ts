import { redirect } from '@sveltejs/kit';
import { uuidv7 } from '#database/ids.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized } from '#web/answering.server.ts';
import { audienceOptions, saveFrom } from '#web/desk/notices.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return {
		topic: headOf(topic, event.locals.language),
		id: uuidv7(),
		languages: topic.languages,
		audiences: await audienceOptions(event)
	};
};

export const actions: Actions = {
	save: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		const number = await saveFrom(event, typed, topic);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/notices/${number}?done=saved`));
	})
};
