import type { RequestEvent } from '@sveltejs/kit';
import type { EventKind } from '#events/event.ts';
import { eventOfCode } from '#events/events.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';

/** Below the event's address: what somebody in the room has on their phone. */
const phonePage: Readonly<Record<EventKind, string>> = { cafe: '', 'town-hall': '/here', meeting: '/here' };

/** The page to which a code leads; null where it leads nowhere. Only wrong codes are counted: a hall of people types the right one. */
export async function roomOfCode(event: RequestEvent, code: string): Promise<string | null> {
	const context = contextOf(event);
	const find = () => eventOfCode(context.database, code, momentOf(context));
	const found = await guessed(event, find, (one) => one === null);
	if (!found) return null;
	const { slug } = await topicOf(context.database, found.topicId);
	return `/topics/${slug}/events/${found.number}${phonePage[found.kind]}`;
}
