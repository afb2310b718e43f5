import { headOf } from '#topics/showing.server.ts';
import { isZone, zones } from '#topics/stages/zones.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { language } = event.locals;
	const asked = event.url.searchParams.get('zone') ?? '';
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		zones,
		zone: asked !== '' && asked.length <= 60 && isZone(asked) ? asked : null
	};
};
