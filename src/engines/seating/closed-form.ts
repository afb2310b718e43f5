import type { Room } from './room.ts';

/** A plan of places, not yet of people: whoever sits where, who shares a table when is settled. */
export interface Skeleton {
	/** by round and place */
	readonly tableOf: Int16Array;
	/** by place: the one person who must have it (a host), -1: anybody */
	readonly hostOf: Int16Array;
	/** by place, where the plan is a closed form: where a guest begins, and how many tables they move on each round */
	readonly moves: readonly Move[] | null;
}

export interface Move {
	readonly table: number;
	readonly steps: number;
}

/**
 * The form by which a café can be run without cards: whoever begins at table i with the letter j moves j tables on each round, the last table being
 * followed by the first; hosts have the letter 0 and stay.
 *
 * In rounds r and q the people (i, j) and (k, l) share a table twice only if (r - q)(j - l) is divisible by the number of tables g. So nobody
 * meets twice if no product of 1 … rounds - 1 and 1 … letters - 1 is: surely where (rounds - 1)(letters - 1) < g, or where g is prime and at least as
 * large as both. Who has the last letter begins at another table each, so that sizes differ by one at most however many they are.
 * @returns null where the form would repeat meetings, or something forbids that people move as it says
 */
export function closedForm(room: Room): Skeleton | null {
	const { people, tables, rounds } = room;
	if (!isFree(room)) return null;
	const letters = Math.ceil(people / tables);
	for (let apart = 1; apart < rounds; apart++)
		for (let letter = 1; letter < letters; letter++) if ((apart * letter) % tables === 0) return null;
	const moves = Array.from({ length: people }, (_, place): Move => ({
		table: place % tables,
		steps: Math.floor(place / tables)
	}));
	const hostOf = new Int16Array(people).fill(-1);
	room.hosts.forEach((table, person) => {
		if (table !== -1) hostOf[table] = person;
	});
	const tableOf = Int16Array.from({ length: rounds * people }, (_, at) => {
		const { table, steps } = moves[at % people]!;
		return (table + steps * Math.floor(at / people)) % tables;
	});
	return { tableOf, hostOf, moves };
}

/** Nobody but hosts is bound to anything, everybody is there all the time, and only the number of people tells how large tables are. */
export function isFree({ people, tables, rounds, present, fixed, hosts, may, parties, low, high }: Room): boolean {
	for (let at = 0; at < rounds * people; at++) if (present[at] === 0 || fixed[at] !== hosts[at % people]) return false;
	const [level, more] = [Math.floor(people / tables), Math.ceil(people / tables)];
	return (
		!may.includes(0) &&
		parties.every(({ length }) => length === 1) &&
		low.every((size) => size === level) &&
		high.every((size) => size === more)
	);
}
