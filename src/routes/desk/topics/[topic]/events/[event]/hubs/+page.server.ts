import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { hubLink, mailHubLink, makeHubLink, revokeHubLink } from '#events/hub-links.server.ts';
import { addHub, countHeads, hubsOf, removeHub } from '#events/hubs.server.ts';
import { regions } from '#people/regions.ts';
import { inTransaction } from '#database/connection.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { zones } from '#topics/stages/zones.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { originOf } from '#web/desk/inviting.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { regionName } from '#web/events/registration-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { language, say } = event.locals;
	const hubs = await hubsOf(contextOf(event).database, planned);
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		hubs: hubs.map(({ region, ...hub }) => ({ ...hub, region: region === null ? null : regionName(region, say) })),
		zones,
		regions: regions.map((value) => ({ value, label: regionName(value, say) })),
		done: event.url.searchParams.get('done')
	};
};

const heads = z
	.string()
	.trim()
	.default('')
	.refine((text) => /^\d{0,6}$/.test(text), 'events.places-wrong')
	.transform((text) => (text === '' ? null : Number(text)));

const hubForm = z.object({
	place: z.string().trim().min(1, 'events.hub-place-missing').max(200),
	region: z.string().max(80).default(''),
	coordinator: z.string().max(120).default(''),
	email: z.union([z.literal(''), z.email('about-me.email-unusable').max(254)]).default(''),
	expected: heads,
	zone: z.string().max(60).default('')
});
const which = z.object({ hub: z.uuid() });

export const actions: Actions = {
	add: answering(async (event, typed) => {
		const { say, actor } = event.locals;
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { place, region, coordinator, email, expected, zone } = parse(hubForm, typed, say);
		const known = (regions as readonly string[]).includes(region) ? region : null;
		const who = { coordinator: coordinator || null, email: email || null };
		const hub = { place, region: known, ...who, headsExpected: expected, zone: zone || null };
		await addHub(contextOf(event).database, planned, hub, actor);
		done(event, 'added');
	}),

	count: answering(async (event, typed) => {
		const { say, actor } = event.locals;
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { hub, counted } = parse(which.extend({ counted: heads }), typed, say);
		if (counted !== null) await countHeads(contextOf(event).database, planned, hub, counted, actor);
		done(event, 'counted');
	}),

	/** The link is shown once, in the answer itself; it stands in no address. */
	link: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { hub: hubId, way } = parse(which.extend({ way: z.enum(['show', 'mail']) }), typed, event.locals.say);
		const { language, actor } = event.locals;
		const origin = originOf(event);
		const of = { topicId: planned.topicId, eventId: planned.eventId };
		return inTransaction(contextOf(event).database, async (transaction) => {
			const { hub, secret } = await makeHubLink(transaction, { ...of, hubId }, actor);
			const isSent = way === 'mail' && (await mailHubLink(transaction, of, { hub, secret, origin, language }));
			return { made: { place: hub.place, link: hubLink(origin, language, secret), isSent } };
		});
	}),

	revoke: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { hub: hubId } = parse(which, typed, event.locals.say);
		const { topicId, eventId } = planned;
		await revokeHubLink(contextOf(event).database, { topicId, eventId, hubId }, event.locals.actor);
		done(event, 'revoked');
	}),

	remove: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { hub } = parse(which, typed, event.locals.say);
		await removeHub(contextOf(event).database, planned, hub, event.locals.actor);
		done(event, 'removed');
	})
};

function done(event: RequestEvent<{ topic: string; event: string }>, what: string): never {
	const { topic, event: number } = event.params;
	contextOf(event).cache.purge([`/topics/${topic}/events`]);
	redirect(303, localized(event, `/desk/topics/${topic}/events/${number}/hubs?done=${what}`));
}
