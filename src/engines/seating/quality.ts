import type { Room } from './room.ts';

/** How good a seating is. Everything is counted anew from who sits where, whatever the search believed. */
export interface Quality {
	/** pairs to be kept apart that meet, pairs to sit together that do not, people at a table of other languages, tables too large or small */
	readonly unmet: Unmet;
	/** the sum of m (m - 1) / 2 over all pairs that meet m times, earlier rounds included */
	readonly repeatedMeetings: number;
	/** by attribute: by how many people tables are off the shares, over all kinds, tables and rounds */
	readonly off: readonly number[];
	/** how many people the person meets for the first time who meets the fewest */
	readonly worstPerson: number;
	/** how many people have it so */
	readonly worstPeople: number;
}

export interface Unmet {
	readonly apart: readonly (readonly [number, number])[];
	readonly together: readonly (readonly [number, number])[];
	readonly languages: readonly number[];
	/** of tables, in all rounds */
	readonly sizes: number;
}

/** @param tableOf by round and person, -1: not there */
export function qualityOf(room: Room, tableOf: ArrayLike<number>): Quality {
	const { people, rounds } = room;
	const met = Uint16Array.from(room.earlier);
	for (let round = 0; round < rounds; round++)
		for (const table of tablesOf(room, tableOf, round))
			for (const one of table) for (const other of table) if (one !== other) met[one * people + other]! += 1;
	let repeatedMeetings = 0;
	const fresh = new Int32Array(people);
	for (let one = 0; one < people; one++)
		for (let other = 0; other < people; other++) {
			const m = met[one * people + other]!;
			if (other > one) repeatedMeetings += (m * (m - 1)) / 2;
			if (m > 0 && room.earlier[one * people + other] === 0) fresh[one]! += 1;
		}
	const counted = [...fresh].filter((_, person) => isEver(room, person));
	const worstPerson = Math.min(...counted);
	return {
		unmet: unmetIn(room, tableOf),
		repeatedMeetings,
		off: room.mixes.names.map((_, attribute) => offBy(room, tableOf, attribute)),
		worstPerson,
		worstPeople: counted.filter((one) => one === worstPerson).length
	};
}

/** Below 0 where the first is better: what must hold, then repeated meetings, then the mix, then the worst person. */
export function byQuality(one: Quality, other: Quality): number {
	const ranks = ({ unmet, repeatedMeetings, off, worstPerson, worstPeople }: Quality) => [
		unmet.apart.length + unmet.together.length + unmet.languages.length + unmet.sizes,
		repeatedMeetings,
		off.reduce((sum, each) => sum + each, 0),
		-worstPerson,
		worstPeople
	];
	const [first, second] = [ranks(one), ranks(other)];
	const differs = first.findIndex((rank, at) => rank !== second[at]);
	return differs === -1 ? 0 : first[differs]! - second[differs]!;
}

/** Who sits at each table in a round. */
export function tablesOf({ people, tables }: Room, tableOf: ArrayLike<number>, round: number): number[][] {
	const seated: number[][] = Array.from({ length: tables }, () => []);
	for (let person = 0; person < people; person++) seated[tableOf[round * people + person]!]?.push(person);
	return seated;
}

export function isEver({ people, rounds, present }: Room, person: number): boolean {
	for (let round = 0; round < rounds; round++) if (present[round * people + person] === 1) return true;
	return false;
}

function offBy(room: Room, tableOf: ArrayLike<number>, attribute: number): number {
	const { mixes, rounds, chairs } = room;
	let off = 0;
	for (let round = 0; round < rounds; round++)
		for (const table of tablesOf(room, tableOf, round)) {
			const shares = (round * (chairs + 2) + Math.min(table.length, chairs + 1)) * mixes.kinds;
			for (let kind = 0; kind < mixes.kinds; kind++) {
				if (mixes.attributeOf[kind] !== attribute) continue;
				const count = table.filter((person) => mixes.kindOf[person * mixes.names.length + attribute] === kind).length;
				off += Math.max(0, mixes.least[shares + kind]! - count, count - mixes.most[shares + kind]!);
			}
		}
	return off;
}

function unmetIn(room: Room, tableOf: ArrayLike<number>): Unmet {
	const { people, tables, rounds, present, low, high, fixed, may } = room;
	const allRounds = Array.from({ length: rounds }, (_, round) => round);
	const at = (round: number, person: number) => tableOf[round * people + person]!;
	const here = (round: number, person: number) => present[round * people + person] === 1;
	const meets = (one: number, other: number) =>
		allRounds.some((round) => at(round, one) !== -1 && at(round, one) === at(round, other));
	const parts = (one: number, other: number) =>
		allRounds.some((round) => here(round, one) && here(round, other) && at(round, one) !== at(round, other));
	const pairsOf = (party: readonly number[]) =>
		party.flatMap((one, place) => party.slice(place + 1).map((other) => [one, other] as const));
	const misplaced = (person: number) =>
		allRounds.some((round) => {
			const [table, must] = [at(round, person), fixed[round * people + person]!];
			return table !== -1 && (must === -1 ? may[person * tables + table] === 0 : table !== must);
		});
	const everybody = Array.from({ length: people }, (_, person) => person);
	return {
		apart: room.apart.filter(([one, other]) => meets(one, other)),
		together: [...new Set(room.parties)].flatMap(pairsOf).filter(([one, other]) => parts(one, other)),
		languages: everybody.filter(misplaced),
		sizes: allRounds.flatMap((round) =>
			tablesOf(room, tableOf, round).filter(
				({ length }, table) => length < low[round * tables + table]! || length > high[round * tables + table]!
			)
		).length
	};
}
