import type { Points } from './k-means.ts';

/** Distances of all pairs, row by row; O(points²), so of base clusters, not of people. */
export function distancesBetween({ x, y }: Omit<Points, 'weight'>): Float64Array {
	const count = x.length;
	const distances = new Float64Array(count * count);
	for (let one = 0; one < count; one++) {
		for (let other = 0; other < one; other++) {
			const [across, down] = [x[one]! - x[other]!, y[one]! - y[other]!];
			const distance = Math.sqrt(across * across + down * down);
			distances[one * count + other] = distance;
			distances[other * count + one] = distance;
		}
	}
	return distances;
}

/**
 * How much nearer points are to those of their own cluster than to those of the next (Rousseeuw 1987), on average over points, each as often as it
 * weighs. A point alone in its cluster counts 0.
 * @param distances of all pairs of points
 * @returns −1 to 1
 */
export function silhouette(distances: Float64Array, weight: Float64Array, of: Int32Array, clusters: number): number {
	const count = of.length;
	const members = new Float64Array(clusters);
	for (let point = 0; point < count; point++) members[of[point]!]! += weight[point]!;
	const sums = new Float64Array(clusters);
	let [total, all] = [0, 0];
	for (let point = 0; point < count; point++) {
		sums.fill(0);
		for (let other = 0; other < count; other++) sums[of[other]!]! += weight[other]! * distances[point * count + other]!;
		const own = of[point]!;
		all += weight[point]!;
		if (members[own]! <= 1) continue;
		const within = sums[own]! / (members[own]! - 1);
		let next = Infinity;
		for (let cluster = 0; cluster < clusters; cluster++)
			if (cluster !== own && members[cluster]! > 0) next = Math.min(next, sums[cluster]! / members[cluster]!);
		const larger = Math.max(within, next);
		if (larger > 0 && larger < Infinity) total += weight[point]! * ((next - within) / larger);
	}
	return all === 0 ? 0 : total / all;
}
