import { betaQuantiles } from './beta.ts';

/**
 * How far an idea is supported across groups, in the words of ICANN's GNSO Working Group Guidelines (3.6), held by the measure of ISO/IEC
 * Guide 2: consensus is the absence of sustained opposition by any important part of the concerned interests. Nobody's silence is consent: a
 * group that has not said enough is named as not heard, never as agreeing and never as blocking.
 */
export type Level = 'consensus' | 'opposition' | 'divergence' | 'not-heard';

/** Settings of a topic; they stand wherever a level is shown. */
export interface Thresholds {
	/** a group is heard from so many people on who agree or disagree */
	readonly heard: number;
	/** a heard group favours an idea if its lower 80 % bound lies above, and opposes it if its upper one lies below */
	readonly majority: number;
	/** share of the heard groups that must favour an idea for "strong support but significant opposition" */
	readonly most: number;
}

export const usualThresholds: Thresholds = { heard: 5, majority: 0.5, most: 2 / 3 };

/** What a level needs to know of a group. */
export interface Heard {
	readonly group: string;
	readonly agree: number;
	readonly disagree: number;
}

export interface Support {
	readonly level: Level;
	/** heard groups that favour the idea, whatever its level; in the order given */
	readonly favouredBy: readonly string[];
	readonly opposedBy: readonly string[];
	readonly notHeardFrom: readonly string[];
	/** lower 80 % bound of the heard group that agrees least; null where none is heard */
	readonly score: number | null;
	/** geometric mean of the agreement of the heard groups, which orders equal scores */
	readonly mean: number | null;
}

/**
 * The level of one idea from the counts of its groups: the true ones, or the published ones where the level is published; a group whose cell
 * is not published is given as nobody. O(groups).
 *
 * consensus: every group is heard and favours it. opposition: `most` of the heard groups favour it and at least one opposes it. not-heard:
 * every heard group favours it and some are not heard, or none is. divergence: everything else, an idea that all oppose among it.
 */
export function levelOf(groups: readonly Heard[], thresholds: Thresholds): Support {
	return levelFrom(
		groups.map(({ group, agree, disagree }) => ({ group, ...leaningOf(agree, disagree) })),
		thresholds
	);
}

/** Agreement of a group as a level reads it; see Agreement for what they mean. */
export interface Leaning {
	/** agree + disagree */
	readonly n: number;
	readonly share: number;
	/** 80 % bounds */
	readonly lower: number;
	readonly upper: number;
}

export function leaningOf(agree: number, disagree: number): Leaning {
	const n = agree + disagree;
	const at = betaQuantiles(agree + 0.5, disagree + 0.5);
	return { n, share: (agree + 0.5) / (n + 1), lower: at(0.1), upper: at(0.9) };
}

/** The same from bounds that are known. */
export function levelFrom(groups: readonly (Leaning & { readonly group: string })[], thresholds: Thresholds): Support {
	const heard = groups.filter(({ n }) => n >= thresholds.heard);
	const favouring = heard.filter(({ lower }) => lower > thresholds.majority);
	const opposing = heard.filter(({ upper }) => upper < thresholds.majority);
	const level = (): Level => {
		if (favouring.length === heard.length) return heard.length === groups.length && heard.length > 0 ? 'consensus' : 'not-heard';
		// two thirds of three groups are two of them, however the fraction was rounded
		const enough = favouring.length >= thresholds.most * heard.length - 1e-9;
		return enough && opposing.length > 0 ? 'opposition' : 'divergence';
	};
	const names = (some: readonly { readonly group: string }[]) => some.map(({ group }) => group);
	return {
		level: level(),
		favouredBy: names(favouring),
		opposedBy: names(opposing),
		notHeardFrom: names(groups.filter(({ n }) => n < thresholds.heard)),
		score: heard.length === 0 ? null : Math.min(...heard.map(({ lower }) => lower)),
		mean: heard.length === 0 ? null : Math.exp(heard.reduce((sum, { share }) => sum + Math.log(share), 0) / heard.length)
	};
}

/** Orders ideas: those on which the worst heard group agrees most come first, those that nobody is heard on last. */
export function byScore(one: Pick<Support, 'score' | 'mean'>, other: Pick<Support, 'score' | 'mean'>): number {
	return (other.score ?? -1) - (one.score ?? -1) || (other.mean ?? -1) - (one.mean ?? -1);
}
