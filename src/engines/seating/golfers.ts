/**
 * Thirty-two people at eight tables of four meet no one twice in ten rounds: the social golfer problem as it was first asked, open until 2004. Each
 * person then meets all but one of the others.
 *
 * Searching among all seatings finds nothing better than some twenty repeats. So a symmetry is imposed: people are the elements of the group
 * Z8 × Z2, twice (0 and 1), and whoever adds an element of the group to everybody gets one of the rounds again. What a pair is then matters only by
 * its difference, and the plan is made of three rounds and those that come of them by adding:
 * - one that a subgroup of eight leaves as it is (two rounds by adding). But for the name of who is who it is certain: the cosets of
 *   {0, 2, 4, 6} of even elements, and for each odd x a table of x and x + (4,1), both in 0 and in 1;
 * - two that a subgroup of four leaves as they are (four rounds each), of two tables and what comes of them by adding the subgroup. The cyclic one
 *   and that of the three elements that are their own opposites are tried.
 * Left for those four tables are 24 differences, each once: 5 among 0, 5 among 1 and 14 between. A table has six pairs, so it comes out even, and
 * all pairs of tables that fit each subgroup are few enough to be compared (some milliseconds). That two people who differ by (0,1) never meet is
 * what is left over.
 *
 * @returns the tables of the ten rounds, people from 0 to 31
 */
export function tenRoundsOfThirtyTwo(): number[][][] {
	const first = evenAndOdd();
	const bits = bitsOfThoseLeft([...first, ...neverMet]);
	const cyclic = new Map(roundsUnder([0, 10, 4, 14], bits).map((round) => [round.differences, round]));
	for (const second of roundsUnder([0, 4, 8, 12], bits)) {
		const third = cyclic.get(everyBit & ~second.differences);
		if (third)
			return [...developed(first, [0, 1]), ...developed(second.tables, [0, 1, 2, 3]), ...developed(third.tables, [0, 1, 8, 9])];
	}
	throw new Error('ten rounds are known to exist under this group');
}

interface Round {
	readonly tables: number[][];
	/** of the pairs at its tables, a bit each */
	readonly differences: number;
}

const everyBit = 2 ** 24 - 1;
const neverMet = [
	[0, 8],
	[16, 24]
];

/** Elements of the group: i + 8 j for (i, j). People: the element, 16 more for those in 1. */
function plus(person: number, element: number): number {
	return ((person + (element & 7)) & 7) | ((person ^ element) & 8) | (person & 16);
}

/** A pair's difference is what the group leaves of it: in 0, in 1, or from 0 to 1; of opposites the smaller. */
function difference(one: number, other: number): number {
	if (one > other) return difference(other, one);
	const from = plus(other & 15, opposite(one & 15));
	return (one & 16) === (other & 16) ? (one & 16) + Math.min(from, opposite(from)) : 32 + from;
}

function opposite(element: number): number {
	return (-element & 7) | (element & 8);
}

/** By difference: the bit of those that these tables leave; 0: not left. */
function bitsOfThoseLeft(tables: readonly (readonly number[])[]): Int32Array {
	const taken = new Set(
		tables.flatMap((table) => table.flatMap((one, place) => table.slice(place + 1).map((other) => difference(one, other))))
	);
	const bits = new Int32Array(48);
	let next = 1;
	for (let other = 1; other < 32; other++)
		for (const one of [0, 16]) {
			if (one >= other) continue;
			const left = difference(one, other);
			if (taken.has(left) || bits[left] !== 0) continue;
			bits[left] = next;
			next *= 2;
		}
	return bits;
}

function evenAndOdd(): number[][] {
	const even = [0, 8, 16, 24].map((start) => [0, 2, 4, 6].map((step) => plus(start, step)));
	const odd = [1, 3, 5, 7].map((start) => [start, plus(start, 12), start + 16, plus(start, 12) + 16]);
	return [...even, ...odd];
}

/** All rounds of two tables and their sums with the subgroup, of differences that are left, none of them twice. */
function roundsUnder(subgroup: readonly number[], bits: Int32Array): Round[] {
	const byPerson = Array.from({ length: 32 }, (_, person) => tablesWith(person, subgroup, bits));
	const rounds: Round[] = [];
	for (const one of byPerson[0]!) {
		const next = 31 - Math.clz32(~one.people & (one.people + 1));
		for (const other of byPerson[next]!) {
			if ((one.people & other.people) !== 0 || (one.differences & other.differences) !== 0) continue;
			const tables = subgroup.flatMap((element) => [one, other].map(({ table }) => table.map((person) => plus(person, element))));
			rounds.push({ tables, differences: one.differences | other.differences });
		}
	}
	return rounds;
}

interface Table {
	readonly table: number[];
	/** a bit each, of all that the subgroup makes of it */
	readonly people: number;
	readonly differences: number;
}

/** All tables with this person whose differences are left, none twice, and that the subgroup takes to four tables with nobody in common. */
function tablesWith(person: number, subgroup: readonly number[], bits: Int32Array): Table[] {
	const found: Table[] = [];
	const add = (table: number[], people: number, differences: number, from: number) => {
		if (table.length === 4) found.push({ table, people, differences });
		for (let other = from; other < 32 && table.length < 4; other++) {
			const more = subgroup.reduce((all, element) => all | (1 << plus(other, element)), 0);
			if ((people & more) !== 0) continue;
			let all = differences;
			const isFresh = table.every((one) => {
				const bit = bits[difference(one, other)]!;
				const fresh = bit !== 0 && (all & bit) === 0;
				all |= bit;
				return fresh;
			});
			if (isFresh) add([...table, other], people | more, all, other + 1);
		}
	};
	add(
		[person],
		subgroup.reduce((all, element) => all | (1 << plus(person, element)), 0),
		0,
		0
	);
	return found;
}

function developed(tables: readonly (readonly number[])[], elements: readonly number[]): number[][][] {
	return elements.map((element) => tables.map((table) => table.map((person) => plus(person, element))));
}
