import type { Features } from './features.ts';
import { mix } from './candidates.ts';

/** Texts as points, by what their words have in common: row-major, `dimensions` each, of length 1, or 0 where nothing is known of a text. */
export interface Points {
	readonly dimensions: number;
	readonly values: Float64Array;
}

/** Words that stand in one text only tell nothing of what it has in common with others. */
const leastTexts = 2;
const rounds = 5;

/**
 * Latent semantic analysis (Deerwester et al. 1990): the main directions of the texts' weighted words, by subspace iteration from a seeded start
 * (Halko, Martinsson and Tropp 2011). Two texts are near if their words are used together, though they share none.
 * Costs O(rounds · dimensions · words in all + rounds · dimensions² · different words).
 * @param counts whether a feature counts
 */
export function latentPoints(
	features: Features,
	texts: number,
	counts: (feature: number) => boolean,
	dimensions: number,
	seed: number
): Points {
	const { starts, all, weights, frequencies } = features;
	const column = new Int32Array(weights.length).fill(-1);
	let columns = 0;
	for (let feature = 0; feature < weights.length; feature++) {
		if (frequencies[feature]! >= leastTexts && counts(feature)) column[feature] = columns++;
	}
	const d = Math.max(1, Math.min(dimensions, columns, texts));
	// each text has length 1: a long one says no more than a short one
	const scale = new Float64Array(texts);
	for (let t = 0; t < texts; t++) {
		let sum = 0;
		for (let at = starts[t]!; at < starts[t + 1]!; at++) if (column[all[at]!]! >= 0) sum += weights[all[at]!]! ** 2;
		scale[t] = sum === 0 ? 0 : 1 / Math.sqrt(sum);
	}
	const project = (directions: Float64Array) => {
		const points = new Float64Array(texts * d);
		for (let t = 0; t < texts; t++) {
			for (let at = starts[t]!; at < starts[t + 1]!; at++) {
				const from = column[all[at]!]! * d;
				if (from < 0) continue;
				const weight = weights[all[at]!]! * scale[t]!;
				for (let x = 0; x < d; x++) points[t * d + x]! += weight * directions[from + x]!;
			}
		}
		return points;
	};
	let directions = Float64Array.from({ length: columns * d }, (_, at) => mix(at ^ mix(seed)) / 2 ** 31 - 1);
	for (let round = 0; round < rounds; round++) {
		orthonormalise(directions, columns, d);
		const points = project(directions);
		directions = new Float64Array(columns * d);
		for (let t = 0; t < texts; t++) {
			for (let at = starts[t]!; at < starts[t + 1]!; at++) {
				const into = column[all[at]!]! * d;
				if (into < 0) continue;
				const weight = weights[all[at]!]! * scale[t]!;
				for (let x = 0; x < d; x++) directions[into + x]! += weight * points[t * d + x]!;
			}
		}
	}
	orthonormalise(directions, columns, d);
	const values = project(directions);
	for (let t = 0; t < texts; t++) normalise(values, t * d, d);
	return { dimensions: d, values };
}

/** Gram-Schmidt, twice over for its rounding errors; a direction that is nothing but the others becomes 0. */
function orthonormalise(directions: Float64Array, rows: number, d: number): void {
	for (let x = 0; x < d; x++) {
		for (let again = 0; again < 2; again++) {
			for (let y = 0; y < x; y++) {
				let product = 0;
				for (let row = 0; row < rows; row++) product += directions[row * d + x]! * directions[row * d + y]!;
				for (let row = 0; row < rows; row++) directions[row * d + x]! -= product * directions[row * d + y]!;
			}
		}
		let length = 0;
		for (let row = 0; row < rows; row++) length += directions[row * d + x]! ** 2;
		const factor = length < 1e-18 ? 0 : 1 / Math.sqrt(length);
		for (let row = 0; row < rows; row++) directions[row * d + x]! *= factor;
	}
}

export function normalise(values: Float64Array, from: number, d: number): void {
	let length = 0;
	for (let x = 0; x < d; x++) length += values[from + x]! ** 2;
	const factor = length < 1e-12 ? 0 : 1 / Math.sqrt(length);
	for (let x = 0; x < d; x++) values[from + x]! *= factor;
}
