import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { uuidv4 } from '#database/ids.ts';
import { isChatham, showsGroups, showsNames } from '#events/event.ts';
import type { Listed } from '#live/lists.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { askForFloor, ownPlaces, withdrawFromFloor } from '#townhalls/floor/asking.server.ts';
import { askingKinds } from '#townhalls/floor/floor.ts';
import { floorShown } from '#townhalls/floor/showing.server.ts';
import { stateForRecord } from '#townhalls/floor/stating.server.ts';
import { lastMove } from '#events/moving.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { phoneLinks } from '#web/events/event-links.ts';
import { eventInBrief, eventOfPage, linksFor } from '#web/events/event-page.server.ts';
import { languageChosen } from '#web/sending/sending.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { database, keys } = contextOf(event);
	const { actor, language, say } = event.locals;
	const last = await lastMove(database, planned.topicId, planned.eventId);
	const [{ state, speaking, rule }, own, institution] = await Promise.all([
		floorShown(database, planned, at),
		topic.archivedAt === null ? ownPlaces(database, keys, planned, actor, at) : { places: [], hasSpoken: false },
		institutionSeen(database)
	]);
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		rule: { isNamed: showsNames(planned), showsGroups: showsGroups(planned), isChatham: isChatham(planned) },
		...{ state, speaking, own, last, speechSeconds: rule.speechSeconds },
		groups: groupOptions(institution, say),
		links: linksFor(phoneLinks, event, { topic, planned }),
		// of the statement that is written next
		nextId: uuidv4(),
		done: event.url.searchParams.get('done')
	};
};

const asking = z.object({
	channel: z.enum(['room', 'remote']).default('room'),
	group: z.string().max(60).default(''),
	kind: z.enum(askingKinds).default('speak'),
	name: z.string().default('')
});
const statement = z.object({
	id: z.uuidv4(),
	text: z.string().default(''),
	group: z.string().max(60).default(''),
	name: z.string().default('')
});

export const actions: Actions = {
	ask: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event);
		const { group, ...rest } = parse(asking, typed, event.locals.say);
		const { database, keys } = contextOf(event);
		await askForFloor(database, keys, planned, { ...rest, group: group || null }, event.locals.actor);
		return moved(event, planned);
	}),
	withdraw: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event);
		const { number } = parse(z.object({ number: z.coerce.number().int().min(1).max(1e9) }), typed, event.locals.say);
		const { database, keys } = contextOf(event);
		await withdrawFromFloor(database, keys, planned, number, event.locals.actor);
		return moved(event, planned, 'withdrawn');
	}),
	state: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event);
		const { id: statementId, group, ...rest } = parse(statement, typed, event.locals.say);
		const language = await languageChosen(event, rest.text, '');
		const said = { ...rest, statementId, group: group || null, language };
		await stateForRecord(contextOf(event).database, planned, said, event.locals.actor);
		return moved(event, planned, 'stated');
	}, 'writing')
};

function moved(event: RequestEvent<{ topic: string; event: string }>, planned: Listed, done?: string): never {
	contextOf(event).lists.moved(planned);
	const { topic, event: number } = event.params;
	redirect(303, localized(event, `/topics/${topic}/events/${number}/phone${done ? `?done=${done}` : ''}`));
}
