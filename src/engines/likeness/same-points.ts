import { candidates } from './candidates.ts';
import { Comparing } from './comparing.ts';
import { letterFeatures, wordFeatures } from './features.ts';
import type { Evidence, Text } from './text.ts';

/** Two ideas that probably say the same. */
export interface Proposal {
	/** numbers of ideas, the lower first */
	readonly one: number;
	readonly other: number;
	/** 0 to 1, four decimals */
	readonly closeness: number;
	readonly evidence: Evidence;
	/** nothing but endings, slips, order and empty words distinguishes them: may be ticked beforehand */
	readonly isSure: boolean;
}

/** Below, two texts are not worth a look. */
const leastClose = 0.25;
/** Proposed of each idea. */
const perIdea = 5;

/**
 * The pairs of ideas that probably say the same, the surest first, then the closest: of each idea at most five of its own, and those in which it is
 * one of another's five.
 * @param texts in any order: the result does not depend on it
 * @param progress told now and then, 0 to 1
 */
export function probableSamePoints(texts: readonly Text[], seed: number, progress?: (share: number) => void): Proposal[] {
	const ordered = [...texts].sort(byIdea);
	const [words, letters] = [wordFeatures(ordered), letterFeatures(ordered)];
	const most = Math.min(40, Math.max(1, ordered.length - 1));
	const found = candidates([words, letters], ordered.length, seed, { trees: 32, beside: 10, most });
	progress?.(0.4);
	const comparing = new Comparing(ordered, words, letters);
	const proposed = new Map<string, Proposal>();
	for (const [t, text] of ordered.entries()) {
		if (t % 1000 === 0) progress?.(0.4 + (0.6 * t) / ordered.length);
		const near: Proposal[] = [];
		for (let at = t * most; at < (t + 1) * most && found[at] !== -1; at++) {
			const beside = ordered[found[at]!]!;
			if (beside.idea === text.idea) continue;
			const { closeness, isSure } = comparing.nearness(Math.min(t, found[at]!), Math.max(t, found[at]!));
			if (closeness < leastClose) continue;
			near.push({
				one: Math.min(text.idea, beside.idea),
				other: Math.max(text.idea, beside.idea),
				closeness: Math.round(closeness * 1e4) / 1e4,
				evidence: text.isTranslation || beside.isTranslation ? 'translation' : 'words',
				isSure
			});
		}
		for (const proposal of near.sort(bySurety).slice(0, perIdea)) keepBetter(proposed, proposal);
	}
	return [...proposed.values()].sort(bySurety);
}

/** The surer first, then the closer, then by number. */
export function bySurety(a: Proposal, b: Proposal): number {
	return Number(b.isSure) - Number(a.isSure) || b.closeness - a.closeness || a.one - b.one || a.other - b.other;
}

function keepBetter(proposed: Map<string, Proposal>, proposal: Proposal): void {
	const key = `${proposal.one} ${proposal.other}`;
	const known = proposed.get(key);
	if (!known || bySurety(proposal, known) < 0) proposed.set(key, proposal);
}

function byIdea(a: Text, b: Text): number {
	return (
		a.idea - b.idea ||
		Number(a.isTranslation) - Number(b.isTranslation) ||
		(a.language < b.language ? -1 : a.language > b.language ? 1 : 0)
	);
}
