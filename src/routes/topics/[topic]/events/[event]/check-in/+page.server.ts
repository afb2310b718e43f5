import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { checkIn, type CheckIn } from '#events/arriving.server.ts';
import { registrationOfBadge } from '#events/badge.ts';
import { uuidv4 } from '#database/ids.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { answering, limit, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { doorCookie, doorListOf, doorOfPage, requireDoor } from '#web/events/door.server.ts';
import { keepSecret, surroundingsOf } from '#web/events/secrets.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	limit(event, 'acting');
	const { topic, planned, at, door } = await doorOfPage(event);
	const token = event.url.searchParams.get('door');
	if (token !== null) {
		keepSecret(event, doorCookie(planned.eventId), token, 14);
		redirect(303, localized(event, `/topics/${topic.slug}/events/${planned.number}/check-in`));
	}
	return { list: door ? await doorListOf(event, { topic, planned, at }) : null };
};

const arriveForm = z.object({ registration: z.uuid().optional(), badge: z.string().max(200).default('') });
const walkInForm = z.object({
	name: z.string().trim().min(1, 'events.person-missing').max(200),
	group: z.string().max(80).default('')
});

/** Without script each check-in is sent by itself. */
export const actions: Actions = {
	arrive: answering(async (event, typed) => {
		const door = await requireDoor(event);
		const { registration, badge } = parse(arriveForm, typed, event.locals.say);
		const registrationId = registration ?? registrationOfBadge(badge);
		if (!registrationId) throw refusal('no-such-badge');
		await one(event, door, { registrationId, how: registration ? 'name' : 'badge' });
	}),

	'walk-in': answering(async (event, typed) => {
		const door = await requireDoor(event);
		const { name, group } = parse(walkInForm, typed, event.locals.say);
		const { groups } = await institutionSeen(contextOf(event).database);
		await one(event, door, { name, group: groups.includes(group) ? group : null, region: null });
	})
};

type Asked = Parameters<Actions[string]>[0];

async function one(event: Asked, door: Awaited<ReturnType<typeof requireDoor>>, who: CheckIn['who']): Promise<never> {
	const { database } = contextOf(event);
	const [done] = await checkIn(database, door, [{ id: uuidv4(), age: 0, who }], surroundingsOf(event));
	if (done?.state === 'refused') throw done.reason;
	const { topic, event: number } = event.params;
	redirect(303, localized(event, `/topics/${topic}/events/${number}/check-in?done=in`));
}
