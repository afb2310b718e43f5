import { candidates } from './candidates.ts';
import type { Features } from './features.ts';
import type { Proposal } from './same-points.ts';

/** What people said of an idea: one opinion each, people ascending. */
export interface Column {
	readonly idea: number;
	/** primary subtag */
	readonly language: string;
	readonly people: Uint32Array;
	/** 1 agree, 0 pass, -1 disagree */
	readonly values: Int8Array;
}

/** Fewer who judged both, and took a side on both, say nothing. */
export const fewestPeople = 15;
const leastKappa = 0.6;
/** One-sided 90 %. */
const z = 1.2816;

/**
 * Pairs of ideas in different languages, of which the same people think the same, far beyond what their majorities alone would bring about: the lower bound of
 * Cohen's kappa (1960) of those who took a side on both. People who read both languages are few, so these are hints, never sure.
 * Candidates come from the same forest as those of words: the features of an idea are its people, each with the side that they took.
 */
export function alikeByOpinions(columns: readonly Column[], seed: number): Proposal[] {
	const ordered = [...columns].sort((a, b) => a.idea - b.idea);
	const most = Math.min(40, Math.max(1, ordered.length - 1));
	const found = candidates([sidesOf(ordered)], ordered.length, seed, { trees: 48, beside: 10, most });
	const proposals = new Map<string, Proposal>();
	for (let c = 0; c < ordered.length; c++) {
		for (let at = c * most; at < (c + 1) * most && found[at] !== -1; at++) {
			const [one, other] = [ordered[Math.min(c, found[at]!)]!, ordered[Math.max(c, found[at]!)]!];
			if (one.language === other.language) continue;
			const closeness = kappaAtLeast(one, other);
			if (closeness < leastKappa) continue;
			const rounded = Math.round(closeness * 1e4) / 1e4;
			proposals.set(`${one.idea} ${other.idea}`, {
				one: one.idea,
				other: other.idea,
				closeness: rounded,
				evidence: 'opinions',
				isSure: false
			});
		}
	}
	return [...proposals.values()];
}

function sidesOf(columns: readonly Column[]): Features {
	const starts = new Uint32Array(columns.length + 1);
	const all: number[] = [];
	let features = 0;
	for (const [c, { people, values }] of columns.entries()) {
		for (const [at, person] of people.entries()) {
			if (values[at] === 0) continue;
			const feature = 2 * person + (values[at] === 1 ? 1 : 0);
			features = Math.max(features, feature + 1);
			all.push(feature);
		}
		starts[c + 1] = all.length;
	}
	return {
		starts,
		all: Uint32Array.from(all),
		weights: new Float64Array(features).fill(1),
		frequencies: new Uint32Array(0),
		totals: new Float64Array(0),
		names: []
	};
}

function kappaAtLeast(one: Column, other: Column): number {
	let [i, j, n, same, agreeOne, agreeOther] = [0, 0, 0, 0, 0, 0];
	while (i < one.people.length && j < other.people.length) {
		const difference = one.people[i]! - other.people[j]!;
		if (difference === 0 && one.values[i] !== 0 && other.values[j] !== 0) {
			n++;
			same += Number(one.values[i] === other.values[j]);
			agreeOne += Number(one.values[i] === 1);
			agreeOther += Number(other.values[j] === 1);
		}
		if (difference <= 0) i++;
		if (difference >= 0) j++;
	}
	if (n < fewestPeople) return 0;
	const observed = same / n;
	const [p, q] = [agreeOne / n, agreeOther / n];
	const byChance = p * q + (1 - p) * (1 - q);
	// where almost all agree with everything, to agree with both tells nothing
	if (byChance > 0.9) return 0;
	// half a person of doubt, so that no disagreement among few is not certainty
	const spread = Math.sqrt(((same + 0.5) * (n - same + 0.5)) / (n + 1) ** 2 / n);
	return (observed - z * spread - byChance) / (1 - byChance);
}
