import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { changedCards } from '#cafes/seating/card.ts';
import { cardsGiven, giveOutCards } from '#cafes/seating/cards.server.ts';
import { askForSeating, seatingProgress, stopSeating } from '#cafes/seating/asking.server.ts';
import { guestsOf, whoms } from '#cafes/seating/guests.server.ts';
import { chooseSeating, deleteSeating } from '#cafes/seating/keeping.server.ts';
import { seatingsOf, seatsIn } from '#cafes/seating/reading.server.ts';
import { setPair, setPin } from '#cafes/seating/wishing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage } from '#web/cafes/cafe-page.server.ts';
import { roomOfPage } from '#web/cafes/seating-page.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** So many are judged on the page; the others tell it on their own. */
const mostJudged = 6;

export const load: PageServerLoad = async (event) => {
	const room = await roomOfPage(event);
	const { of, cafe, held, nameOf, judged, wishes } = room;
	const { database } = contextOf(event);
	const progress = await seatingProgress(database, of.topicId, of.eventId);
	const seatings = await seatingsOf(database, of.topicId, of.eventId);
	const shown = await Promise.all(
		seatings.map(async (seating, place) => {
			const seats =
				place < mostJudged || seating.isInForce ? await seatsIn(database, of.topicId, of.eventId, seating.number) : [];
			return { ...seating, judged: seats.length > 0 ? judged(seats) : null, seats };
		})
	);
	const inForce = shown.find(({ isInForce }) => isInForce);
	const given = await cardsGiven(database, of);
	const changed = inForce && given.length > 0 ? changedCards(given, inForce.seats, held) : [];
	const coming = await guestsOf(database, of.topicId, of.eventId, 'placed');
	return {
		...cafeHead(event, room.topic, room.planned),
		...{ tables: cafe.tables.length, rounds: cafe.rounds.length, held },
		people: coming.length,
		arrived: coming.filter(({ hasArrived }) => hasArrived).length,
		progress: progress && {
			...{ state: progress.state, done: progress.done, total: progress.total, explanation: progress.explanation },
			isAskedToStop: progress.isAskedToStop
		},
		seatings: shown.map(({ seats: _, method, ...seating }) => ({
			...seating,
			how: method === 'closed form' ? ('rule' as const) : method
		})),
		hasInForce: inForce !== undefined,
		changed: changed.map(({ guestId, changes }) => ({ name: nameOf(guestId), changes })),
		hasGiven: given.length > 0,
		guests: coming.map(({ guestId, name }) => ({ guestId, name })).sort((one, other) => one.name.localeCompare(other.name)),
		pairs: wishes.pairs.map(({ one, other, kind }) => ({ one, other, kind, names: [nameOf(one), nameOf(other)] })),
		pins: wishes.pins.map((pin) => ({ ...pin, name: nameOf(pin.guestId) })),
		done: event.url.searchParams.get('done')
	};
};

const seatForm = z.object({
	whom: z.enum(whoms),
	how: z.enum(['anew', 'again']),
	seconds: z.coerce.number().int().min(1).max(120)
});
const ofSeating = z.object({ seating: z.coerce.number().int().min(1) });
const pairForm = z.object({
	one: z.uuid('cafes.choose-person'),
	other: z.uuid('cafes.choose-person'),
	kind: z.enum(['apart', 'together', 'none'])
});
const pinForm = z.object({
	guest: z.uuid('cafes.choose-person'),
	round: z.string(),
	table: z.string()
});

export const actions: Actions = {
	seat: answering(async (event, typed) => {
		const { how, ...wish } = parse(seatForm, typed, event.locals.say);
		const { of, back } = await asked(event);
		await askForSeating(contextOf(event).database, { ...of, ...wish, again: how === 'again' }, event.locals.actor);
		return back('');
	}),
	stop: answering(async (event) => {
		const { of, back } = await asked(event);
		await stopSeating(contextOf(event).database, of, event.locals.actor);
		return back('');
	}),
	choose: answering(async (event, typed) => {
		const { seating } = parse(ofSeating, typed, event.locals.say);
		const { of, back } = await asked(event);
		await chooseSeating(contextOf(event).database, { ...of, number: seating }, event.locals.actor);
		return back('chosen');
	}),
	delete: answering(async (event, typed) => {
		const { seating } = parse(ofSeating, typed, event.locals.say);
		const { of, back } = await asked(event);
		await deleteSeating(contextOf(event).database, { ...of, number: seating }, event.locals.actor);
		return back('deleted');
	}),
	pair: answering(async (event, typed) => {
		const { kind, ...pair } = parse(pairForm, typed, event.locals.say);
		const { of, back } = await asked(event);
		await setPair(contextOf(event).database, { ...of, ...pair, kind: kind === 'none' ? null : kind }, event.locals.actor);
		return back('wished', 'wishes');
	}),
	pin: answering(async (event, typed) => {
		const { guest, round, table } = parse(pinForm, typed, event.locals.say);
		const { of, back } = await asked(event);
		const pin = { guestId: guest, roundNumber: Number(round) || null, tableNumber: Number(table) || null };
		await setPin(contextOf(event).database, { ...of, ...pin }, event.locals.actor);
		return back('wished', 'wishes');
	}),
	given: answering(async (event) => {
		const { of, back } = await asked(event);
		await giveOutCards(contextOf(event).database, of, event.locals.actor);
		return back('given');
	})
};

async function asked(event: RequestEvent<{ topic: string; event: string }>) {
	const { topic, planned } = await cafeOfPage(event, { atDesk: true });
	const path = `/desk/topics/${topic.slug}/events/${planned.number}/cafe/seating`;
	return {
		of: { topicId: topic.topicId, eventId: planned.eventId },
		back: (done: string, part = ''): never =>
			redirect(303, localized(event, `${path}${done && `?done=${done}`}${part && `#${part}`}`))
	};
}
