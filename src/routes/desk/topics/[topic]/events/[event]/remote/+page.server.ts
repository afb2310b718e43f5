import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { hubsOf } from '#events/hubs.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { askForAnother, takeOff } from '#townhalls/floor/asking.server.ts';
import { askingKinds } from '#townhalls/floor/floor.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { deskView } from '#web/floor/floor-desk.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const institution = await institutionSeen(contextOf(event).database);
	return {
		topic: headOf(topic, event.locals.language),
		event: eventInBrief(planned, topic, event.locals.language, at),
		view: await deskView(event, topic, planned),
		groups: groupOptions(institution, event.locals.say),
		hubs: (await hubsOf(contextOf(event).database, planned)).map(({ hubId, place }) => ({ value: hubId, label: place })),
		requestId: randomUUID(),
		done: event.url.searchParams.has('done')
	};
};

const form = z.object({
	requestId: z.uuid(),
	channel: z.enum(['remote', 'hub']),
	group: z.string().max(60).default(''),
	kind: z.enum(askingKinds),
	isFirst: z.literal('yes').optional(),
	name: z.string().default(''),
	hub: z.union([z.literal(''), z.uuid()]).default('')
});

export const actions: Actions = {
	put: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { group, isFirst, hub, ...rest } = parse(form, typed, event.locals.say);
		const { database, lists } = contextOf(event);
		// who names a hub means it
		const from = hub ? ({ channel: 'hub', hubId: hub } as const) : { hubId: null };
		const asking = { ...rest, ...from, group: group || null, isFirst: isFirst === 'yes' };
		await askForAnother(database, planned, asking, event.locals.actor);
		lists.moved(planned);
		redirect(303, localized(event, `/desk/topics/${event.params.topic}/events/${planned.number}/remote?done=1`));
	}),
	takeOff: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { requestId } = parse(z.object({ requestId: z.uuid() }), typed, event.locals.say);
		const { database, lists } = contextOf(event);
		await takeOff(database, planned, requestId, event.locals.actor);
		lists.moved(planned);
	})
};
