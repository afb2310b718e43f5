import { adjustedRandIndex } from './rand-index.ts';
import { randomFrom, shuffle } from './random.ts';

/** Whether discovered groups run along declared ones. */
export interface Divide {
	/** people in a discovered group who declare one or more */
	readonly people: number;
	/** Cramér's V of the two, each person once (1/m in each of m declared groups); 0 no relation, 1 one tells the other; null: nothing to compare */
	readonly cramersV: number | null;
	/** adjusted Rand index, of those who declare exactly one group; null: fewer than two people do */
	readonly randIndex: number | null;
	/** share of random exchanges of the discovered groups among people that give as large a V */
	readonly p: number | null;
	/**
	 * along: more than chance, and V large; partly: more than chance; across: no more than chance; too-few: nothing to compare, because there are
	 * no two groups on either side or too few people
	 */
	readonly runs: 'along' | 'partly' | 'across' | 'too-few';
}

export interface DivideWishes {
	readonly seed: number;
	readonly permutations: number;
}

/** Cohen 1988: what is a large effect of two variables, where the smaller has two kinds. */
const largeV = 0.5;
const chance = 0.05;
const fewestPeople = 10;

/**
 * @param declared of each person the declared groups as bits; 0: none
 * @param discovered of each person the discovered group; −1: none
 */
export function divideBetween(declared: Uint32Array, discovered: Int32Array, { seed, permutations }: DivideWishes): Divide {
	const asked = [...declared.keys()].filter((person) => declared[person]! !== 0 && discovered[person]! >= 0);
	const kinds = statementsOf(asked.map((person) => declared[person]!));
	const group = Uint8Array.from(asked, (person) => discovered[person]!);
	const k = group.reduce((most, own) => Math.max(most, own + 1), 0);
	const v = cramersV(kinds, group, k);
	if (v === null || asked.length < fewestPeople)
		return { people: asked.length, cramersV: null, randIndex: null, p: null, runs: 'too-few' };
	const random = randomFrom(seed);
	const mixed = group.slice();
	let asLarge = 0;
	for (let permutation = 0; permutation < permutations; permutation++) {
		shuffle(mixed, random);
		if (cramersV(kinds, mixed, k)! >= v - 1e-12) asLarge += 1;
	}
	const p = (asLarge + 1) / (permutations + 1);
	const runs = p > chance ? 'across' : v >= largeV ? 'along' : 'partly';
	return { people: asked.length, cramersV: v, randIndex: randIndexOfSingle(kinds, group), p, runs };
}

/** The different statements of people, and who makes which. */
interface Kinds {
	readonly of: Int32Array;
	/** of each kind: the declared groups in it, as places */
	readonly groups: readonly (readonly number[])[];
	readonly declared: number;
}

function statementsOf(declared: readonly number[]): Kinds {
	const kinds = [...new Set(declared)].sort((one, other) => one - other);
	const kindOf = new Map(kinds.map((bits, kind) => [bits, kind]));
	const places = new Map<number, number>();
	const groups = kinds.map((bits) => {
		const named = [...Array(32).keys()].filter((bit) => (bits >>> bit) & 1);
		return named.map((bit) => {
			if (!places.has(bit)) places.set(bit, places.size);
			return places.get(bit)!;
		});
	});
	return { of: Int32Array.from(declared, (bits) => kindOf.get(bits)!), groups, declared: places.size };
}

/** Of kinds × discovered groups: how many people. */
function crossed({ of, groups }: Kinds, group: Uint8Array, k: number): Uint32Array {
	const table = new Uint32Array(groups.length * k);
	for (let person = 0; person < of.length; person++) table[of[person]! * k + group[person]!]! += 1;
	return table;
}

/** √(χ² / (n × (the smaller number of groups − 1))); null where either side has no two groups with people. */
function cramersV(kinds: Kinds, group: Uint8Array, k: number): number | null {
	const people = crossed(kinds, group, k);
	const table = new Float64Array(kinds.declared * k);
	kinds.groups.forEach((named, kind) => {
		for (const declared of named)
			for (let own = 0; own < k; own++) table[declared * k + own]! += people[kind * k + own]! / named.length;
	});
	const rows = new Float64Array(kinds.declared);
	const columns = new Float64Array(k);
	let all = 0;
	table.forEach((count, at) => {
		rows[Math.floor(at / k)]! += count;
		columns[at % k]! += count;
		all += count;
	});
	const filled = (sums: Float64Array) => sums.filter((sum) => sum > 0).length;
	const smaller = Math.min(filled(rows), filled(columns));
	if (smaller < 2) return null;
	let square = 0;
	table.forEach((count, at) => {
		const expected = (rows[Math.floor(at / k)]! * columns[at % k]!) / all;
		if (expected > 0) square += (count - expected) ** 2 / expected;
	});
	return Math.sqrt(Math.min(1, square / (all * (smaller - 1))));
}

/** Of those who declare one group. Of nobody, and of one person alone, the index would say that all is the same. */
function randIndexOfSingle(kinds: Kinds, group: Uint8Array): number | null {
	const declared = kinds.groups.map((named) => (named.length === 1 ? named[0]! : -1));
	const single = kinds.of.map((kind) => declared[kind]!);
	return single.filter((one) => one >= 0).length < 2 ? null : adjustedRandIndex(single, group);
}
