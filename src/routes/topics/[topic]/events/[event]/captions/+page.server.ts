import { lastMove } from '#events/moving.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { captionsOf } from '#townhalls/captions/lines.server.ts';
import { transcriptBefore } from '#townhalls/captions/correcting.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { database } = contextOf(event);
	const { language } = event.locals;
	const search = (event.url.searchParams.get('q') ?? '').trim().slice(0, 100);
	// before the lines: one that comes meanwhile is heard once more
	const last = await lastMove(database, planned.topicId, planned.eventId);
	const [lines, transcript] = await Promise.all([captionsOf(database, planned, { search }), transcriptBefore(database, planned)]);
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		...{ lines, last, search },
		transcript: transcript && !transcript.isErased ? transcript.number : null
	};
};
