import type { RequestEvent } from '@sveltejs/kit';
import { roundTurnsOf } from '#cafes/leading.server.ts';
import { roundsHeld } from '#cafes/rounds.ts';
import { groupMarks } from '#cafes/seating/groups.ts';
import { guestsOf } from '#cafes/seating/guests.server.ts';
import { judge, type Judged } from '#cafes/seating/judging.ts';
import { seatsIn, wishesOf, type KeptSeating } from '#cafes/seating/reading.server.ts';
import type { Guest, Seat } from '#cafes/seating/seating.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { cafeOfPage } from '#web/cafes/cafe-page.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';

/** What all pages of seatings need to know of a café. */
export async function roomOfPage(event: RequestEvent<{ topic: string; event: string }>) {
	const asked = await cafeOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const of = { topicId: asked.topic.topicId, eventId: asked.planned.eventId };
	const guests = await guestsOf(database, of.topicId, of.eventId, 'all');
	const wishes = await wishesOf(database, of.topicId, of.eventId);
	const held = roundsHeld(await roundTurnsOf(database, of.topicId, of.eventId));
	const nameOf = namesOf(guests, event.locals.say('cafes.nobody-any-more'));
	const judged = (seats: readonly Seat[]) => {
		const found = judge(asked.cafe, guests, wishes, seats);
		return found && judgedInNames(found, nameOf);
	};
	return { ...asked, of, guests, wishes, held, nameOf, judged };
}

export type JudgedInNames = ReturnType<typeof judgedInNames>;

function judgedInNames(judged: Judged, nameOf: (guestId: string) => string) {
	const { unmet } = judged;
	const named = (pairs: Judged['unmet']['apart']) => pairs.map((pair) => pair.map(nameOf));
	return {
		...judged,
		unmet: {
			...{ apart: named(unmet.apart), together: named(unmet.together), misplaced: unmet.misplaced.map(nameOf) },
			sizes: unmet.sizes
		}
	};
}

function namesOf(guests: readonly Guest[], nobody: string): (guestId: string) => string {
	const names = new Map(guests.map(({ guestId, name }) => [guestId, name]));
	return (guestId) => names.get(guestId) || nobody;
}

/** The seating that the address names. */
export function seatingAsked(seatings: readonly KeptSeating[], asked: string): KeptSeating {
	const seating = seatings.find(({ number }) => String(number) === asked);
	if (!seating) throw refusal('not-found');
	return seating;
}

/** The letter and the name of each group in the room. */
export async function groupsShown(event: RequestEvent, guests: readonly Guest[]) {
	const { say } = event.locals;
	const names = new Map(
		groupOptions(await institutionSeen(contextOf(event).database), say).map(({ value, label }) => [value, label])
	);
	return groupMarks(guests).map(({ group, ...mark }) => ({
		...mark,
		group,
		label: group === null ? say('groups.not-stated') : (names.get(group) ?? group)
	}));
}

/** One round of a seating as its picture: who sits at which table, with the mark of their group. */
export async function roundShown(
	event: RequestEvent<{ topic: string; event: string }>,
	room: Awaited<ReturnType<typeof roomOfPage>>,
	number: number,
	roundNumber: number
) {
	const seats = await seatsIn(contextOf(event).database, room.of.topicId, room.of.eventId, number);
	const seated = new Set(seats.map(({ guestId }) => guestId));
	const known = room.guests.filter(({ guestId }) => seated.has(guestId));
	const marks = await groupsShown(event, known);
	const markOf = new Map(marks.map((mark) => [mark.group, mark]));
	const guestOf = new Map(known.map((guest) => [guest.guestId, guest]));
	const tables = room.cafe.tables.map(({ tableNumber, label }) => ({
		...{ tableNumber, label },
		people: seats
			.filter((seat) => seat.roundNumber === roundNumber && seat.tableNumber === tableNumber)
			.map(({ guestId }) => {
				const guest = guestOf.get(guestId);
				const mark = markOf.get(guest?.group ?? null);
				return {
					...{ guestId, name: room.nameOf(guestId), isHost: guest?.hosts === tableNumber },
					...{ letter: mark?.letter ?? '–', fill: mark?.fill ?? 10, group: mark?.label ?? '' }
				};
			})
			.sort((one, other) => Number(other.isHost) - Number(one.isHost) || one.name.localeCompare(other.name))
	}));
	return { seats, marks, tables };
}
