import type { RequestEvent } from '@sveltejs/kit';
import { doorkeeperOf, type Doorkeeper } from '#events/door.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { eventOfPage } from './event-page.server.ts';
import { keptSecret } from './secrets.server.ts';

type Page = RequestEvent<{ topic: string; event: string }>;

export const doorCookie = (eventId: string) => `door-${eventId.slice(-12)}`;

/** Who stands at the door of the event that the address names; null: nobody who may. */
export async function doorOfPage(event: Page) {
	const found = await eventOfPage(event, { atDesk: true });
	const { planned, at } = found;
	const token = keptSecret(event, doorCookie(planned.eventId));
	const ask = () => doorkeeperOf(contextOf(event).database, planned, { actor: event.locals.actor, token, at });
	const door = token === null ? await ask() : await guessed(event, ask, (keeper) => keeper === null);
	return { ...found, door };
}

export async function requireDoor(event: Page): Promise<Doorkeeper> {
	const { door } = await doorOfPage(event);
	if (!door) throw refusal('not-allowed');
	return door;
}
