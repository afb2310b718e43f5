import { saidBy, type GroupCounts } from './group-counts.ts';
import { upperTail } from './normal.ts';

/** An idea that tells a discovered group from the rest. */
export interface Representative {
	readonly idea: number;
	/** what the group says to it more than the rest */
	readonly says: 'agree' | 'disagree';
	/** how many of the group say so, of how many who spoke */
	readonly said: number;
	readonly spoken: number;
	/** the same of all other groups */
	readonly saidElsewhere: number;
	readonly spokenElsewhere: number;
	/** of both tests the larger p-value, before it is judged among all others */
	readonly p: number;
}

export interface RepresentativeWishes {
	/** at most so many of a group */
	readonly most: number;
	/** the level of Benjamini and Hochberg's procedure over all tests of all groups; 0 to 1 */
	readonly falseDiscoveries: number;
}

/**
 * Ideas to which most of a group say the same and say it more often than the rest. Two one-sided tests, both of which must hold: of one
 * proportion against ½, of two proportions against each other, as in Small et al. 2021, but with one opinion of either kind added to each
 * (Polis adds one of the kind that is tested for, so that five of five would seem four times as sure as they are). Polis
 * takes each at 90 %, so that of a thousand ideas many seem to say something; here all tests of all groups are judged together (Benjamini and
 * Hochberg 1995), and of those that hold the clearest come first.
 *
 * The level is a yardstick, not a share of false ones that is promised. The procedure keeps to it where tests are independent, or depend on
 * each other positively; of any tests whatever it keeps to the level times 1 + ½ + … + 1/tests only (Benjamini and Yekutieli, "The control of
 * the false discovery rate in multiple testing under dependency", 2001). Here some depend negatively: who agrees more disagrees less, and
 * what one group says more the rest say less. And the groups were drawn from these same opinions, so that they differ more than people do who
 * were grouped beforehand (Gao, Bien and Witter, "Selective inference for hierarchical clustering", 2022): a group that does not exist has its
 * representative ideas, too. Against that stands the stability of the groups, without which none is named.
 *
 * @returns of each group its ideas
 */
export function representativeIdeas(
	counts: GroupCounts,
	ideas: number,
	{ most, falseDiscoveries }: RepresentativeWishes
): Representative[][] {
	const tests: (Representative & { readonly group: number; readonly z: number })[] = [];
	for (let idea = 0; idea < ideas; idea++) {
		const said = Array.from({ length: counts.k }, (_, group) => saidBy(counts, idea, group));
		const sum = (of: 'agree' | 'disagree' | 'spoken') => said.reduce((total, one) => total + one[of], 0);
		const all = { agree: sum('agree'), disagree: sum('disagree'), spoken: sum('spoken') };
		said.forEach((own, group) => {
			if (own.spoken === 0 || own.spoken === all.spoken) return;
			for (const says of ['agree', 'disagree'] as const) {
				const elsewhere = { said: all[says] - own[says], spoken: all.spoken - own.spoken };
				const z = Math.min(zOfMost(own[says], own.spoken), zOfMore(own[says], own.spoken, elsewhere.said, elsewhere.spoken));
				const figures = { said: own[says], spoken: own.spoken, saidElsewhere: elsewhere.said, spokenElsewhere: elsewhere.spoken };
				tests.push({ idea, says, ...figures, p: upperTail(z), group, z });
			}
		});
	}
	const holding = new Set(
		discoveries(
			tests.map(({ p }) => p),
			falseDiscoveries
		)
	);
	return Array.from({ length: counts.k }, (_, own) =>
		tests
			.filter(({ group }, at) => group === own && holding.has(at))
			.sort((one, other) => other.z - one.z || one.idea - other.idea)
			.slice(0, most)
			.map(({ group: _group, z: _z, ...one }) => one)
	);
}

/** Of one proportion against ½. */
function zOfMost(said: number, spoken: number): number {
	return 2 * Math.sqrt(spoken + 2) * ((said + 1) / (spoken + 2) - 0.5);
}

/** Of two proportions against each other. */
function zOfMore(said: number, spoken: number, elsewhere: number, spokenElsewhere: number): number {
	const [one, other] = [(said + 1) / (spoken + 2), (elsewhere + 1) / (spokenElsewhere + 2)];
	const both = (said + elsewhere + 2) / (spoken + spokenElsewhere + 4);
	return (one - other) / Math.sqrt(both * (1 - both) * (1 / (spoken + 2) + 1 / (spokenElsewhere + 2)));
}

/**
 * Benjamini and Hochberg's procedure: the places of p-values that may be called discoveries. Of independent tests, or such as depend on each
 * other positively, at most this share of them is false on average.
 */
export function discoveries(p: readonly number[], falseShare: number): number[] {
	const order = [...p.keys()].sort((one, other) => p[one]! - p[other]! || one - other);
	let last = -1;
	order.forEach((place, rank) => {
		if (p[place]! <= (falseShare * (rank + 1)) / p.length) last = rank;
	});
	return order.slice(0, last + 1);
}
