import type { Matrix } from './matrix.ts';

/** Opinions as rows: of each the person and the idea by place, and when. */
export interface ArrivingOpinions {
	readonly person: Uint32Array;
	readonly idea: Uint32Array;
	readonly value: Int8Array;
	readonly time: Float64Array;
}

/** People in the order in which they first spoke, for the compatible mode alone. */
export interface Arrived {
	readonly matrix: Matrix;
	/** of each person of the matrix: its place in the rows */
	readonly person: Uint32Array;
}

/**
 * The last opinion of a person to an idea counts; those who never spoke are left out. O(opinions × log opinions).
 * @param ties what of two opinions at the same time is the later: the row further down, as for Polis, or the more agreeing one, as everywhere
 * else here
 */
export function inOrderOfArrival(
	{ person, idea, value, time }: ArrivingOpinions,
	ideas: number,
	ties: 'by-row' | 'by-value' = 'by-row'
): Arrived {
	const order = new Uint32Array(person.length).map((_, row) => row);
	const byValue = ties === 'by-value' ? value : new Int8Array(person.length);
	order.sort((one, other) => time[one]! - time[other]! || byValue[one]! - byValue[other]! || one - other);
	const opinionsOf = new Map<number, Map<number, number>>();
	for (const row of order) {
		const opinions = opinionsOf.get(person[row]!) ?? new Map<number, number>();
		opinionsOf.set(person[row]!, opinions.set(idea[row]!, value[row]!));
	}
	let count = 0;
	for (const opinions of opinionsOf.values()) count += opinions.size;
	const matrix = {
		people: opinionsOf.size,
		ideas,
		starts: new Uint32Array(opinionsOf.size + 1),
		idea: new Uint32Array(count),
		value: new Int8Array(count)
	};
	let [at, place] = [0, 0];
	for (const opinions of opinionsOf.values()) {
		for (const said of Uint32Array.from(opinions.keys()).sort()) {
			matrix.idea[at] = said;
			matrix.value[at] = opinions.get(said)!;
			at += 1;
		}
		matrix.starts[++place] = at;
	}
	return { matrix, person: Uint32Array.from(opinionsOf.keys()) };
}
