import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { changeEvent } from '#events/planning.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { forgetPages } from '#web/desk/setup.server.ts';
import { eventForm, eventFrom } from '#web/events/event-form.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	return {
		topic: headOf(topic, event.locals.language),
		event: eventInBrief(planned, topic, event.locals.language, at),
		...eventForm(topic, planned, planned.zone)
	};
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { basedOn } = parse(z.object({ basedOn: z.coerce.number().int() }), typed, say);
		const written = eventFrom(typed, topic, say, planned);
		const { topicId, eventId } = planned;
		await changeEvent(contextOf(event).database, { topicId, eventId, basedOn, ...written }, actor);
		forgetPages(event, topic.slug);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${planned.number}?done=changed`));
	})
};
