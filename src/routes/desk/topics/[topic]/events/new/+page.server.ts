import { redirect } from '@sveltejs/kit';
import { uuidv7 } from '#database/ids.ts';
import { planEvent } from '#events/planning.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventForm, newEventFrom } from '#web/events/event-form.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	const { zone } = await institutionSeen(contextOf(event).database);
	return { topic: headOf(topic, event.locals.language), id: uuidv7(), ...eventForm(topic, null, zone) };
};

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const topic = await topicOfPage(event, { drafts: true });
		const planned = { topicId: topic.topicId, ...newEventFrom(typed, topic, say) };
		const { number } = await planEvent(contextOf(event).database, planned, actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${number}?done=planned`));
	})
};
