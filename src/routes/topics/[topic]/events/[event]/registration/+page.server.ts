import { redirect, type RequestEvent } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { badgeOf } from '#events/badge.ts';
import { showsGroups } from '#events/event.ts';
import { giveBack, takeOffer } from '#events/registering.server.ts';
import type { Registration } from '#events/registration.ts';
import { registrationWithCode } from '#events/registrations.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, limit, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventOfPage, eventShown } from '#web/events/event-page.server.ts';
import { keepSecret, keptSecret, surroundingsOf } from '#web/events/secrets.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Page = RequestEvent<{ topic: string; event: string }>;

export const load: PageServerLoad = async (event) => {
	limit(event, 'acting');
	const { topic, planned, at } = await eventOfPage(event);
	const code = event.url.searchParams.get('code');
	if (code !== null) {
		keepSecret(event, cookieOf(planned.eventId), code, 90);
		redirect(303, localized(event, `/topics/${topic.slug}/events/${planned.number}/registration`));
	}
	const { language, say } = event.locals;
	const own = await ownOf(event, planned);
	const institution = await institutionSeen(contextOf(event).database);
	return {
		topic: headOf(topic, language),
		event: eventShown(planned, topic, language, at),
		done: event.url.searchParams.get('done'),
		own: own && {
			name: own.name,
			organisation: own.organisation,
			group: own.group !== null && showsGroups(planned) ? groupName(institution, own.group, say) : null,
			way: own.way,
			state: own.state,
			why: own.why,
			keptUntil: own.keptUntil,
			hasCome: own.hasCome,
			// a badge is of use to who has a place
			badge: own.state === 'placed' && own.way === 'room' ? picture(badgeOf(own.registrationId)) : null,
			remoteLink: own.state === 'placed' && own.way === 'online' ? planned.remoteLink : null
		}
	};
};

export const actions: Actions = {
	open: answering(async (event, typed) => {
		const { code } = parse(z.object({ code: z.string().trim().min(1, 'events.code-missing').max(60) }), typed, event.locals.say);
		const { planned } = await eventOfPage(event);
		const found = await guessed(
			event,
			() => registrationWithCode(contextOf(event).database, planned, code),
			(one) => one === null
		);
		if (!found) throw refusal('wrong-code');
		keepSecret(event, cookieOf(planned.eventId), code, 90);
		done(event, 'opened');
	}),

	take: answering(async (event) => {
		await takeOffer(contextOf(event).database, await requireOwn(event));
		done(event, 'taken');
	}),

	'give-back': answering(async (event) => {
		await giveBack(contextOf(event).database, await requireOwn(event), surroundingsOf(event));
		done(event, 'given-back');
	})
};

function cookieOf(eventId: string): string {
	return `registration-${eventId.slice(-12)}`;
}

async function ownOf(event: Page, planned: { topicId: string; eventId: string }): Promise<Registration | null> {
	const code = keptSecret(event, cookieOf(planned.eventId));
	if (code === null) return null;
	return guessed(
		event,
		() => registrationWithCode(contextOf(event).database, planned, code),
		(one) => one === null
	);
}

async function requireOwn(event: Page): Promise<Registration> {
	const { planned } = await eventOfPage(event);
	const own = await ownOf(event, planned);
	if (!own) throw refusal('wrong-code');
	return own;
}

function picture(text: string): string {
	return `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2, ecc: 'Q' }))}`;
}

function done(event: Page, what: string): never {
	const { topic, event: number } = event.params;
	contextOf(event).cache.purge([`/topics/${topic}/events`]);
	redirect(303, localized(event, `/topics/${topic}/events/${number}/registration?done=${what}`));
}
