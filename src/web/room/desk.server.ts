import { redirect, type RequestEvent } from '@sveltejs/kit';
import { headOf } from '#topics/showing.server.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';

type DeskEvent = RequestEvent<{ topic: string; event: string }>;

/** What each desk of a room begins with. */
export async function deskOfRoom(event: DeskEvent) {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { language } = event.locals;
	const shown = { topic: headOf(topic, language), event: eventInBrief(planned, topic, language, at) };
	return { topic, planned, at, shown };
}

/** Back to the desk, once the public pages of the event are forgotten: they show what was just decided. */
export function backToDesk(event: DeskEvent, path: string): never {
	const { topic, event: number } = event.params;
	contextOf(event).cache.purge([`/topics/${topic}/events/${number}`]);
	redirect(303, localized(event, `/desk/topics/${topic}/events/${number}/${path}`));
}
