import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { uuidv4 } from '#database/ids.ts';
import { isChatham, showsGroups, showsNames } from '#events/event.ts';
import { countHeadsAtHub } from '#events/hubs.server.ts';
import { detectLanguage } from '#languages/detection.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { askingKinds } from '#townhalls/floor/floor.ts';
import { askForHub, placesOfHub, withdrawForHub } from '#townhalls/floor/hubs-on-floor.server.ts';
import { askQuestion } from '#townhalls/questions/asking.server.ts';
import { questionSettings } from '#townhalls/questions/floor-questions.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief } from '#web/events/event-page.server.ts';
import { hubOfPhone } from '#web/events/hub-of-phone.server.ts';
import { floorForAll } from '#web/floor/floor-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { hub, planned, at } = await hubOfPhone(event);
	const { database } = contextOf(event);
	const { language } = event.locals;
	const topic = await topicOf(database, planned.topicId);
	const [{ last, floor, items, times, groups }, places, settings] = await Promise.all([
		floorForAll(event, topic, planned, at),
		placesOfHub(database, { ...planned, hubId: hub.hubId }, at),
		questionSettings(database, planned)
	]);
	const isOn = planned.state === 'confirmed';
	return {
		topic: headOf(topic, language),
		event: { ...eventInBrief(planned, topic, language, at), remoteLink: planned.remoteLink },
		hub: { place: hub.place, zone: hub.zone ?? planned.zone, heads: hub.headsCounted, expected: hub.headsExpected },
		rule: { isNamed: showsNames(planned), showsGroups: showsGroups(planned), isChatham: isChatham(planned) },
		floor: { state: isOn ? floor.state : 'over', waiting: floor.waiting, speaking: floor.speaking },
		...{ last, items, times, groups, places },
		takesQuestions: isOn && settings.isOpen,
		/** of the forms: sent twice, each is one */
		requestId: uuidv4(),
		questionId: uuidv4(),
		done: event.url.searchParams.get('done')
	};
};

const counting = z.object({
	heads: z
		.string()
		.trim()
		.regex(/^\d{1,5}$/, 'hub.heads-wrong')
		.transform(Number)
});
const asking = z.object({
	requestId: z.uuid(),
	group: z.string().max(60).default(''),
	kind: z.enum(askingKinds).default('speak'),
	isFirst: z.literal('yes').optional(),
	name: z.string().default('')
});
const asked = z.object({
	questionId: z.uuid(),
	text: z.string().trim().min(1, 'hub.question-missing'),
	asker: z.string().max(500).default('')
});

export const actions: Actions = {
	count: answering(async (event, typed) => {
		const { heads } = parse(counting, typed, event.locals.say);
		const { hub, planned } = await hubOfPhone(event);
		await countHeadsAtHub(contextOf(event).database, { ...planned, hubId: hub.hubId }, heads, event.locals.actor);
		back(event, 'counted');
	}),

	ask: answering(async (event, typed) => {
		const { group, isFirst, ...rest } = parse(asking, typed, event.locals.say);
		const { hub, planned } = await hubOfPhone(event);
		const { database, lists } = contextOf(event);
		const of = { topicId: planned.topicId, eventId: planned.eventId, hubId: hub.hubId };
		await askForHub(database, of, { ...rest, group: group || null, isFirst: isFirst === 'yes' });
		lists.moved(planned);
		back(event, 'asked');
	}),

	withdraw: answering(async (event, typed) => {
		const { requestId } = parse(z.object({ requestId: z.uuid() }), typed, event.locals.say);
		const { hub, planned } = await hubOfPhone(event);
		const { database, lists } = contextOf(event);
		await withdrawForHub(database, { topicId: planned.topicId, eventId: planned.eventId, hubId: hub.hubId }, requestId);
		lists.moved(planned);
		back(event, 'withdrawn');
	}),

	question: answering(async (event, typed) => {
		const { questionId, text, asker } = parse(asked, typed, event.locals.say);
		const { hub, planned } = await hubOfPhone(event);
		const { database, keys, lists } = contextOf(event);
		const language = await detectLanguage(text, event.locals.language);
		// the place is as much as a name where people speak under theirs, and says from where it comes
		const name = asker.trim() ? `${asker.trim()} (${hub.place})` : hub.place;
		await askQuestion(database, keys, planned, { questionId, text, language, name }, event.locals.actor);
		lists.moved(planned);
		back(event, 'questioned');
	}, 'writing')
};

function back(event: RequestEvent, done: string): never {
	redirect(303, localized(event, `/hub?done=${done}`));
}
