import type { Cafe, CafeTable } from '#cafes/cafe.ts';
import type { Guest as EngineGuest, Pair, Pin, Rounds, SeatingInput } from '#engines/seating/input.ts';

/** Somebody who sits at tables: who registered, or a host who did not. */
export interface Guest {
	readonly guestId: string;
	readonly name: string;
	/** key of a stakeholder group; null: not stated */
	readonly group: string | null;
	readonly region: string | null;
	/** BCP 47; none: any table will do */
	readonly languages: readonly string[];
	readonly comes: 'room' | 'online';
	/** whether they were checked in */
	readonly hasArrived: boolean;
	/** the table that they host */
	readonly hosts: number | null;
}

/** One person, one round: all numbers from 1, as people say them. */
export interface Seat {
	readonly guestId: string;
	readonly roundNumber: number;
	readonly tableNumber: number;
}

export interface GuestPair {
	readonly one: string;
	readonly other: string;
	readonly kind: 'apart' | 'together';
}

/** All that a seating of a café has to hold to. */
export interface Wishes {
	readonly pairs: readonly GuestPair[];
	readonly pins: readonly Seat[];
}

/** By what tables are mixed, in the order in which the engine is told. */
export const attributes = ['group', 'region'] as const;

/**
 * The question that the engine answers. Where some come online, what a table and a person have in common is a language and a way to be there, so
 * the engine is told of both as one thing: "fr online".
 * @param stay by guest: the first round in which they are there, and the last, from 0; left out: all
 */
export function questionOf(
	{ tables, rounds }: Pick<Cafe, 'tables' | 'rounds'>,
	guests: readonly Guest[],
	{ pairs, pins }: Wishes,
	stay: ReadonlyMap<string, { readonly from: number; readonly until: number }> = new Map()
): SeatingInput {
	const here = new Set(guests.map(({ guestId }) => guestId));
	const tongues = tonguesOf(tables, guests);
	const firstHosts = firstHostsOf(guests);
	const pinsOf = Map.groupBy(pins, ({ guestId }) => guestId);
	const people = guests.map((guest): EngineGuest => {
		const isFirst = guest.hosts !== null && firstHosts.get(guest.hosts) === guest.guestId;
		const own = (pinsOf.get(guest.guestId) ?? []).map(pinFrom).filter(({ round }) => round < rounds.length);
		return {
			id: guest.guestId,
			of: [guest.group, guest.region],
			languages: guest.hosts === null ? tongues.ofGuest(guest) : [],
			host: isFirst ? guest.hosts - 1 : null,
			// a second host of a table sits there, too; the engine knows one
			pins: guest.hosts !== null && !isFirst ? rounds.map((_, round) => ({ round, table: guest.hosts! - 1 })) : own,
			...stay.get(guest.guestId)
		};
	});
	const listed = (wanted: GuestPair['kind']) =>
		pairs
			.filter(({ kind, one, other }) => kind === wanted && here.has(one) && here.has(other))
			.map(({ one, other }): Pair => [one, other]);
	return {
		...{ people, rounds: rounds.length, attributes, earlier: [] },
		tables: tables.map((table) => ({ seats: table.seats, languages: tongues.ofTable(table) })),
		apart: listed('apart'),
		together: listed('together')
	};
}

/** Seats as the engine has them: the ids at each table of each round. */
export function roundsOf(seats: readonly Seat[], { tables, rounds }: Pick<Cafe, 'tables' | 'rounds'>): string[][][] {
	const seated = rounds.map(() => tables.map((): string[] => []));
	for (const { guestId, roundNumber, tableNumber } of seats) seated[roundNumber - 1]?.[tableNumber - 1]?.push(guestId);
	return seated;
}

export function seatsOf(rounds: Rounds): Seat[] {
	return rounds.flatMap((tables, round) =>
		tables.flatMap((ids, table) => ids.map((guestId) => ({ guestId, roundNumber: round + 1, tableNumber: table + 1 })))
	);
}

/**
 * How many tables somebody moves on each round, where their seats follow that rule: their card then needs one number, and holds in a power cut.
 * Null where they do not.
 */
export function stepsOf(tableNumbers: readonly number[], tables: number): number | null {
	const [first, second] = tableNumbers;
	if (first === undefined || second === undefined) return null;
	const steps = (second - first + tables) % tables;
	return tableNumbers.every((table, round) => (first - 1 + steps * round) % tables === table - 1) ? steps : null;
}

function pinFrom({ roundNumber, tableNumber }: Seat): Pin {
	return { round: roundNumber - 1, table: tableNumber - 1 };
}

function firstHostsOf(guests: readonly Guest[]): Map<number, string> {
	const first = new Map<number, string>();
	for (const { hosts, guestId } of guests) if (hosts !== null && !first.has(hosts)) first.set(hosts, guestId);
	return first;
}

function tonguesOf(tables: readonly CafeTable[], guests: readonly Guest[]) {
	const isSplit = tables.some(({ mode }) => mode === 'online') || guests.some(({ comes }) => comes === 'online');
	if (!isSplit)
		return {
			ofTable: ({ languages }: CafeTable) => languages.map(base),
			ofGuest: ({ languages }: Guest) => languages.map(base)
		};
	const all = [...new Set([...tables, ...guests].flatMap(({ languages }) => languages.map(base)))];
	return {
		ofTable: ({ languages, mode }: CafeTable) => {
			const ways = mode === 'mixed' ? ['room', 'online'] : [mode];
			return (languages.length > 0 ? languages.map(base) : ['any']).flatMap((language) =>
				ways.map((way) => `${language} ${way}`)
			);
		},
		ofGuest: ({ languages, comes }: Guest) =>
			[...(languages.length > 0 ? languages.map(base) : all), 'any'].map((language) => `${language} ${comes}`)
	};
}

/** Who reads Brazilian Portuguese sits at a table that speaks Portuguese. */
function base(language: string): string {
	return language.split('-')[0]!.toLowerCase();
}
