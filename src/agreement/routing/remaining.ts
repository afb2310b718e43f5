import type { Audience } from '#agreement/routing/audience.ts';
import type { Random } from '#agreement/routing/random.ts';
import { SumTree } from '#agreement/routing/sum-tree.ts';

/**
 * What is left for a person who judged nearly everything, with weights of its own, so that no draw meets an idea that is judged. These are
 * read anew after a 64th part as many draws as there are ideas left, thus for each draw where fewer are left: a draw costs the same
 * whatever their number.
 */
export class Remaining {
	readonly #isOpen: (place: number) => boolean;
	/** ascending */
	#places: Int32Array;
	#tree = new SumTree([]);
	#isRead = false;
	#drawsLeft = 0;

	/**
	 * @param places ascending
	 * @param isOpen whether the person may be asked about the idea at a place
	 */
	constructor(places: Int32Array, isOpen: (place: number) => boolean) {
		this.#isOpen = isOpen;
		this.#places = places;
	}

	get size(): number {
		return this.#places.length;
	}

	/** @returns a place and its probability; null: nothing is left */
	draw(audience: Audience, random: Random): { place: number; probability: number } | null {
		if (this.#drawsLeft-- <= 0) this.#read(audience);
		for (;;) {
			const { total } = this.#tree;
			if (total <= 0) return null;
			const index = this.#tree.find(random() * total);
			const place = this.#places[index]!;
			if (this.#isOpen(place)) return { place, probability: this.#tree.at(index) / total };
			// hidden since
			this.#tree.set(index, 0);
		}
	}

	/** The idea was judged. */
	strike(place: number): void {
		const index = indexOf(this.#places, place);
		if (index >= 0 && this.#isRead) this.#tree.set(index, 0);
	}

	#read(audience: Audience): void {
		// what was struck or hidden has no weight
		if (this.#isRead) this.#places = this.#places.filter((_, index) => this.#tree.at(index) > 0);
		this.#isRead = true;
		this.#tree = new SumTree(Float64Array.from(this.#places, (place) => audience.at(place)));
		this.#drawsLeft = this.#places.length >> 6;
	}
}

/** By halving; -1: not there. */
function indexOf(ascending: Int32Array, wanted: number): number {
	let [from, to] = [0, ascending.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if (ascending[middle]! < wanted) from = middle + 1;
		else to = middle;
	}
	return ascending[from] === wanted ? from : -1;
}
