import { randomUUID } from 'node:crypto';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { isChatham } from '#events/event.ts';
import type { Listed } from '#live/lists.server.ts';
import { refusal, type RefusalCode } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { doChairsActs, takeChair } from '#townhalls/floor/chairing.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { endFloor, setRule, turnFloor } from '#townhalls/floor/keeping.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { actOfForm, deskView, deviceOf, markDevice } from '#web/floor/floor-desk.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const [view, institution, { ruleVersion }] = await Promise.all([
		deskView(event, topic, planned),
		institutionSeen(database),
		floorOf(database, planned)
	]);
	return {
		topic: headOf(topic, event.locals.language),
		event: eventInBrief(planned, topic, event.locals.language, at),
		eventId: planned.eventId,
		isChatham: isChatham(planned),
		view,
		ruleVersion,
		groups: groupOptions(institution, event.locals.say),
		// a form that is sent twice does what it does once
		acts: { actId: randomUUID(), requestId: randomUUID() }
	};
};

const weight = z.coerce
	.number('floor.weight-wrong')
	.int('floor.weight-wrong')
	.min(1, 'floor.weight-wrong')
	.max(100, 'floor.weight-wrong');

export const actions: Actions = {
	act: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const act = actOfForm(typed);
		if (!act) throw refusal('invalid-request');
		const { chair } = parse(z.object({ chair: z.coerce.number().int() }), typed, event.locals.say);
		const { database } = contextOf(event);
		const [done] = await doChairsActs(database, planned, { chair, acts: [act] }, event.locals.actor);
		if (done!.outcome !== 'done') throw refusal(done!.outcome as RefusalCode);
		return moved(event, planned);
	}),
	take: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { over } = parse(z.object({ over: z.coerce.number().int() }), typed, event.locals.say);
		const deviceId = deviceOf(event) || randomUUID();
		await takeChair(contextOf(event).database, planned, { deviceId, over }, event.locals.actor);
		markDevice(event, deviceId);
		return moved(event, planned);
	}),
	turn: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { state } = parse(z.object({ state: z.enum(['open', 'queue-closed', 'over']) }), typed, event.locals.say);
		const { database } = contextOf(event);
		if (state === 'over') await endFloor(database, planned, event.locals.actor);
		else await turnFloor(database, planned, state, event.locals.actor);
		return moved(event, planned);
	}),
	rule: answering(async (event, typed) => {
		const { planned } = await eventOfPage(event, { atDesk: true });
		const { database } = contextOf(event);
		const fields = z.object({
			...{ room: weight, remote: weight, hub: weight, basedOn: z.coerce.number().int() },
			speechSeconds: z.coerce
				.number('floor.seconds-wrong')
				.int('floor.seconds-wrong')
				.min(15, 'floor.seconds-wrong')
				.max(3600, 'floor.seconds-wrong')
		});
		const { basedOn, speechSeconds, ...channels } = parse(fields, typed, event.locals.say);
		const { groups: keys } = await institutionSeen(database);
		const ofGroups = parse(
			z.object(Object.fromEntries(keys.map((key) => [`group-${key}`, weight.default(1)]))),
			typed,
			event.locals.say
		);
		const groups = Object.fromEntries(
			keys.flatMap((key) => (ofGroups[`group-${key}`] === 1 ? [] : [[key, ofGroups[`group-${key}`]!]]))
		);
		await setRule(database, planned, { basedOn, speechSeconds, channels, groups }, event.locals.actor);
		return moved(event, planned);
	})
};

function moved(event: RequestEvent<{ topic: string; event: string }>, planned: Listed): never {
	contextOf(event).lists.moved(planned);
	redirect(303, localized(event, `/desk/topics/${event.params.topic}/events/${event.params.event}/floor`));
}
