import { baseClusters } from './base-clusters.ts';
import { codesOf } from './codes.ts';
import { centredMatrix, type Components } from './components.ts';
import { kMeans, toNearest, type Clusters, type Points } from './k-means.ts';
import type { Matrix } from './matrix.ts';
import { principalComponents } from './principal.ts';
import { project, type Positions } from './projection.ts';
import { randomFrom, type Random } from './random.ts';
import { distancesBetween, silhouette } from './silhouette.ts';

/**
 * Groups of people who say much the same, found without asking who they are: positions along two components, a grid of base clusters, weighted
 * k-means from several seeded starts, and of two to five groups the number with the best silhouette (Small et al. 2021). Unlike Polis nothing
 * depends on who came first: people stand in canonical order, starts are drawn from a seed, base clusters come from a grid, and a base cluster
 * weighs as much as it holds people.
 */
export interface OpinionGroups {
	/** of each person: its group, largest first; −1 where it said too little, or there are no groups */
	readonly group: Int32Array;
	/** 2 to 5; 0 where people do not fall into groups */
	readonly k: number;
	/** how clearly they do, −1 to 1 */
	readonly silhouette: number;
	/** of each group: how many people */
	readonly sizes: readonly number[];
	/** of each group: its middle */
	readonly centres: Points;
	readonly components: Components;
	readonly positions: Positions;
}

export interface GroupingWishes {
	readonly seed: number;
	/** of each person: how often it counts, 0 to 255; once where nothing is said */
	readonly times?: Uint8Array;
	/** of the components: see principalComponents */
	readonly precision?: number;
	/** codesOf(matrix), where somebody has them */
	readonly codes?: Uint32Array;
}

const mostGroups = 5;
const starts = 10;
const rounds = 100;
/** a position along a component is about as large as the root of the number of ideas */
const still = 1e-6;

/** Cost O(opinions); beside it 900² for the distances of base clusters. */
export function opinionGroups(matrix: Matrix, { seed, times, precision, codes }: GroupingWishes): OpinionGroups {
	const components = principalComponents(centredMatrix(matrix, { times }, codes ?? codesOf(matrix)), precision);
	const positions = project(matrix, components);
	const grouped = whoIsGrouped(matrix, components.taking);
	const base = baseClusters(positions, grouped, times);
	const distances = distancesBetween(base);
	const random = randomFrom(seed);
	let best: Clusters & { readonly score: number } = { centres: noPoints, of: new Int32Array(0), score: -Infinity };
	for (let k = 2; k <= Math.min(mostGroups, base.x.length); k++) {
		const { centres, of } = bestOfStarts(base, k, random);
		if (centres.x.length < k) continue;
		const score = silhouette(distances, base.weight, of, k);
		// better only by rounding is not better
		if (score <= best.score + 1e-12) continue;
		const people = nearest(positions, grouped, centres);
		if (Math.min(...sizesOf(people, k)) < smallestGroup(grouped.length)) continue;
		best = { centres, of: people, score };
	}
	const group = new Int32Array(matrix.people).fill(-1);
	const k = best.centres.x.length;
	const { centres, number, sizes } = largestFirst(best.centres, sizesOf(best.of, k));
	best.of.forEach((cluster, at) => (group[grouped[at]!] = number[cluster]!));
	return { group, k, silhouette: k === 0 ? 0 : best.score, sizes, centres, components, positions };
}

/** Who said less is in no group (as for Polis). @param ideas to which anybody spoke */
export function fewestToBeGrouped(ideas: number): number {
	return Math.max(1, Math.min(7, ideas));
}

/** Never one person; five, below which figures of a group are not shown, where there are fifty people. */
function smallestGroup(people: number): number {
	return Math.max(2, Math.min(5, people / 10));
}

const noPoints: Points = { x: new Float64Array(0), y: new Float64Array(0), weight: new Float64Array(0) };

function whoIsGrouped({ people, starts: begins }: Matrix, ideas: number): Int32Array {
	const enough = fewestToBeGrouped(ideas);
	const grouped = [];
	for (let person = 0; person < people; person++) if (begins[person + 1]! - begins[person]! >= enough) grouped.push(person);
	return Int32Array.from(grouped);
}

/** Of several starts the one whose points lie nearest to their centres. */
function bestOfStarts(base: Points, k: number, random: Random): Clusters {
	let best: Clusters = { centres: noPoints, of: new Int32Array(0) };
	let least = Infinity;
	for (let start = 0; start < starts; start++) {
		const found = kMeans(base, spreadOut(base, k, random), rounds, still);
		const far = farness(base, found);
		if (far < least) {
			least = far;
			best = found;
		}
	}
	return best;
}

/** Starting centres far from each other: each drawn in proportion to its squared distance from those before (Arthur and Vassilvitskii 2007). */
function spreadOut({ x, y, weight }: Points, k: number, random: Random): Points {
	const chosen: number[] = [];
	const chances = weight.slice();
	while (chosen.length < k) {
		const next = drawn(chances, random);
		if (next === null) break;
		chosen.push(next);
		for (let point = 0; point < x.length; point++) {
			const far = weight[point]! * ((x[point]! - x[next]!) ** 2 + (y[point]! - y[next]!) ** 2);
			chances[point] = chosen.length === 1 ? far : Math.min(chances[point]!, far);
		}
	}
	const of = (places: Float64Array) => Float64Array.from(chosen, (point) => places[point]!);
	return { x: of(x), y: of(y), weight: of(weight) };
}

function drawn(chances: Float64Array, random: Random): number | null {
	let all = 0;
	for (const chance of chances) all += chance;
	if (all === 0) return null;
	let left = random.share() * all;
	let last = 0;
	for (let at = 0; at < chances.length; at++) {
		if (chances[at]! === 0) continue;
		last = at;
		left -= chances[at]!;
		if (left < 0) break;
	}
	return last;
}

function farness({ x, y, weight }: Points, { centres, of }: Clusters): number {
	let sum = 0;
	for (let point = 0; point < of.length; point++) {
		const centre = of[point]!;
		sum += weight[point]! * ((x[point]! - centres.x[centre]!) ** 2 + (y[point]! - centres.y[centre]!) ** 2);
	}
	return sum;
}

function nearest({ x, y }: Positions, grouped: Int32Array, centres: Points): Int32Array {
	const of = new Int32Array(grouped.length);
	const [left, up] = [new Float64Array(grouped.length), new Float64Array(grouped.length)];
	for (let at = 0; at < grouped.length; at++) {
		left[at] = x[grouped[at]!]!;
		up[at] = y[grouped[at]!]!;
	}
	toNearest({ x: left, y: up }, centres, of);
	return of;
}

function sizesOf(of: Int32Array, k: number): number[] {
	const sizes = new Array<number>(k).fill(0);
	for (const cluster of of) sizes[cluster]! += 1;
	return sizes;
}

function largestFirst(
	{ x, y, weight }: Points,
	sizes: readonly number[]
): { centres: Points; number: number[]; sizes: number[] } {
	const order = [...sizes.keys()].sort((one, other) => sizes[other]! - sizes[one]! || x[one]! - x[other]! || y[one]! - y[other]!);
	const number = new Array<number>(order.length);
	order.forEach((cluster, place) => (number[cluster] = place));
	const of = (values: Float64Array) => Float64Array.from(order, (cluster) => values[cluster]!);
	return { centres: { x: of(x), y: of(y), weight: of(weight) }, number, sizes: order.map((cluster) => sizes[cluster]!) };
}
