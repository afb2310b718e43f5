import type { RequestEvent } from '@sveltejs/kit';
import { codeFrom, type EventKind } from '#events/event.ts';
import { eventOfCode } from '#events/events.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { contextOf, type Context } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';

/** Below the event's address: what somebody in the room has on their phone. */
const phonePage: Readonly<Record<EventKind, string>> = { cafe: '', 'town-hall': '/here', meeting: '/here' };

/** ms for which is known where a right code leads: a hall types the same one. The page itself says where it is over meanwhile. */
const keptFor = 1000;
const most = 1000;
const known = new WeakMap<Context, Map<string, { readonly room: string; readonly until: number }>>();

/** The page to which a code leads; null where it leads nowhere. Only wrong codes are counted: a hall of people types the right one. */
export async function roomOfCode(event: RequestEvent, typed: string): Promise<string | null> {
	const context = contextOf(event);
	const rooms = known.get(context) ?? new Map<string, { room: string; until: number }>();
	known.set(context, rooms);
	const code = codeFrom(typed) ?? typed;
	const kept = rooms.get(code);
	if (kept && kept.until > context.now()) return kept.room;
	const find = () => eventOfCode(context.database, code, momentOf(context));
	const found = await guessed(event, find, (one) => one === null);
	if (!found) return null;
	const { slug } = await topicOf(context.database, found.topicId);
	const room = `/topics/${slug}/events/${found.number}${phonePage[found.kind]}`;
	if (rooms.size >= most) rooms.clear();
	rooms.set(code, { room, until: context.now() + keptFor });
	return room;
}
