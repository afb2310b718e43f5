import { codesOf } from './codes.ts';
import { opinionGroups, type OpinionGroups } from './groups.ts';
import type { Matrix } from './matrix.ts';
import { adjustedRandIndex } from './rand-index.ts';
import { randomFrom, type Random } from './random.ts';

/** Whether the same groups would have been found among other people of the same kind (Efron's bootstrap). */
export interface Stability {
	readonly resamples: number;
	/** share of the resamples with as many groups; 0 to 1 */
	readonly sameK: number;
	/** mean adjusted Rand index between the groups and those that each resample finds among the same people */
	readonly meanRandIndex: number;
	/** what both must reach */
	readonly threshold: number;
	readonly isStable: boolean;
}

export interface StabilityWishes {
	readonly seed: number;
	readonly resamples: number;
	readonly threshold: number;
	/** told after each resample */
	readonly progress?: (done: number, of: number) => void;
}

/** A direction a thousandth off moves hardly anybody from one group to another. */
const precision = 1e-3;

/**
 * Draws as many people as there are, with return, finds the groups of those, puts everybody into the nearest of them, and compares. A
 * resample that finds no groups counts as nothing in common. Costs as many times the groups as there are resamples.
 */
export function stabilityOf(
	matrix: Matrix,
	{ group, k }: Pick<OpinionGroups, 'group' | 'k'>,
	{ seed, resamples, threshold, progress }: StabilityWishes
): Stability {
	if (k === 0) return { resamples: 0, sameK: 0, meanRandIndex: 0, threshold, isStable: false };
	const codes = codesOf(matrix);
	const random = randomFrom(seed);
	let [same, agreed] = [0, 0];
	for (let resample = 0; resample < resamples; resample++) {
		const times = drawnWithReturn(matrix.people, random);
		const found = opinionGroups(matrix, { seed, times, precision, codes });
		if (found.k === k) same += 1;
		if (found.k > 0) agreed += adjustedRandIndex(group, found.group);
		progress?.(resample + 1, resamples);
	}
	const [sameK, meanRandIndex] = [same / Math.max(1, resamples), agreed / Math.max(1, resamples)];
	return { resamples, sameK, meanRandIndex, threshold, isStable: Math.min(sameK, meanRandIndex) >= threshold };
}

function drawnWithReturn(people: number, random: Random): Uint8Array {
	const times = new Uint8Array(people);
	for (let drawn = 0; drawn < people; drawn++) {
		const person = random.below(people);
		// nobody is drawn 255 times of their own accord; the count must not begin anew if it happens
		if (times[person]! < 255) times[person]! += 1;
	}
	return times;
}
