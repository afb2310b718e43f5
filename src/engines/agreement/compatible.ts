import { centredMatrix, normalise, takeOut, type Centred, type Components } from './components.ts';
import { kMeans, type Clusters, type Points } from './k-means.ts';
import type { Matrix } from './matrix.ts';
import { project, type Positions } from './projection.ts';
import { distancesBetween, silhouette } from './silhouette.ts';

/**
 * Opinion groups as Polis finds them when it first sees a whole conversation (a cold start), for people who come from there. Written from the
 * description in Small et al. 2021 and from how it behaves; its quirks are kept on purpose, in this file and nowhere else:
 *
 * - people stand in the order of their first opinion, and the first 100 different places become the first base clusters, so the groups depend
 *   on who came first (the default mode does not: groups.ts);
 * - what moderators took out is set to "pass" for everybody, so it says nothing but counts as spoken to;
 * - at most 20 rounds, and centres that moved less than 0.01 are still;
 * - the number of groups is the one with the best mean silhouette over base clusters, each as one whatever it holds.
 */
export interface CompatibleGroups {
	/** of each person: its group, −1 where it said too little */
	readonly group: Int32Array;
	readonly k: number;
	/** of the groups chosen; −1 to 1 */
	readonly silhouette: number;
	readonly components: Components;
	readonly positions: Positions;
}

const iterations = 100;
const baseClusters = 100;
const mostGroups = 5;
const baseRounds = 100;
const groupRounds = 20;
const still = 0.01;
const fewestOpinions = 7;
const fewestGrouped = 15;

/**
 * @param matrix people in order of arrival: by their first opinion, ties by row
 * @param leftOut of each idea: 1 where moderators took it out
 */
export function compatibleGroups(matrix: Matrix, leftOut: Uint8Array): CompatibleGroups {
	const components = compatibleComponents(centredMatrix(matrix, { leftOut }));
	const spoken = ideasSpokenTo(matrix);
	const positions = project(matrix, components, leftOut, spoken - components.taking);
	const grouped = whoIsGrouped(matrix, spoken);
	const group = new Int32Array(matrix.people).fill(-1);
	if (grouped.length === 0) return { group, k: 0, silhouette: 0, components, positions };
	const points = placesOf(grouped, positions);
	const base = kMeans(points, firstDifferent(points, baseClusters), baseRounds, still);
	const { of, k, score } = bestGroups(base);
	for (let at = 0; at < grouped.length; at++) group[grouped[at]!] = of[base.of[at]!]!;
	return { group, k, silhouette: score, components, positions };
}

/** Power iteration from a vector of ones, the second direction on what the first leaves over. */
function compatibleComponents(centred: Centred): Components {
	const { means, taking } = centred;
	const first = powerIteration(centred, null);
	return { means, taking, first, second: powerIteration(centred, first) };
}

function powerIteration(centred: Centred, already: Float64Array | null): Float64Array {
	let vector = new Float64Array(centred.means.length).fill(1);
	let next = new Float64Array(centred.means.length);
	let before = 0;
	for (let iteration = 0; iteration < iterations; iteration++) {
		if (already) takeOut(vector, already);
		centred.product(vector, next);
		if (already) takeOut(next, already);
		const length = normalise(next);
		[vector, next] = [next, vector];
		if (length === before || length === 0) break;
		before = length;
	}
	return vector;
}

/** An idea that nobody spoke to is unknown to Polis. */
function ideasSpokenTo({ ideas, idea }: Matrix): number {
	const isSpokenTo = new Uint8Array(ideas);
	for (const one of idea) isSpokenTo[one] = 1;
	return isSpokenTo.reduce((count, one) => count + one, 0);
}

/** Who said enough; where those are few, the most active ones too. In order of arrival. */
function whoIsGrouped({ people, starts }: Matrix, ideas: number): number[] {
	const said = (person: number) => starts[person + 1]! - starts[person]!;
	const enough = Math.max(1, Math.min(fewestOpinions, ideas));
	const all = [...Array(people).keys()];
	const active = all.filter((person) => said(person) >= enough);
	if (active.length >= fewestGrouped) return active;
	const most = all.sort((one, other) => said(other) - said(one) || one - other).slice(0, fewestGrouped);
	return most.filter((person) => said(person) > 0).sort((one, other) => one - other);
}

function placesOf(people: readonly number[], positions: Positions): Points {
	return {
		x: Float64Array.from(people, (person) => positions.x[person]!),
		y: Float64Array.from(people, (person) => positions.y[person]!),
		weight: new Float64Array(people.length).fill(1)
	};
}

function firstDifferent({ x, y }: Points, most: number): Points {
	const seen = new Set<string>();
	const chosen: number[] = [];
	for (let point = 0; point < x.length && chosen.length < most; point++) {
		const place = `${x[point]!} ${y[point]!}`;
		if (!seen.has(place)) chosen.push(point);
		seen.add(place);
	}
	return placesOf(chosen, { x, y });
}

function bestGroups({ centres }: Clusters): { of: Int32Array; k: number; score: number } {
	const each = new Float64Array(centres.x.length).fill(1);
	const distances = distancesBetween(centres);
	let best: { of: Int32Array; k: number; score: number } = { of: new Int32Array(centres.x.length), k: 1, score: -Infinity };
	for (let k = 2; k <= Math.min(mostGroups, 2 + Math.floor(centres.x.length / 12)); k++) {
		const { of, centres: found } = kMeans(centres, firstDifferent(centres, k), groupRounds, still);
		const score = silhouette(distances, each, of, found.x.length);
		if (found.x.length > 1 && score >= best.score) best = { of, k: found.x.length, score };
	}
	return best.k === 1 ? { ...best, score: 0 } : best;
}
