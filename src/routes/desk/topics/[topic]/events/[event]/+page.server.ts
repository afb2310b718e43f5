import { redirect, type RequestEvent } from '@sveltejs/kit';
import { codeShown, mayPlanEvents, mayTurn } from '#events/event.ts';
import { cancelEvent, confirmEvent, holdEvent } from '#events/planning.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { forgetPages } from '#web/desk/setup.server.ts';
import { reasonFrom } from '#web/events/event-form.server.ts';
import { deskLinks } from '#web/events/event-links.ts';
import { eventOfPage, eventShown, linksFor } from '#web/events/event-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { actor, language } = event.locals;
	const mayPlan = mayPlanEvents(actor);
	return {
		topic: headOf(topic, language),
		isDraft: topic.publishedAt === null,
		languages: topic.languages,
		event: eventShown(planned, topic, language, at),
		remoteLink: planned.remoteLink,
		code: codeShown(planned.code),
		wasConfirmed: planned.wasConfirmed,
		mayConfirm: mayPlan && mayTurn(planned.state, 'confirmed'),
		mayHold: mayPlan && mayTurn(planned.state, 'held') && planned.startsAt <= at,
		mayCancel: mayPlan && mayTurn(planned.state, 'cancelled'),
		links: linksFor(deskLinks, event, { topic, planned }),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	confirm: answering(async (event) => turned(event, 'confirmed', confirmEvent)),
	hold: answering(async (event) => turned(event, 'held', holdEvent)),
	cancel: answering(async (event, typed) => {
		const { topic } = await eventOfPage(event, { atDesk: true });
		const reason = reasonFrom(typed, topic, event.locals.say);
		return turned(event, 'cancelled', (database, topicId, eventId, actor) =>
			cancelEvent(database, topicId, eventId, reason, actor)
		);
	})
};

async function turned(
	event: RequestEvent<{ topic: string; event: string }>,
	done: string,
	turn: typeof confirmEvent
): Promise<never> {
	const { topic, planned } = await eventOfPage(event, { atDesk: true });
	await turn(contextOf(event).database, topic.topicId, planned.eventId, event.locals.actor);
	forgetPages(event, topic.slug);
	redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${planned.number}?done=${done}`));
}
