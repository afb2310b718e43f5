import { mix } from './candidates.ts';
import { normalise, type Points } from './latent.ts';

/** A division of points into k clusters around centres of length 1. */
export interface Division {
	readonly k: number;
	readonly centres: Float64Array;
	/** of each point; -1: none, since nothing is known of it */
	readonly cluster: Int32Array;
	/** how well it divides: the higher the better */
	readonly fitness: number;
}

const steps = 20;
const restarts = 3;
const attempts = 4;

/**
 * Spherical k-means (Dhillon and Modha 2001) for each k, from seeded starts far from each other (k-means++, Arthur and Vassilvitskii 2007). The k is taken for which
 * modularity (Newman and Girvan 2004, of the cosines) times the root of the simplified silhouette (Hruschka et al. 2004) is highest: the silhouette alone divides
 * texts of the same few words ever further, modularity alone joins small clusters where there are many.
 * Costs O(points · dimensions · sum of all k · steps · restarts).
 * @param ks tried, ascending
 */
export function bestDivision(points: Points, ks: readonly number[], seed: number): Division {
	let best: Division | null = null;
	for (const k of ks) {
		for (let restart = 0; restart < restarts; restart++) {
			const division = divide(points, k, mix(seed + 31 * k + restart));
			if (!best || division.fitness > best.fitness + 1e-9) best = division;
		}
	}
	return best!;
}

function divide({ dimensions: d, values }: Points, k: number, seed: number): Division {
	const n = values.length / d;
	const isKnown = Uint8Array.from({ length: n }, (_, t) =>
		Number(values.subarray(t * d, (t + 1) * d).some((value) => value !== 0))
	);
	const centres = startFarApart(values, d, n, k, isKnown, seed);
	const cluster = new Int32Array(n).fill(-1);
	for (let step = 0; step < steps; step++) {
		let moved = 0;
		for (let t = 0; t < n; t++) {
			if (isKnown[t] === 0) continue;
			const [nearest] = nearestTwo(values, t * d, centres, d, k);
			if (cluster[t] !== nearest) {
				cluster[t] = nearest;
				moved++;
			}
		}
		if (moved === 0) break;
		centres.fill(0);
		for (let t = 0; t < n; t++) {
			const into = cluster[t]! * d;
			if (into >= 0) for (let x = 0; x < d; x++) centres[into + x]! += values[t * d + x]!;
		}
		for (let c = 0; c < k; c++) normalise(centres, c * d, d);
	}
	let [sum, known] = [0, 0];
	for (let t = 0; t < n; t++) {
		if (isKnown[t] === 0) continue;
		const [, first, second] = nearestTwo(values, t * d, centres, d, k);
		const [own, next] = [1 - first, 1 - second];
		const larger = Math.max(own, next);
		sum += larger === 0 ? 0 : (next - own) / larger;
		known++;
	}
	const silhouette = known === 0 ? 0 : sum / known;
	return { k, centres, cluster, fitness: modularity(values, d, k, cluster) * Math.sqrt(Math.max(0, silhouette)) };
}

/** How much more alike the points of a cluster are than any two: -½ to 1. The cosines of all pairs are the products of sums: O(points · dimensions). */
function modularity(values: Float64Array, d: number, k: number, cluster: Int32Array): number {
	const sums = new Float64Array(k * d);
	const whole = new Float64Array(d);
	for (let t = 0; t < cluster.length; t++) {
		if (cluster[t]! < 0) continue;
		for (let x = 0; x < d; x++) {
			whole[x]! += values[t * d + x]!;
			sums[cluster[t]! * d + x]! += values[t * d + x]!;
		}
	}
	const all = whole.reduce((sum, one) => sum + one * one, 0);
	if (all === 0) return 0;
	let found = 0;
	for (let c = 0; c < k; c++) {
		let [inside, expected] = [0, 0];
		for (let x = 0; x < d; x++) {
			inside += sums[c * d + x]! ** 2;
			expected += sums[c * d + x]! * whole[x]!;
		}
		found += inside / all - (expected / all) ** 2;
	}
	return found;
}

/** The nearest centre, its cosine, and the cosine of the next one. */
export function nearestTwo(
	values: Float64Array,
	from: number,
	centres: Float64Array,
	d: number,
	k: number
): [number, number, number] {
	let [nearest, first, second] = [0, -2, -2];
	for (let c = 0; c < k; c++) {
		let cosine = 0;
		for (let x = 0; x < d; x++) cosine += values[from + x]! * centres[c * d + x]!;
		if (cosine > first) {
			second = first;
			first = cosine;
			nearest = c;
		} else if (cosine > second) second = cosine;
	}
	return [nearest, first, second];
}

/** Each next centre is the best of a few that are drawn by their squared distance from those before: the one that leaves the least distance. */
function startFarApart(values: Float64Array, d: number, n: number, k: number, isKnown: Uint8Array, seed: number): Float64Array {
	const centres = new Float64Array(k * d);
	let distance: Float64Array = Float64Array.from(isKnown);
	for (let c = 0; c < k; c++) {
		let best: { chosen: number; after: Float64Array; left: number } | null = null;
		for (let attempt = 0; attempt < (c === 0 ? 1 : attempts); attempt++) {
			const chosen = drawn(distance, mix(seed + c * attempts + attempt) / 2 ** 32);
			const after = new Float64Array(n);
			let left = 0;
			for (let t = 0; t < n; t++) {
				if (distance[t] === 0) continue;
				let cosine = 0;
				for (let x = 0; x < d; x++) cosine += values[t * d + x]! * values[chosen * d + x]!;
				left += after[t] = Math.min(distance[t]!, Math.max(0, 1 - cosine) ** 2);
			}
			if (!best || left < best.left) best = { chosen, after, left };
		}
		centres.set(values.subarray(best!.chosen * d, (best!.chosen + 1) * d), c * d);
		distance = best!.after;
	}
	return centres;
}

/** A place with a chance in proportion to its value. */
function drawn(values: Float64Array, share: number): number {
	let left = share * values.reduce((sum, one) => sum + one, 0);
	let chosen = 0;
	for (let t = 0; t < values.length; t++) {
		if (values[t] === 0) continue;
		chosen = t;
		left -= values[t]!;
		if (left < 0) break;
	}
	return chosen;
}
