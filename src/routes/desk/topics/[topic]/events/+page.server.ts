import { mayPlanEvents } from '#events/event.ts';
import { headOf } from '#topics/showing.server.ts';
import { eventsShown } from '#web/events/event-page.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return {
		topic: headOf(topic, event.locals.language),
		mayPlan: mayPlanEvents(event.locals.actor) && topic.archivedAt === null,
		...(await eventsShown(event, topic, { alsoPlanned: true }))
	};
};
