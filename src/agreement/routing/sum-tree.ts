/**
 * Weights of numbered places whose sum is known at every moment, so that a place is drawn in proportion to its weight, and a weight changed,
 * in O(log n). A binary tree in one array: node i is the sum of 2i and 2i + 1, the leaves are the last half. Each node is added up anew from
 * its two children, so that no error of rounding grows however often weights change.
 */
export class SumTree {
	readonly #nodes: Float64Array;
	readonly #places: number;

	/** @param weights none negative */
	constructor(weights: ArrayLike<number>) {
		this.#places = weights.length;
		this.#nodes = new Float64Array(2 * Math.max(1, weights.length));
		this.setAll(weights);
	}

	get total(): number {
		return this.#nodes[1]!;
	}

	at(place: number): number {
		return this.#nodes[this.#places + place]!;
	}

	set(place: number, weight: number): void {
		const nodes = this.#nodes;
		let node = this.#places + place;
		nodes[node] = weight;
		for (node >>= 1; node > 0; node >>= 1) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
	}

	/** All at once, in O(n). */
	setAll(weights: ArrayLike<number>): void {
		this.#nodes.set(weights, this.#places);
		for (let node = this.#places - 1; node > 0; node--) this.#nodes[node] = this.#nodes[2 * node]! + this.#nodes[2 * node + 1]!;
	}

	/**
	 * The place at which the sum of weights passes `target`; never one without weight, unless all are.
	 * @param target 0 to `total`
	 */
	find(target: number): number {
		const nodes = this.#nodes;
		let node = 1;
		while (node < this.#places) {
			node *= 2;
			// rounding may bring the target to the very end: a subtree without weight is never entered
			if (target >= nodes[node]! && nodes[node + 1]! > 0) target -= nodes[node++]!;
		}
		return node - this.#places;
	}
}
