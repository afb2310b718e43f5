import type { RequestEvent } from '@sveltejs/kit';
import { isPublic, type EventOfTopic } from '#events/event.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Topic } from '#topics/topic.ts';
import { hallOf, type Hall } from '#townhalls/hall.server.ts';
import { contextOf } from '#web/context.server.ts';
import { numberInAddress } from '#web/events/event-page.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';

type EventPage = RequestEvent<{ topic: string; event: string }>;

/**
 * The event that the address of a page names, and what is on in it: read once for all who have it on their phones.
 * @param isRecent whether what was so a second ago will do
 */
export async function hallOfPage(
	event: EventPage,
	{ isRecent = false } = {}
): Promise<{ topic: Topic; planned: EventOfTopic; hall: Hall; at: Date }> {
	const topic = await topicOfPage(event);
	const context = contextOf(event);
	const hall = await hallOf(context.database, topic.topicId, numberInAddress(event.params.event), { isRecent });
	if (!isPublic(hall.event)) throw refusal('not-found');
	return { topic, planned: hall.event, hall, at: momentOf(context) };
}
