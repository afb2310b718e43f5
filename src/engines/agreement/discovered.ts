import { bridging, whereTheyDisagree } from './bridging.ts';
import { codesOf } from './codes.ts';
import { divideBetween, type Divide } from './divide.ts';
import { countByGroup, groupAwareConsensus, saidBy, type GroupCounts } from './group-counts.ts';
import { opinionGroups, type OpinionGroups } from './groups.ts';
import type { Matrix } from './matrix.ts';
import { representativeIdeas, type Representative } from './representative.ts';
import { rounded } from './rounding.ts';
import { shortlistOf, type Shortlist } from './shortlist.ts';
import { stabilityOf, type Stability } from './stability.ts';

export interface DiscoverySettings {
	readonly seed: number;
	/** of the bootstrap; 0: it is not done, and nothing is called stable */
	readonly resamples: number;
	/** what share of the resamples must find as many groups, and how alike, for groups to be named; 0 to 1 */
	readonly stableFrom: number;
	/** of the permutation test of the divide */
	readonly permutations: number;
	/** representative ideas of a group at most, and the level at which they are tested together */
	readonly representative: number;
	readonly falseDiscoveries: number;
	/** places of the shortlist */
	readonly shortlist: number;
	/** how far apart bridging and group-aware consensus may place an idea (0 to 1) before that is said, and of how many opinions */
	readonly apart: number;
	readonly fewestToCompare: number;
}

export const usualDiscovery: DiscoverySettings = {
	...{ seed: 1, resamples: 40, stableFrom: 0.8, permutations: 499, representative: 5, falseDiscoveries: 0.05, shortlist: 10 },
	...{ apart: 0.25, fewestToCompare: 5 }
};

/** What is found without asking who people are; plain JSON, places of ideas and people as in the matrix, shares to four decimals. */
export interface Discovered {
	/** groups found; 0: people do not fall into groups */
	readonly k: number;
	readonly silhouette: number;
	/** null: was not asked for */
	readonly stability: Stability | null;
	/** of each person: its group, or null */
	readonly people: readonly (number | null)[];
	/** largest first */
	readonly groups: readonly DiscoveredGroup[];
	readonly ideas: readonly DiscoveredOfIdea[];
	readonly divide: Divide;
	readonly shortlist: Shortlist;
	readonly map: OpinionMap;
}

export interface DiscoveredGroup {
	readonly people: number;
	readonly representative: readonly Representative[];
}

export interface DiscoveredOfIdea {
	/** 0 to 1; null where there are no groups, or nobody spoke */
	readonly groupAwareConsensus: number | null;
	/** about −1 to 1; null where nobody spoke */
	readonly bridging: number | null;
	/** whether the two place the idea far apart among all ideas */
	readonly isDisputed: boolean;
	/** of each discovered group */
	readonly groups: readonly { readonly agree: number; readonly disagree: number; readonly pass: number }[];
}

/** What is needed to say where somebody stands: see `placeOf`. */
export interface OpinionMap {
	readonly means: readonly number[];
	readonly first: readonly number[];
	readonly second: readonly number[];
	/** middle of each group */
	readonly centres: readonly { readonly x: number; readonly y: number }[];
}

/**
 * @param matrix in canonical order, hidden ideas without opinions
 * @param declared of each person the declared groups as bits; 0: none
 * @param progress told after each resample of the bootstrap, which takes most of the time
 */
export function discover(
	matrix: Matrix,
	declared: Uint32Array,
	settings: DiscoverySettings = usualDiscovery,
	progress?: (done: number, of: number) => void
): Discovered {
	const { seed } = settings;
	const codes = codesOf(matrix);
	const found = opinionGroups(matrix, { seed, codes });
	const counts = countByGroup(matrix, found.group, found.k);
	const { resamples, stableFrom: threshold } = settings;
	const wishes = { seed, resamples, threshold, ...(progress && { progress }) };
	const stability = resamples > 0 ? stabilityOf(matrix, found, wishes) : null;
	const representative = representativeIdeas(counts, matrix.ideas, {
		most: settings.representative,
		falseDiscoveries: settings.falseDiscoveries
	});
	const { cramersV, randIndex, p, ...divide } = divideBetween(declared, found.group, settings);
	return {
		k: found.k,
		silhouette: stated(found.silhouette),
		stability: stability && {
			...stability,
			sameK: stated(stability.sameK),
			meanRandIndex: stated(stability.meanRandIndex)
		},
		people: Array.from(found.group, (group) => (group < 0 ? null : group)),
		groups: found.sizes.map((people, group) => ({
			people,
			representative: representative[group]!.map((one) => ({ ...one, p: Number(one.p.toPrecision(3)) }))
		})),
		ideas: ideasFound(matrix, codes, found, counts, settings),
		divide: { ...divide, cramersV: statedOr(cramersV), randIndex: statedOr(randIndex), p: statedOr(p) },
		shortlist: shortlistOf(matrix, settings.shortlist),
		map: mapOf(found)
	};
}

function ideasFound(
	matrix: Matrix,
	codes: Uint32Array,
	{ k, components }: OpinionGroups,
	counts: GroupCounts,
	{ apart, fewestToCompare: fewest }: DiscoverySettings
): DiscoveredOfIdea[] {
	const spoken = new Uint32Array(matrix.ideas);
	for (const idea of matrix.idea) spoken[idea]! += 1;
	const { score } = bridging(matrix, components.first, codes);
	const consensus = groupAwareConsensus(counts, matrix.ideas);
	const flags = k === 0 ? null : whereTheyDisagree(score, consensus, spoken, { fewest, apart });
	return Array.from({ length: matrix.ideas }, (_, idea) => ({
		groupAwareConsensus: k === 0 || spoken[idea] === 0 ? null : stated(consensus[idea]!),
		bridging: spoken[idea] === 0 ? null : stated(score[idea]!),
		isDisputed: flags?.[idea] === 1,
		groups: Array.from({ length: k }, (_, group) => {
			const { agree, disagree, spoken: all } = saidBy(counts, idea, group);
			return { agree, disagree, pass: all - agree - disagree };
		})
	}));
}

function mapOf({ components: { means, first, second }, centres }: OpinionGroups): OpinionMap {
	return {
		means: Array.from(means, stated),
		first: Array.from(first, stated),
		second: Array.from(second, stated),
		centres: Array.from(centres.x, (x, group) => ({ x: stated(x), y: stated(centres.y[group]!) }))
	};
}

/** As the result states it. */
function stated(value: number): number {
	return rounded(value, 4);
}

function statedOr(value: number | null): number | null {
	return value === null ? null : stated(value);
}
