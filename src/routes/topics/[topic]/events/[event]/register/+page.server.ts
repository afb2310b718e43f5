import { redirect } from '@sveltejs/kit';
import { showsNames } from '#events/event.ts';
import { usableInvitation } from '#events/inviting.server.ts';
import { register } from '#events/registering.server.ts';
import { closedBecause, placesOf } from '#events/registration.ts';
import { placesTaken } from '#events/registrations.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, limit, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventOfPage, eventShown } from '#web/events/event-page.server.ts';
import { registrationForm, registrationFrom } from '#web/events/registration-form.server.ts';
import { forgetSecret, keepSecret, keptSecret, surroundingsOf } from '#web/events/secrets.server.ts';
import type { Actions, PageServerLoad } from './$types';

const cookie = 'event-invitation';

export const load: PageServerLoad = async (event) => {
	limit(event, 'acting');
	const { topic, planned, at } = await eventOfPage(event);
	const invitation = event.url.searchParams.get('invitation');
	if (invitation !== null) {
		keepSecret(event, cookie, invitation, 1);
		redirect(303, localized(event, `/topics/${topic.slug}/events/${planned.number}/register`));
	}
	const { database } = contextOf(event);
	const { language } = event.locals;
	const token = keptSecret(event, cookie);
	const isInvited = token !== null && (await usableInvitation(database, planned, token)) !== null;
	const taken = await placesTaken(database, planned);
	const form = await registrationForm(event, planned);
	return {
		topic: headOf(topic, language),
		event: eventShown(planned, topic, language, at),
		isSent: event.url.searchParams.has('sent'),
		closed: closedBecause(planned, at, isInvited),
		form,
		full: form.ways.filter((way) => {
			const places = placesOf(planned, way);
			return places !== null && taken[way].taken >= places;
		}),
		mayBeListed: showsNames(planned)
	};
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { topic, planned } = await eventOfPage(event);
		const draft = await registrationFrom(event, typed);
		const invitation = keptSecret(event, cookie);
		await register(contextOf(event).database, planned, draft, { ...surroundingsOf(event), invitation });
		if (invitation !== null) forgetSecret(event, cookie);
		contextOf(event).cache.purge([`/topics/${topic.slug}/events`]);
		redirect(303, localized(event, `/topics/${topic.slug}/events/${planned.number}/register?sent`));
	}, 'writing')
};
