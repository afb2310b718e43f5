import { isPresent, UnfitSeating, type SeatingInput } from './input.ts';

/** The input as columns of numbers: people, tables, rounds and kinds by their places. */
export interface Room {
	readonly ids: readonly string[];
	readonly people: number;
	readonly tables: number;
	readonly rounds: number;
	/** most people that sit at a table in any round */
	readonly chairs: number;
	/** by round and person: 1 where they are there */
	readonly present: Uint8Array;
	/** by round: how many are there */
	readonly heads: Int32Array;
	/** by round and table: fewest and most people */
	readonly low: Int16Array;
	readonly high: Int16Array;
	/** by round and person: the table of hosts and of those who are pinned, else -1 */
	readonly fixed: Int16Array;
	/** by person: the table that they host, else -1 */
	readonly hosts: Int16Array;
	/** by person and table: 1 where they understand each other */
	readonly may: Uint8Array;
	/** by person: who sits with them in every round, themselves among them */
	readonly parties: readonly (readonly number[])[];
	/** each pair once, however often it was said */
	readonly apart: readonly (readonly [number, number])[];
	readonly mixes: Mixes;
	/** by pair, both ways: at how many tables of earlier rounds they sat together */
	readonly earlier: Uint16Array;
	/** the earlier rounds, by table, of those who are known here */
	readonly earlierRounds: readonly (readonly (readonly number[])[])[];
}

/** What tables are mixed by. The kinds of all attributes have places one after the other. */
export interface Mixes {
	readonly names: readonly string[];
	/** all kinds of all attributes */
	readonly kinds: number;
	/** by kind: its attribute */
	readonly attributeOf: Uint8Array;
	/** by person and attribute: the kind, -1 where not stated */
	readonly kindOf: Int16Array;
	/** by round, size of a table and kind: fewest and most that its share comes to */
	readonly least: Int16Array;
	readonly most: Int16Array;
}

export function roomOf(input: SeatingInput): Room {
	const { people, tables, rounds } = input;
	const ids = people.map(({ id }) => id);
	const placeOf = new Map(ids.map((id, place) => [id, place]));
	const present = new Uint8Array(rounds * people.length);
	const heads = new Int32Array(rounds);
	for (let round = 0; round < rounds; round++)
		people.forEach((guest, person) => {
			if (!isPresent(guest, round)) return;
			present[round * people.length + person] = 1;
			heads[round]! += 1;
		});
	const { low, high } = sizesOf(input, heads);
	const chairs = high.reduce((most, size) => Math.max(most, size), 0);
	const pairs = (given: SeatingInput['apart']) => given.map(([one, other]) => [placeOf.get(one)!, placeOf.get(other)!] as const);
	const apart = new Map(pairs(input.apart).map((pair) => [Math.min(...pair) * people.length + Math.max(...pair), pair]));
	const parties = partiesOf(people.length, pairs(input.together));
	const fixed = fixedOf(input, present, parties);
	const may = Uint8Array.from({ length: people.length * tables.length }, (_, at) => {
		const languages = tables[at % tables.length]!.languages;
		const spoken = people[Math.floor(at / tables.length)]!.languages;
		return languages.length === 0 || spoken.length === 0 || spoken.some((one) => languages.includes(one)) ? 1 : 0;
	});
	const earlierRounds = input.earlier.map((seated) =>
		seated.map((table) => table.map((id) => placeOf.get(id) ?? -1).filter((place) => place !== -1))
	);
	return {
		ids,
		...{ people: people.length, tables: tables.length, rounds, chairs, present, heads, low, high, fixed, may, parties },
		hosts: Int16Array.from(people, ({ host }) => host ?? -1),
		apart: [...apart.values()],
		mixes: mixesOf(input, { present, heads, chairs }),
		earlier: metBefore(people.length, earlierRounds),
		earlierRounds
	};
}

/** As even as chairs allow: every table has the level or one more, or all its chairs are taken. */
function sizesOf({ tables, rounds }: SeatingInput, heads: Int32Array) {
	const low = new Int16Array(rounds * tables.length);
	const high = new Int16Array(rounds * tables.length);
	for (let round = 0; round < rounds; round++) {
		const filledTo = (level: number) => tables.reduce((sum, { seats }) => sum + Math.min(seats ?? level, level), 0);
		let level = 0;
		while (level < heads[round]! && filledTo(level + 1) <= heads[round]!) level += 1;
		const isEven = filledTo(level) === heads[round];
		tables.forEach(({ seats }, table) => {
			low[round * tables.length + table] = Math.min(seats ?? level, level);
			high[round * tables.length + table] = Math.min(seats ?? level + 1, level + (isEven ? 0 : 1));
		});
	}
	return { low, high };
}

