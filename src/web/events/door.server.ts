import type { RequestEvent } from '@sveltejs/kit';
import { expectedAt } from '#events/arriving.server.ts';
import { doorkeeperOf, doorShutsAt, type Doorkeeper } from '#events/door.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { groupName, groupOptions } from '#web/talk/group-names.server.ts';
import type { DoorList } from './door-list.ts';
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

/** What a phone at the door is to know. */
export async function doorListOf(
	event: Page,
	{ topic, planned, at }: Omit<Awaited<ReturnType<typeof doorOfPage>>, 'door'>
): Promise<DoorList> {
	const { language, say } = event.locals;
	const { database } = contextOf(event);
	const institution = await institutionSeen(database);
	const { slug, title } = headOf(topic, language);
	return {
		lane: planned.eventId,
		topic: { slug, title },
		event: {
			...{ number: planned.number, zone: planned.zone },
			title: inLanguage(planned.texts['title'], [language], topic.defaultLanguage)
		},
		groups: groupOptions(institution, say),
		people: (await expectedAt(database, planned)).map(({ group, arrivedAt, ...one }) => ({
			...one,
			arrivedAt: arrivedAt?.getTime() ?? null,
			group: group === null ? null : groupName(institution, group, say)
		})),
		at: at.getTime(),
		until: forgottenAt(planned, at).getTime()
	};
}

/** Staff open the door at any time: after it was shut, for the rest of their day. */
function forgottenAt(planned: EventOfTopic, at: Date): Date {
	const shut = doorShutsAt(planned);
	return at < shut ? shut : new Date(at.getTime() + 12 * 3_600_000);
}

export async function requireDoor(event: Page): Promise<Doorkeeper> {
	const { door } = await doorOfPage(event);
	if (!door) throw refusal('not-allowed');
	return door;
}
