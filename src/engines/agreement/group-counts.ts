import type { Matrix } from './matrix.ts';

/** What the people of each discovered group say to each idea. */
export interface GroupCounts {
	readonly k: number;
	/** of idea i and group g three numbers (disagree, pass, agree) at `(i * k + g) * 3`; people in no group are left out */
	readonly counts: Uint32Array;
}

/** O(opinions) */
export function countByGroup({ people, ideas, starts, idea, value }: Matrix, group: Int32Array, k: number): GroupCounts {
	const counts = new Uint32Array(ideas * k * 3);
	for (let person = 0; person < people; person++) {
		const own = group[person]!;
		if (own < 0) continue;
		const end = starts[person + 1]!;
		for (let at = starts[person]!; at < end; at++) counts[(idea[at]! * k + own) * 3 + value[at]! + 1]! += 1;
	}
	return { k, counts };
}

/** What one group says to one idea; spoken counts passes, too. */
export interface Said {
	readonly agree: number;
	readonly disagree: number;
	readonly spoken: number;
}

export function saidBy({ k, counts }: GroupCounts, idea: number, group: number): Said {
	const at = (idea * k + group) * 3;
	const [disagree, pass, agree] = [counts[at]!, counts[at + 1]!, counts[at + 2]!];
	return { agree, disagree, spoken: disagree + pass + agree };
}

/**
 * Group-aware consensus (Small et al. 2021): the chance that one person drawn from each group agrees, with Laplace's prior: the product over
 * groups of (agree + 1) / (spoken + 2). A group that has not spoken counts ½, so that much silence never looks like much agreement.
 * @returns of each idea, 0 to 1; 0 where there are no groups
 */
export function groupAwareConsensus(counts: GroupCounts, ideas: number): Float64Array {
	return new Float64Array(ideas).map((_, idea) => {
		let product = counts.k === 0 ? 0 : 1;
		for (let group = 0; group < counts.k; group++) {
			const { agree, spoken } = saidBy(counts, idea, group);
			product *= (agree + 1) / (spoken + 2);
		}
		return product;
	});
}
