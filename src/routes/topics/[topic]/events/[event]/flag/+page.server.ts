import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { flagThing, shownThing, type Named } from '#ideas/moderating/flagging.server.ts';
import { hidingReasons } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { text, language } = await shownThing(contextOf(event).database, topic.topicId, namedBy(event));
	return {
		topic: headOf(topic, event.locals.language),
		event: eventInBrief(planned, topic, event.locals.language, at),
		isDone: event.url.searchParams.has('done'),
		thing: { text, language }
	};
};

const form = z.object({
	reason: z.enum(hidingReasons, 'ideas.flag-reason-missing'),
	words: z.string().default('')
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const flagging = parse(form, typed, event.locals.say);
		const { topic, planned } = await eventOfPage(event);
		const named = namedBy(event);
		await flagThing(database, keys, { topicId: topic.topicId, ...named }, flagging, event.locals.actor);
		redirect(303, localized(event, `/topics/${topic.slug}/events/${planned.number}/flag?text=${named.contributionId}&done`));
	}, 'writing')
};

/** A note of a table, or what was said or asked at the event. */
function namedBy({ url }: Pick<RequestEvent, 'url'>): Extract<Named, { kind: 'said' }> {
	const contributionId = z.uuid().safeParse(url.searchParams.get('text')).data;
	if (contributionId === undefined) throw refusal('not-found');
	return { kind: 'said', contributionId };
}
