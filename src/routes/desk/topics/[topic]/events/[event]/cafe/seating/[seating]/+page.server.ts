import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { lastSeatChange, moveGuest, swapGuests, undoSeatChange } from '#cafes/seating/changing.server.ts';
import { chooseSeating } from '#cafes/seating/keeping.server.ts';
import { seatingsOf } from '#cafes/seating/reading.server.ts';
import type { Seat } from '#cafes/seating/seating.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage } from '#web/cafes/cafe-page.server.ts';
import { roomOfPage, roundShown, seatingAsked } from '#web/cafes/seating-page.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const room = await roomOfPage(event);
	const { of, cafe, held, nameOf, judged } = room;
	const { database } = contextOf(event);
	const seating = seatingAsked(await seatingsOf(database, of.topicId, of.eventId), event.params.seating);
	const wanted = Number(event.url.searchParams.get('round'));
	const round = cafe.rounds[wanted - 1] ? wanted : Math.min(held + 1, Math.max(1, cafe.rounds.length));
	const { seats, marks, tables } = await roundShown(event, room, seating.number, round);
	const last = await lastSeatChange(database, { ...of, number: seating.number });
	return {
		...cafeHead(event, room.topic, room.planned),
		seating,
		...{ round, rounds: cafe.rounds.length, isHeld: round <= held },
		...{ marks, tables, judged: judged(seats) },
		last: last && {
			moves: last.before.map(({ guestId, roundNumber, tableNumber }) => ({
				...{ name: nameOf(guestId), roundNumber, from: tableNumber },
				to: seats.find((seat) => seat.guestId === guestId && seat.roundNumber === roundNumber)?.tableNumber ?? tableNumber
			})),
			before: judged(asBefore(seats, last.before))
		}
	};
};

/** The seats as they were before the last change. */
function asBefore(seats: readonly Seat[], before: readonly Seat[]): Seat[] {
	const key = ({ guestId, roundNumber }: Seat) => `${guestId} ${roundNumber}`;
	const was = new Map(before.map((seat) => [key(seat), seat]));
	return seats.map((seat) => was.get(key(seat)) ?? seat);
}

const inRound = { round: z.coerce.number().int().min(1) };
const swapForm = z.object({ ...inRound, one: z.uuid('cafes.choose-person'), other: z.uuid('cafes.choose-person') });
const moveForm = z.object({ ...inRound, guest: z.uuid('cafes.choose-person'), table: z.coerce.number().int().min(1) });

export const actions: Actions = {
	swap: answering(async (event, typed) => {
		const { round, one, other } = parse(swapForm, typed, event.locals.say);
		const { of, back } = await asked(event);
		await swapGuests(contextOf(event).database, { ...of, roundNumber: round, one, other }, event.locals.actor);
		return back(round);
	}),
	move: answering(async (event, typed) => {
		const { round, guest, table } = parse(moveForm, typed, event.locals.say);
		const { of, back } = await asked(event);
		const wish = { ...of, roundNumber: round, guestId: guest, tableNumber: table };
		await moveGuest(contextOf(event).database, wish, event.locals.actor);
		return back(round);
	}),
	undo: answering(async (event, typed) => {
		const { of, back } = await asked(event);
		await undoSeatChange(contextOf(event).database, of, event.locals.actor);
		return back(Number(typed.get('round')) || 1);
	}),
	choose: answering(async (event, typed) => {
		const { of, back } = await asked(event);
		await chooseSeating(contextOf(event).database, of, event.locals.actor);
		return back(Number(typed.get('round')) || 1);
	})
};

async function asked(event: RequestEvent<{ topic: string; event: string; seating: string }>) {
	const { topic, planned } = await cafeOfPage(event, { atDesk: true });
	const of = { topicId: topic.topicId, eventId: planned.eventId };
	const { number } = seatingAsked(await seatingsOf(contextOf(event).database, of.topicId, of.eventId), event.params.seating);
	const path = `/desk/topics/${topic.slug}/events/${planned.number}/cafe/seating/${number}`;
	return { of: { ...of, number }, back: (round: number): never => redirect(303, localized(event, `${path}?round=${round}`)) };
}
