import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { attendanceOf } from '#events/attendance.server.ts';
import { openDoor } from '#events/door.server.ts';
import { inviteToEvent, invitedTo } from '#events/inviting.server.ts';
import { cancelRegistration, registerAtDesk } from '#events/registering.server.ts';
import { placesOf, ways, waysOf } from '#events/registration.ts';
import { placesTaken, registrationsOf } from '#events/registrations.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { addressesIn, originOf } from '#web/desk/inviting.server.ts';
import { attendanceShown, personAtDesk } from '#web/events/people.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { registrationForm, registrationFrom } from '#web/events/registration-form.server.ts';
import { surroundingsOf } from '#web/events/secrets.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const [registrations, taken, attendance, invitations, institution, form] = await Promise.all([
		registrationsOf(database, planned),
		placesTaken(database, planned),
		attendanceOf(database, planned),
		invitedTo(database, planned),
		institutionSeen(database),
		registrationForm(event, planned)
	]);
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		places: ways
			.filter((way) => waysOf(planned).includes(way) || taken[way].taken > 0)
			.map((way) => ({ way, places: placesOf(planned, way), ...taken[way] })),
		people: registrations.map((one) => personAtDesk(one, institution, say)),
		attendance: attendanceShown(attendance, institution, say),
		invitations,
		languages: languageCodes,
		form,
		done: event.url.searchParams.get('done')
	};
};

const inviteForm = z.object({ emails: z.string(), language: z.enum(languageCodes) });

export const actions: Actions = {
	enter: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const draft = await registrationFrom(event, typed, { atDesk: true });
		await registerAtDesk(contextOf(event).database, planned, draft, surroundingsOf(event), event.locals.actor);
		done(event, 'entered');
	}),

	invite: answering(async (event, typed) => {
		const { say, actor } = event.locals;
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { emails, language } = parse(inviteForm, typed, say);
		const wishes = { emails: addressesIn(emails, say), language, origin: originOf(event) };
		await inviteToEvent(contextOf(event).database, planned, wishes, actor);
		done(event, 'invited');
	}),

	cancel: answering(async (event, typed) => {
		const { registration: registrationId } = parse(z.object({ registration: z.uuid() }), typed, event.locals.say);
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { topicId, eventId } = planned;
		const of = { topicId, eventId, registrationId };
		await cancelRegistration(contextOf(event).database, of, surroundingsOf(event), event.locals.actor);
		done(event, 'taken-back');
	}),

	door: answering(async (event) => {
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const token = await openDoor(contextOf(event).database, planned, event.locals.actor);
		const path = localized(event, `/topics/${topic.slug}/events/${planned.number}/check-in`);
		return { door: `${originOf(event)}${path}?door=${token}` };
	})
};

function done(event: RequestEvent<{ topic: string; event: string }>, what: string): never {
	const { topic, event: number } = event.params;
	contextOf(event).cache.purge([`/topics/${topic}/events`]);
	redirect(303, localized(event, `/desk/topics/${topic}/events/${number}/people?done=${what}`));
}
