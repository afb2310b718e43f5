import { codesOf } from './codes.ts';
import type { Matrix } from './matrix.ts';

/**
 * How far an idea is agreed to by people who otherwise disagree, without any groups: matrix factorisation after Community Notes (Wojcik et al.
 * 2022, "Birdwatch"). An opinion r (agree 1, pass ½, disagree 0) is taken to be a mean + how readily the person agrees + how good the idea is
 * for everybody + a product of where person and idea stand on one axis. What agreement along the axis explains is taken off, so that what is
 * left in the idea's own number is agreement across it.
 */
export interface Bridging {
	/** of each idea: its own number, about −1 to 1; 0 where nobody spoke */
	readonly score: Float64Array;
	/** of each idea: where it stands on the axis */
	readonly side: Float64Array;
	/** rounds that it took */
	readonly rounds: number;
}

/** What holds back a person's, an idea's own number and the mean; and where they stand: per opinion, as Community Notes does. */
const ownWeight = 0.15;
const sideWeight = 0.03;
const mostRounds = 60;
const still = 1e-4;

/**
 * Least squares in turn: with ideas held still each person's two numbers are two equations, and with people held still each idea's. Every turn
 * makes the sum smaller; it ends when no idea moves. A round costs O(opinions).
 * @param start of each idea where it stands on the axis at first: the first principal component
 */
export function bridging(matrix: Matrix, start: Float64Array, codes = codesOf(matrix)): Bridging {
	const { ideas } = matrix;
	const score = new Float64Array(ideas);
	const side = scaled(start);
	const factorisation: Factorisation = { mean: 0.5, score, side };
	const sums = new Float64Array(3 * ideas * sumsOfCode);
	let rounds = 0;
	for (let moved = Infinity; rounds < mostRounds && moved > still; rounds++) {
		sums.fill(0);
		const left = throughPeople(matrix, codes, factorisation, sums);
		factorisation.mean = (factorisation.mean * codes.length + left) / ((1 + ownWeight) * Math.max(1, codes.length));
		moved = settleIdeas(factorisation, sums);
	}
	return { score, side, rounds };
}

interface Factorisation {
	mean: number;
	readonly score: Float64Array;
	readonly side: Float64Array;
}

/** Of each kind of opinion to each idea: how many; and over those who gave it Σ f, Σ f², Σ o, Σ f × o, with f where a person stands, o its own number. */
const sumsOfCode = 5;

/** How much farther an idea goes than to where its sum is least: up to twice as far makes the sum smaller, and so it takes fewer rounds. */
const farther = 1.7;

function scaled(start: Float64Array): Float64Array {
	let largest = 0;
	for (const share of start) largest = Math.max(largest, Math.abs(share));
	return start.map((share) => (largest === 0 ? 0 : share / largest));
}

/** Settles each person's numbers and adds up what ideas need. Returns what the whole model leaves of the opinions, added up. */
function throughPeople({ people, starts }: Matrix, codes: Uint32Array, { mean, score, side }: Factorisation, sums: Float64Array) {
	const [rest, along] = [new Float64Array(score.length * 3), new Float64Array(score.length * 3)];
	for (let idea = 0; idea < score.length; idea++) {
		for (let value = 0; value < 3; value++) {
			rest[3 * idea + value] = value / 2 - mean - score[idea]!;
			along[3 * idea + value] = side[idea]!;
		}
	}
	let remains = 0;
	for (let person = 0; person < people; person++) {
		const [begin, end] = [starts[person]!, starts[person + 1]!];
		const spoken = end - begin;
		if (spoken === 0) continue;
		let [sides, squares, rests, products] = [0, 0, 0, 0];
		for (let at = begin; at < end; at++) {
			const code = codes[at]!;
			const [left, where] = [rest[code]!, along[code]!];
			sides += where;
			squares += where * where;
			rests += left;
			products += left * where;
		}
		const ones = spoken * (1 + ownWeight);
		squares += spoken * sideWeight;
		const divisor = ones * squares - sides * sides;
		const own = (rests * squares - sides * products) / divisor;
		const stands = (ones * products - sides * rests) / divisor;
		remains += rests - spoken * own - stands * sides;
		const [squared, product] = [stands * stands, own * stands];
		for (let at = begin; at < end; at++) {
			const place = codes[at]! * sumsOfCode;
			sums[place]! += 1;
			sums[place + 1]! += stands;
			sums[place + 2]! += squared;
			sums[place + 3]! += own;
			sums[place + 4]! += product;
		}
	}
	return remains;
}

/** Each idea's two numbers from its sums. Returns how far the farthest moved. */
function settleIdeas({ mean, score, side }: Factorisation, sums: Float64Array): number {
	let moved = 0;
	for (let idea = 0; idea < score.length; idea++) {
		let [spoken, sides, squares, rests, products] = [0, 0, 0, 0, 0];
		for (let value = 0; value < 3; value++) {
			const place = (3 * idea + value) * sumsOfCode;
			const left = value / 2 - mean;
			spoken += sums[place]!;
			sides += sums[place + 1]!;
			squares += sums[place + 2]!;
			rests += left * sums[place]! - sums[place + 3]!;
			products += left * sums[place + 1]! - sums[place + 4]!;
		}
		if (spoken === 0) {
			side[idea] = 0;
			continue;
		}
		squares += spoken * sideWeight;
		const ones = spoken * (1 + ownWeight);
		const divisor = ones * squares - sides * sides;
		const step = (rests * squares - sides * products) / divisor - score[idea]!;
		moved = Math.max(moved, Math.abs(step));
		score[idea]! += farther * step;
		side[idea]! += farther * ((ones * products - sides * rests) / divisor - side[idea]!);
	}
	return moved;
}

export interface Disagreeing {
	/** opinions from which on an idea is compared */
	readonly fewest: number;
	/** difference of the two places, each 0 (last) to 1 (first), from which on they disagree */
	readonly apart: number;
}

/** Of each idea: 1 where bridging and group-aware consensus put it at places that lie far apart. */
export function whereTheyDisagree(
	bridge: Float64Array,
	consensus: Float64Array,
	spoken: ArrayLike<number>,
	{ fewest, apart }: Disagreeing
): Uint8Array {
	const compared = [...bridge.keys()].filter((idea) => spoken[idea]! >= fewest);
	const [byBridge, byConsensus] = [places(bridge, compared), places(consensus, compared)];
	const flags = new Uint8Array(bridge.length);
	for (const idea of compared) if (Math.abs(byBridge.get(idea)! - byConsensus.get(idea)!) >= apart) flags[idea] = 1;
	return flags;
}

/** Place of each idea, 0 to 1; equals share the middle of theirs. */
function places(score: Float64Array, ideas: readonly number[]): Map<number, number> {
	const order = [...ideas].sort((one, other) => score[one]! - score[other]!);
	const found = new Map<number, number>();
	for (let from = 0; from < order.length;) {
		let to = from;
		while (to + 1 < order.length && score[order[to + 1]!] === score[order[from]!]) to += 1;
		for (let at = from; at <= to; at++) found.set(order[at]!, (from + to) / 2 / Math.max(1, order.length - 1));
		from = to + 1;
	}
	return found;
}
