import { opinionKinds } from './counts.ts';
import { leaningOf, levelFrom, type Leaning, type Support, type Thresholds } from './levels.ts';

/** An opinion as it counts: what is said, and of which groups its person was when saying it (bit g: group g). */
export interface Spoken {
	readonly groups: number;
	readonly value: -1 | 0 | 1;
}

/**
 * Counts and levels that follow each opinion at once, without another look at those that were there: one more opinion changes the counts
 * of its person's groups, their bounds, and the level of that one idea. O(groups) for each opinion, however many there are.
 */
export class RunningLevels {
	readonly #groups: readonly string[];
	readonly #thresholds: Thresholds;
	/** by idea and group, "not stated" last: disagree, pass, agree */
	readonly #counts: Uint32Array;
	/** by idea and group, made when first asked for */
	readonly #leanings: (Leaning | undefined)[];

	/** @param byGroup counts to start from, as Tables have them; they are copied */
	constructor(groups: readonly string[], thresholds: Thresholds, byGroup: Uint32Array) {
		this.#groups = groups;
		this.#thresholds = thresholds;
		this.#counts = byGroup.slice();
		this.#leanings = Array.from({ length: byGroup.length / opinionKinds });
	}

	/**
	 * Takes an opinion in the place of an earlier one of the same person.
	 * @param idea place of the idea, from 0
	 * @param before null: the person had said nothing to the idea; `after` null: takes the opinion back
	 */
	give(idea: number, before: Spoken | null, after: Spoken | null): Support {
		if (before !== null) this.#add(idea, before, -1);
		if (after !== null) this.#add(idea, after, 1);
		return this.support(idea);
	}

	support(idea: number): Support {
		const start = idea * (this.#groups.length + 1);
		const leanings = this.#groups.map((group, place) => ({ group, ...this.#leaning(start + place) }));
		return levelFrom(leanings, this.#thresholds);
	}

	#leaning(cell: number): Leaning {
		const at = cell * opinionKinds;
		return (this.#leanings[cell] ??= leaningOf(this.#counts[at + 2]!, this.#counts[at]!));
	}

	#add(idea: number, { groups, value }: Spoken, people: 1 | -1): void {
		const count = this.#groups.length;
		for (let group = 0; group <= count; group++) {
			if (group < count ? (groups & (1 << group)) === 0 : groups !== 0) continue;
			const cell = idea * (count + 1) + group;
			this.#counts[cell * opinionKinds + value + 1]! += people;
			if (value !== 0) this.#leanings[cell] = undefined;
		}
	}
}
