import { SumTree } from '#agreement/routing/sum-tree.ts';

/** A part of the ideas: those of one language and one guiding question; its places go from `from` up to, not with, `to`. */
export interface Part {
	readonly language: string;
	/** null: those that answer none */
	readonly question: string | null;
	readonly from: number;
	readonly to: number;
}

/**
 * What each idea is worth for one group of people: a tree for each part, since people are asked first in languages that they read, and may ask
 * for one question.
 */
export class Audience {
	readonly #parts: readonly Part[];
	readonly #trees: readonly SumTree[];

	/** @param weight of a place */
	constructor(parts: readonly Part[], weight: (place: number) => number) {
		this.#parts = parts;
		this.#trees = parts.map(({ from, to }) => {
			const weights = new Float64Array(to - from);
			for (let place = from; place < to; place++) weights[place - from] = weight(place);
			return new SumTree(weights);
		});
	}

	at(place: number): number {
		const part = partOf(this.#parts, place);
		return this.#trees[part]!.at(place - this.#parts[part]!.from);
	}

	set(place: number, weight: number): void {
		const part = partOf(this.#parts, place);
		this.#trees[part]!.set(place - this.#parts[part]!.from, weight);
	}

	/** Of some parts together. */
	total(parts: readonly number[]): number {
		let total = 0;
		for (const part of parts) total += this.#trees[part]!.total;
		return total;
	}

	/**
	 * The place at which the sum of the weights of these parts, in this order, passes the target.
	 * @param target 0 to the total of these parts
	 */
	find(parts: readonly number[], target: number): number {
		let last = parts[0]!;
		for (const part of parts) {
			const { total } = this.#trees[part]!;
			if (total === 0) continue;
			last = part;
			if (target < total) break;
			target -= total;
		}
		return this.#parts[last]!.from + this.#trees[last]!.find(target);
	}
}

/** The part in which a place lies, by halving. */
export function partOf(parts: readonly Part[], place: number): number {
	let [part, last] = [0, parts.length - 1];
	while (part < last) {
		const middle = (part + last) >> 1;
		if (place < parts[middle]!.to) last = middle;
		else part = middle + 1;
	}
	return part;
}
