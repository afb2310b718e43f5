import { codesOf } from './codes.ts';
import type { Matrix } from './matrix.ts';

/**
 * The two directions along which people differ most.
 *
 * Who did not speak to an idea is taken to think what those think on average who did (column-mean imputation). Centred by the same means such
 * a place is exactly 0, so a product with the whole matrix costs as much as there are opinions, not people × ideas. An opinion x to idea j
 * weighs (x − mean_j), which takes three values for an idea: a product adds up entries of a table of 3 × ideas numbers.
 */
export interface Components {
	/** mean opinion to each idea, −1 to 1; 0 where nobody spoke */
	readonly means: Float64Array;
	/** share of each idea in the direction along which people differ most; of length 1, or 0 where nobody differs */
	readonly first: Float64Array;
	/** the same of the next direction, at a right angle to the first */
	readonly second: Float64Array;
	/** ideas that take part: somebody spoke to them */
	readonly taking: number;
}

/** What may be said about who counts and how much. */
export interface Counted {
	/** of each idea: 1 where it takes no part (hidden by moderators) */
	readonly leftOut?: Uint8Array | undefined;
	/** of each person: how many times it counts; once where nothing is said */
	readonly times?: Uint8Array | undefined;
}

/** Multiplies by the centred matrix and its transpose: ideas → people → ideas. */
export interface Centred {
	readonly means: Float64Array;
	/** ideas that take part */
	readonly taking: number;
	/** the square matrix XᵀX of ideas times a vector */
	product(vector: Float64Array, into: Float64Array): void;
}

/** @returns the centred matrix of the ideas that take part; cost of a product O(opinions) */
export function centredMatrix(matrix: Matrix, { leftOut, times }: Counted = {}, codes = codesOf(matrix)): Centred {
	const { ideas } = matrix;
	const { means, taking } = meansOf(matrix, codes, { leftOut, times });
	const table = new Float64Array(3 * ideas);
	const sums = new Float64Array(3 * ideas);
	return {
		means,
		taking,
		product(vector, into) {
			for (let idea = 0; idea < ideas; idea++) {
				const share = leftOut?.[idea] === 1 ? 0 : vector[idea]!;
				for (let value = 0; value < 3; value++) table[3 * idea + value] = share * (value - 1 - means[idea]!);
			}
			sums.fill(0);
			throughPeople(matrix, codes, { table, sums, times: times ?? null });
			for (let idea = 0; idea < ideas; idea++) {
				if (leftOut?.[idea] === 1) into[idea] = 0;
				else {
					let sum = 0;
					for (let value = 0; value < 3; value++) sum += sums[3 * idea + value]! * (value - 1 - means[idea]!);
					into[idea] = sum;
				}
			}
		}
	};
}

function throughPeople(
	{ people, starts }: Matrix,
	codes: Uint32Array,
	{ table, sums, times }: { table: Float64Array; sums: Float64Array; times: Uint8Array | null }
): void {
	let at = 0;
	for (let person = 0; person < people; person++) {
		const begin = at;
		const end = starts[person + 1]!;
		let position = 0;
		for (; at < end; at++) position += table[codes[at]!]!;
		if (times !== null) position *= times[person]!;
		if (position !== 0) for (let again = begin; again < end; again++) sums[codes[again]!]! += position;
	}
}

/** Means over those who spoke, each person as many times as it counts. */
function meansOf(
	{ people, ideas, starts }: Matrix,
	codes: Uint32Array,
	{ leftOut, times }: Counted
): { means: Float64Array; taking: number } {
	const counts = new Float64Array(3 * ideas);
	for (let person = 0; person < people; person++) {
		const time = times === undefined ? 1 : times[person]!;
		const end = starts[person + 1]!;
		if (time > 0) for (let at = starts[person]!; at < end; at++) counts[codes[at]!]! += time;
	}
	const means = new Float64Array(ideas);
	let taking = 0;
	for (let idea = 0; idea < ideas; idea++) {
		if (leftOut?.[idea] === 1) continue;
		const [disagreeing, passing, agreeing] = [counts[3 * idea]!, counts[3 * idea + 1]!, counts[3 * idea + 2]!];
		const spoken = disagreeing + passing + agreeing;
		if (spoken === 0) continue;
		means[idea] = (agreeing - disagreeing) / spoken;
		taking += 1;
	}
	return { means, taking };
}

export function dot(one: Float64Array, other: Float64Array): number {
	let sum = 0;
	for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
	return sum;
}

/** Takes out of a vector its part along a direction of length 1. */
export function takeOut(vector: Float64Array, direction: Float64Array): void {
	const part = dot(vector, direction);
	for (let at = 0; at < vector.length; at++) vector[at]! -= part * direction[at]!;
}

/** Makes a vector one of length 1, unless it is 0. Returns the length it had. */
export function normalise(vector: Float64Array): number {
	const length = Math.sqrt(dot(vector, vector));
	if (length > 0) for (let at = 0; at < vector.length; at++) vector[at]! /= length;
	return length;
}
