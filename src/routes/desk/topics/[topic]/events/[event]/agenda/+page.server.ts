import { randomUUID } from 'node:crypto';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { EventOfTopic } from '#events/event.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { directions } from '#topics/order.ts';
import { headOf } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { addItem, agendaOf, changeItem, moveItem, removeItem, type WrittenItem } from '#townhalls/agenda.server.ts';
import { mayRunRoom } from '#townhalls/room.ts';
import { screenOf, showOnScreen } from '#townhalls/screen.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { textsForForm, textsFrom } from '#web/texts/texts-of-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event, { atDesk: true });
	const { language } = event.locals;
	const { database } = contextOf(event);
	const [items, screen] = await Promise.all([agendaOf(database, planned), screenOf(database, planned)]);
	const shown = (texts: (typeof items)[number]['texts']) => inLanguage(texts['title'], [language], topic.defaultLanguage);
	const changed = items.find(({ itemId }) => itemId === event.url.searchParams.get('item'));
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		languages: [topic.defaultLanguage, ...topic.languages.filter((code) => code !== topic.defaultLanguage)],
		items: items.map(({ itemId, minutes, speakers, texts }) => ({ itemId, minutes, speakers, title: shown(texts) })),
		documents: topic.documents.map(({ documentId, texts }) => ({ value: documentId, label: shown(texts).text || documentId })),
		item: changed
			? { ...changed, texts: textsForForm(changed.texts, ['title']) }
			: { itemId: randomUUID(), version: 0, minutes: 10, speakers: '', documents: [], texts: textsForForm({}, []) },
		isNew: !changed,
		/** null: who looks may not choose what stands on the screen */
		isOnScreen: mayRunRoom(event.locals.actor, topic.topicId) ? screen.shows === 'agenda' : null
	};
};

const form = z.object({
	itemId: z.uuid(),
	basedOn: z.coerce.number().int(),
	minutes: z.coerce
		.number('agenda.minutes-wrong')
		.int('agenda.minutes-wrong')
		.min(1, 'agenda.minutes-wrong')
		.max(1440, 'agenda.minutes-wrong'),
	speakers: z.string().default(''),
	documents: z.array(z.uuid()).max(50)
});
const one = z.object({ itemId: z.uuid() });

export const actions: Actions = {
	save: answering(async (event, typed) => {
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { itemId, basedOn, ...rest } = parse(form, typed, event.locals.say);
		const written: WrittenItem = { ...rest, texts: textsFrom(typed, ['title'], topic.languages) };
		const { database } = contextOf(event);
		if (basedOn === 0) await addItem(database, planned, { ...written, itemId }, event.locals.actor);
		else await changeItem(database, planned, { ...written, itemId, basedOn }, event.locals.actor);
		return changed(event, topic, planned);
	}),
	move: answering(async (event, typed) => {
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { itemId, direction } = parse(one.extend({ direction: z.enum(directions) }), typed, event.locals.say);
		await moveItem(contextOf(event).database, planned, itemId, direction, event.locals.actor);
		return changed(event, topic, planned);
	}),
	remove: answering(async (event, typed) => {
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { itemId } = parse(one, typed, event.locals.say);
		await removeItem(contextOf(event).database, planned, itemId, event.locals.actor);
		return changed(event, topic, planned);
	}),
	show: answering(async (event, typed) => {
		const { topic, planned } = await eventOfPage(event, { atDesk: true });
		const { shows } = parse(z.object({ shows: z.enum(['welcome', 'agenda']) }), typed, event.locals.say);
		await showOnScreen(contextOf(event).database, planned, { shows, pollId: null }, event.locals.actor);
		contextOf(event).cache.purge([`/topics/${topic.slug}/events/${planned.number}`]);
		return changed(event, topic, planned);
	})
};

function changed(event: RequestEvent<{ event: string }>, topic: Topic, planned: EventOfTopic): never {
	contextOf(event).lists.moved(planned);
	redirect(303, localized(event, `/desk/topics/${topic.slug}/events/${event.params.event}/agenda`));
}
