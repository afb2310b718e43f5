import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { uuidv4 } from '#database/ids.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { takesSuggestions } from '#townhalls/minutes/minutes.ts';
import { minutesOf } from '#townhalls/minutes/minutes.server.ts';
import { suggestForMinutes } from '#townhalls/minutes/suggesting.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const minutes = await minutesOf(contextOf(event).database, planned);
	const place = Number(event.url.searchParams.get('section') ?? 1);
	const section = minutes?.sections.find((one) => one.place === place);
	if (!minutes || minutes.state === 'draft' || !section) throw refusal('not-found');
	const { language } = event.locals;
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		section,
		version: minutes.version,
		isOpen: takesSuggestions(minutes, at),
		suggestionId: uuidv4(),
		isDone: event.url.searchParams.has('done')
	};
};

const form = z.object({
	id: z.uuid(),
	place: z.coerce.number().int().positive().max(1000),
	seen: z.coerce.number().int().positive().max(2_147_483_647),
	text: z.string().default(''),
	reason: z.string().default('')
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event);
		const { database } = contextOf(event);
		const { id: suggestionId, place, seen, text, reason } = parse(form, typed, event.locals.say);
		const suggested = { suggestionId, place, text: text.replaceAll('\r\n', '\n'), reason, seen };
		await suggestForMinutes(database, planned, suggested, event.locals.actor);
		const { topic, event: number } = event.params;
		redirect(303, localized(event, `/topics/${topic}/events/${number}/minutes/suggest?section=${place}&done`));
	}, 'writing')
};
