import type { Cafe } from '#cafes/cafe.ts';
import { attributes, questionOf, roundsOf, type Guest, type Seat, type Wishes } from '#cafes/seating/seating.ts';
import { boundsOf } from '#engines/seating/bounds.ts';
import type { Pair } from '#engines/seating/input.ts';
import { qualityOf } from '#engines/seating/quality.ts';
import { roomOf } from '#engines/seating/room.ts';
import { seatingOf } from '#engines/seating/seating.ts';

/** How good a seating is, in what people can check by themselves. */
export interface Judged {
	/** how many people those meet who meet the fewest, and how many nobody could be above */
	readonly newPeople: number;
	readonly newPeopleBound: number;
	/** pairs that meet once more, each time counted: m meetings are m (m - 1) / 2 */
	readonly repeated: number;
	readonly repeatedBound: number;
	/** by how many people tables are off the shares of the room, by attribute that anybody stated */
	readonly off: readonly { readonly attribute: (typeof attributes)[number]; readonly off: number; readonly bound: number }[];
	/** how many of how many groups sit at the table that has the fewest; null: nobody stated one */
	readonly groups: { readonly fewest: number; readonly of: number } | null;
	readonly isProvenBest: boolean;
	readonly unmet: {
		readonly apart: readonly Pair[];
		readonly together: readonly Pair[];
		/** who sits at a table of other languages, online or in the room against how they come, or away from a table that they must sit at */
		readonly misplaced: readonly string[];
		/** tables too large or too small, over all rounds */
		readonly sizes: number;
	};
}

/**
 * Counts anew from who sits where. Who sits in some rounds only is there in those.
 * @param guests may know more people than sit, and fewer: who is forgotten counts as somebody of whom nothing is known
 */
export function judge(
	cafe: Pick<Cafe, 'tables' | 'rounds'>,
	guests: readonly Guest[],
	wishes: Wishes,
	seats: readonly Seat[]
): Judged | null {
	const stay = stayOf(seats);
	if (stay.size === 0 || cafe.rounds.length === 0) return null;
	const known = new Map(guests.map((guest) => [guest.guestId, guest]));
	const seated = [...stay.keys()].map((guestId) => known.get(guestId) ?? somebody(guestId));
	const room = roomOf(
		questionOf(cafe, seated, { ...wishes, pins: wishes.pins.filter(({ guestId }) => stay.has(guestId)) }, stay)
	);
	const places = new Map(room.ids.map((id, place) => [id, place]));
	const tableOf = new Int16Array(room.rounds * room.people).fill(-1);
	roundsOf(seats, cafe).forEach((tables, round) =>
		tables.forEach((ids, table) => ids.forEach((id) => (tableOf[round * room.people + places.get(id)!] = table)))
	);
	const quality = qualityOf(room, tableOf);
	const found = seatingOf(room, { tableOf, quality, method: 'search', moves: null }, boundsOf(room));
	const stated = (attribute: 'group' | 'region') => new Set(seated.flatMap((guest) => guest[attribute] ?? []));
	const proven = found.provenBest;
	return {
		newPeople: found.worstPerson,
		newPeopleBound: found.worstPersonBound,
		repeated: found.repeatedMeetings,
		repeatedBound: found.lowerBound,
		off: attributes
			.filter((attribute) => stated(attribute).size > 0)
			.map((attribute) => ({ attribute, ...found.mix[attribute]! })),
		groups: stated('group').size === 0 ? null : { fewest: fewestGroups(cafe, known, seats), of: stated('group').size },
		isProvenBest: proven.repeatedMeetings && proven.mix && proven.worstPerson,
		unmet: {
			...found.unmet,
			misplaced: quality.unmet.languages.map((person) => room.ids[person]!),
			sizes: quality.unmet.sizes
		}
	};
}

function stayOf(seats: readonly Seat[]): Map<string, { from: number; until: number }> {
	const stay = new Map<string, { from: number; until: number }>();
	for (const { guestId, roundNumber } of seats) {
		const { from, until } = stay.get(guestId) ?? { from: roundNumber - 1, until: roundNumber - 1 };
		stay.set(guestId, { from: Math.min(from, roundNumber - 1), until: Math.max(until, roundNumber - 1) });
	}
	return stay;
}

function somebody(guestId: string): Guest {
	return { guestId, name: '', group: null, region: null, languages: [], comes: 'room', hasArrived: false, hosts: null };
}

function fewestGroups(cafe: Pick<Cafe, 'tables' | 'rounds'>, known: ReadonlyMap<string, Guest>, seats: readonly Seat[]): number {
	const counts = roundsOf(seats, cafe)
		.flat()
		.filter((ids) => ids.length > 0)
		.map((ids) => new Set(ids.flatMap((id) => known.get(id)?.group ?? [])).size);
	return Math.min(...counts);
}
