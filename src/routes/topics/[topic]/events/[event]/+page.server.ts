import { headOf } from '#topics/showing.server.ts';
import { publicLinks } from '#web/events/event-links.ts';
import { eventOfPage, eventShown, linksFor } from '#web/events/event-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { language } = event.locals;
	return {
		topic: headOf(topic, language),
		event: eventShown(planned, topic, language, at),
		links: linksFor(publicLinks, event, { topic, planned })
	};
};