function partiesOf(people: number, together: readonly (readonly [number, number])[]): number[][] {
	const parties = Array.from({ length: people }, (_, person) => [person]);
	for (const [one, other] of together) {
		if (parties[one] === parties[other]) continue;
		const joined = [...parties[one]!, ...parties[other]!].sort((a, b) => a - b);
		for (const person of joined) parties[person] = joined;
	}
	return parties;
}

/** Who is with somebody whose table is known sits there, too. */
function fixedOf(
	{ people, tables, rounds }: SeatingInput,
	present: Uint8Array,
	parties: readonly (readonly number[])[]
): Int16Array {
	const fixed = new Int16Array(rounds * people.length).fill(-1);
	people.forEach(({ host, pins }, person) => {
		if (host !== null) for (let round = 0; round < rounds; round++) fixed[round * people.length + person] = host;
		for (const { round, table } of pins) fixed[round * people.length + person] = table;
	});
	for (const party of new Set(parties)) {
		if (party.length === 1) continue;
		for (let round = 0; round < rounds; round++) {
			const at = (person: number) => round * people.length + person;
			const bound = party.filter((person) => present[at(person)] === 1 && fixed[at(person)] !== -1);
			const [first] = bound;
			if (first === undefined) continue;
			const other = bound.find((person) => fixed[at(person)] !== fixed[at(first)]);
			if (other !== undefined) {
				const pair = [people[first]!.id, people[other]!.id];
				const [one, another] = [fixed[at(first)]! + 1, fixed[at(other)]! + 1];
				throw new UnfitSeating(
					'together-cannot-be-met',
					`${pair.join(' and ')} are to sit together and have tables ${one} and ${another} in round ${round + 1}.`,
					pair
				);
			}
			for (const person of party) if (present[at(person)] === 1) fixed[at(person)] = fixed[at(first)]!;
		}
	}
	for (let at = 0; at < fixed.length; at++) if (present[at] === 0 || fixed[at]! >= tables.length) fixed[at] = -1;
	return fixed;
}

/** The share of a kind at a table of a size, rounded down and up; in whole numbers, so that nothing is lost by rounding. */
function mixesOf(
	{ people, attributes, rounds }: SeatingInput,
	{ present, heads, chairs }: { present: Uint8Array; heads: Int32Array; chairs: number }
): Mixes {
	const kindOf = new Int16Array(people.length * attributes.length).fill(-1);
	const attributeOf: number[] = [];
	attributes.forEach((_, attribute) => {
		const kinds = new Map<string, number>();
		people.forEach(({ of }, person) => {
			const label = of[attribute];
			if (label === null || label === undefined) return;
			if (!kinds.has(label)) kinds.set(label, attributeOf.push(attribute) - 1);
			kindOf[person * attributes.length + attribute] = kinds.get(label)!;
		});
	});
	const kinds = attributeOf.length;
	const [least, most] = [new Int16Array(rounds * (chairs + 2) * kinds), new Int16Array(rounds * (chairs + 2) * kinds)];
	for (let round = 0; round < rounds; round++) {
		const count = new Int32Array(kinds);
		for (let person = 0; person < people.length; person++)
			for (let attribute = 0; attribute < attributes.length; attribute++) {
				const kind = kindOf[person * attributes.length + attribute]!;
				if (kind !== -1 && present[round * people.length + person] === 1) count[kind]! += 1;
			}
		for (let size = 0; size <= chairs + 1; size++)
			for (let kind = 0; kind < kinds; kind++) {
				const at = (round * (chairs + 2) + size) * kinds + kind;
				const all = Math.max(1, heads[round]!);
				least[at] = Math.floor((size * count[kind]!) / all);
				most[at] = Math.ceil((size * count[kind]!) / all);
			}
	}
	return { names: attributes, kinds, attributeOf: Uint8Array.from(attributeOf), kindOf, least, most };
}

function metBefore(people: number, rounds: Room['earlierRounds']): Uint16Array {
	const met = new Uint16Array(people * people);
	for (const tables of rounds)
		for (const table of tables)
			for (const one of table) for (const other of table) if (one !== other) met[one * people + other]! += 1;
	return met;
}
