import { agree, type Matrix } from './matrix.ts';

/** Few ideas in which as many people as possible find theirs, and no sizeable minority none. */
export interface Shortlist {
	/** in the order of their choice */
	readonly ideas: readonly Chosen[];
	/** people who agree to any idea at all */
	readonly people: number;
	/** of those: who agree to at least one that was chosen */
	readonly represented: number;
	/** so many people who agree to one idea are owed one: people / places of the list, rounded up */
	readonly sizeable: number;
	/** ideas to which a sizeable group agrees of whom nobody has any; empty: justified representation holds */
	readonly missing: readonly number[];
}

export interface Chosen {
	readonly idea: number;
	/** people who agree to it */
	readonly agree: number;
	/** of those: who agree to none that was chosen before */
	readonly fresh: number;
}

/**
 * Proportional approval (Thiele 1895), one idea after the other: somebody who agrees to d chosen ideas gives 1/(d + 1) of a voice to the next,
 * and the idea of most voices is chosen. Before that, as long as some idea has the agreement of a sizeable group of whom nobody has any, the
 * largest such is chosen: this alone makes justified representation certain (Aziz et al. 2017). Equals go by the number of the idea.
 * A place costs O(opinions of those who agree to its idea).
 */
export function shortlistOf(matrix: Matrix, places: number): Shortlist {
	const having = new Uint32Array(matrix.people);
	const supporters = supportersOf(matrix);
	const [agreeing, people] = [agreementsOf(matrix), whoAgree(matrix)];
	const sizeable = Math.max(1, Math.ceil(people / Math.max(1, places)));
	const chosen: Chosen[] = [];
	const isChosen = new Uint8Array(matrix.ideas);
	const { fresh, voices } = standing(matrix, having);
	while (chosen.length < places) {
		let next = largest(fresh, isChosen);
		if (next === null || fresh[next]! < sizeable) next = largest(voices, isChosen);
		if (next === null) break;
		chosen.push({ idea: next, agree: agreeing[next]!, fresh: fresh[next]! });
		isChosen[next] = 1;
		for (const person of supporters(next)) {
			const had = having[person]!;
			having[person] = had + 1;
			const less = 1 / (had + 1) - 1 / (had + 2);
			for (let at = matrix.starts[person]!; at < matrix.starts[person + 1]!; at++) {
				if (matrix.value[at] !== agree) continue;
				voices[matrix.idea[at]!]! -= less;
				if (had === 0) fresh[matrix.idea[at]!]! -= 1;
			}
		}
	}
	return {
		ideas: chosen,
		people,
		represented: having.reduce((count, has) => count + (has > 0 ? 1 : 0), 0),
		sizeable,
		missing: unrepresented(
			matrix,
			chosen.map(({ idea }) => idea)
		)
	};
}

/**
 * Whether a list of ideas, however it was made, gives justified representation.
 * @returns ideas to which people / length of the list agree of whom nobody agrees to any of the list
 */
export function unrepresented(matrix: Matrix, list: readonly number[]): number[] {
	const supporters = supportersOf(matrix);
	const having = new Uint32Array(matrix.people);
	for (const idea of list) for (const person of supporters(idea)) having[person]! += 1;
	const owed = Math.max(1, whoAgree(matrix) / Math.max(1, list.length));
	const { fresh } = standing(matrix, having);
	return [...fresh.keys()].filter((idea) => fresh[idea]! >= owed);
}

/** Of each idea: people who agree and have none yet, and the voices of all who agree. */
function standing({ people, ideas, starts, idea, value }: Matrix, having: Uint32Array) {
	const [fresh, voices] = [new Float64Array(ideas), new Float64Array(ideas)];
	for (let person = 0; person < people; person++) {
		const [end, voice] = [starts[person + 1]!, 1 / (having[person]! + 1)];
		const isFresh = having[person] === 0 ? 1 : 0;
		for (let at = starts[person]!; at < end; at++) {
			if (value[at] !== agree) continue;
			fresh[idea[at]!]! += isFresh;
			voices[idea[at]!]! += voice;
		}
	}
	return { fresh, voices };
}

/** The people who agree to an idea: each has its ideas ascending. */
function supportersOf({ people, starts, idea, value }: Matrix): (wanted: number) => number[] {
	return (wanted) => {
		const found: number[] = [];
		for (let person = 0; person < people; person++) {
			let [low, high] = [starts[person]!, starts[person + 1]!];
			const end = high;
			while (low < high) {
				const middle = (low + high) >>> 1;
				if (idea[middle]! < wanted) low = middle + 1;
				else high = middle;
			}
			if (low < end && idea[low] === wanted && value[low] === agree) found.push(person);
		}
		return found;
	};
}

function agreementsOf({ ideas, idea, value }: Matrix): Uint32Array {
	const counts = new Uint32Array(ideas);
	for (let at = 0; at < idea.length; at++) if (value[at] === agree) counts[idea[at]!]! += 1;
	return counts;
}

function whoAgree({ people, starts, value }: Matrix): number {
	let count = 0;
	for (let person = 0; person < people; person++) {
		let at = starts[person]!;
		while (at < starts[person + 1]! && value[at] !== agree) at += 1;
		if (at < starts[person + 1]!) count += 1;
	}
	return count;
}

/** The first of the largest that is more than nothing. */
function largest(values: Float64Array, isChosen: Uint8Array): number | null {
	let found: number | null = null;
	for (let at = 0; at < values.length; at++)
		if (isChosen[at] === 0 && values[at]! > (found === null ? 0 : values[found]! + 1e-9)) found = at;
	return found;
}
