import { json } from '@sveltejs/kit';
import { eventNow } from '#events/moving.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventOfPage } from '#web/events/event-page.server.ts';
import type { RoomNow } from '#web/room/now.ts';
import type { RequestHandler } from './$types';

/** Whether something happened: a few bytes, the same for everybody, made once a second however many ask. */
export const GET: RequestHandler = async (event) => {
	const { planned } = await eventOfPage(event);
	return json((await eventNow(contextOf(event).database, planned)) satisfies RoomNow);
};
