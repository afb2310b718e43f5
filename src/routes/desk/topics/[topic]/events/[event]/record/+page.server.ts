import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isChatham } from '#events/event.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { recordOf, summarise, turnsToSummarise } from '#townhalls/floor/summarising.server.ts';
import { figuresOfMeeting } from '#townhalls/minutes/figures.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { languageChosen } from '#web/sending/sending.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const [recorded, turns, figures, institution] = await Promise.all([
		recordOf(database, planned),
		turnsToSummarise(database, planned),
		figuresOfMeeting(database, planned),
		institutionSeen(database)
	]);
	return {
		topic: headOf(topic, event.locals.language),
		event: eventInBrief(planned, topic, event.locals.language, at),
		isChatham: isChatham(planned),
		recorded,
		turns: isChatham(planned) ? [] : turns,
		figures,
		groups: groupOptions(institution, event.locals.say),
		done: event.url.searchParams.has('done')
	};
};

const form = z.object({ turn: z.coerce.number().int().optional(), text: z.string().default('') });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { turn = null, text } = parse(form, typed, event.locals.say);
		const language = await languageChosen(event, text, '');
		await summarise(contextOf(event).database, planned, { turn, text, language }, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${planned.number}/record?done=1`));
	}, 'writing')
};
