import { headOf } from '#topics/showing.server.ts';
import { codeLeads, codeShown } from '#events/event.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { floorForAll } from '#web/floor/floor-page.server.ts';
import { wayIn } from '#web/floor/way-in.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	return {
		topic: headOf(topic, event.locals.language),
		event: eventInBrief(planned, topic, event.locals.language, at),
		...(await floorForAll(event, topic, planned, at)),
		join: codeLeads(planned, at) ? { code: codeShown(planned.code), ...wayIn(event, planned.code) } : null
	};
};
