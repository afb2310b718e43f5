import { headOf } from '#topics/showing.server.ts';
import { eventsShown } from '#web/events/event-page.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	return { topic: headOf(topic, event.locals.language), ...(await eventsShown(event, topic)) };
};
