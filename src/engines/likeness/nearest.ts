import { isFunctionWord } from './meaning.ts';

/*
 * The ideas nearest to a few words that somebody types: an inverted index (word → ideas) in memory. Each word of the query counts once, by its inverse
 * document frequency; what an idea has of the query counts more than what it says beside that, since the query is half a sentence.
 * A query costs O(ideas that have one of its words); adding an idea costs O(its words); all of it takes some 8 bytes a word of an idea.
 */

/** An idea near the query. */
export interface Near {
	readonly idea: number;
	/** 0 to 1 */
	readonly closeness: number;
}

/** The share of the query's weight that an idea must have to be near. */
const leastCovered = 0.4;
/** Looked at exactly, of those that have most of the query. */
const looked = 60;
const coveredShare = 0.75;
/** Stands where an idea was known by earlier words; ideas are numbered from 1. */
const nobody = 0;

export class Nearest {
	readonly #features = new Map<string, number>();
	readonly #postings: Growing[] = [];
	readonly #words = new Growing();
	/** where the words of each idea begin in #words */
	readonly #starts = new Growing();
	readonly #ideas = new Growing();
	#shared = new Float32Array(0);
	#lastWord = new Uint8Array(0);

	get size(): number {
		return this.#ideas.length;
	}

	/** @param forms of all its words, as the search knows them, each once */
	add(idea: number, forms: readonly string[]): void {
		const place = this.#ideas.length;
		this.#ideas.push(idea);
		this.#starts.push(this.#words.length);
		for (const form of forms) {
			if (isFunctionWord(form)) continue;
			let feature = this.#features.get(form);
			if (feature === undefined) {
				this.#features.set(form, (feature = this.#postings.length));
				this.#postings.push(new Growing());
			}
			this.#postings[feature]!.push(place);
			this.#words.push(feature);
		}
	}

	/**
	 * The words of an idea are these now; one that is not known stays so. O(ideas), but quick.
	 * @returns whether it was known by others
	 */
	renew(idea: number, forms: readonly string[]): boolean {
		const place = this.#ideas.values.subarray(0, this.size).lastIndexOf(idea);
		if (place < 0 || this.#hasExactly(place, forms)) return false;
		this.#ideas.values[place] = nobody;
		this.add(idea, forms);
		return true;
	}

	/**
	 * @param query the forms of each of its words
	 * @param most how many are wanted; the nearest first, then the newest
	 */
	closest(query: readonly (readonly string[])[], most: number): Near[] {
		const words = query
			.slice(0, 60)
			.map((forms) => this.#known(forms))
			.filter(({ postings, isSmall }) => !isSmall || postings.length > 0);
		const telling = words.filter(({ isSmall }) => !isSmall);
		const total = telling.reduce((sum, { weight }) => sum + weight, 0);
		if (total === 0) return [];
		if (this.#shared.length < this.size) {
			this.#shared = new Float32Array(2 * this.size);
			this.#lastWord = new Uint8Array(2 * this.size);
		}
		const [shared, lastWord] = [this.#shared, this.#lastWord];
		const touched: number[] = [];
		for (const [at, { postings, weight }] of telling.entries()) {
			for (const posting of postings) {
				const { values, length } = posting;
				for (let i = 0; i < length; i++) {
					const place = values[i]!;
					if (lastWord[place] === at + 1) continue;
					if (shared[place] === 0) touched.push(place);
					lastWord[place] = at + 1;
					shared[place]! += weight;
				}
			}
		}
		const least = leastCovered * total;
		const near = bestOf(touched, shared, least, total)
			.filter((place) => this.#ideas.values[place] !== nobody)
			.map((place) => ({ idea: this.#ideas.values[place]!, closeness: this.#closeness(place, shared[place]!, total) }))
			.sort((a, b) => b.closeness - a.closeness || b.idea - a.idea);
		for (const place of touched) shared[place] = lastWord[place] = 0;
		return near.slice(0, most);
	}

	#known(forms: readonly string[]) {
		const postings = [...new Set(forms.map((form) => this.#features.get(form)))].flatMap((feature) =>
			feature === undefined ? [] : [this.#postings[feature]!]
		);
		const frequency = Math.max(0, ...postings.map(({ length }) => length));
		return { postings, weight: this.#weight(frequency), isSmall: forms.some(isFunctionWord) };
	}

	#weight(frequency: number): number {
		return Math.log((this.size + 1) / (frequency + 0.5)) + 0.1;
	}

	#hasExactly(place: number, forms: readonly string[]): boolean {
		const features = forms.filter((form) => !isFunctionWord(form)).map((form) => this.#features.get(form));
		const from = this.#starts.values[place]!;
		return (
			features.length === this.#endOf(place) - from && features.every((feature, at) => feature === this.#words.values[from + at])
		);
	}

	#endOf(place: number): number {
		return place + 1 < this.size ? this.#starts.values[place + 1]! : this.#words.length;
	}

	#closeness(place: number, shared: number, total: number): number {
		const end = this.#endOf(place);
		let own = 0;
		for (let at = this.#starts.values[place]!; at < end; at++)
			own += this.#weight(this.#postings[this.#words.values[at]!]!.length);
		// an idea knows a word by two forms or so
		const dice = (2 * shared) / (total + Math.max(shared, own / 2));
		return coveredShare * (shared / total) + (1 - coveredShare) * Math.min(1, dice);
	}
}

/** Those with most of the query, so many that it can be afforded to look at them; counted, not sorted. */
function bestOf(touched: readonly number[], shared: Float32Array, least: number, total: number): number[] {
	const level = (place: number) => Math.min(levels - 1, Math.floor((levels * shared[place]!) / total));
	const counts = new Uint32Array(levels);
	for (const place of touched) counts[level(place)]!++;
	let [lowest, many] = [levels - 1, counts[levels - 1]!];
	while (lowest > 0 && many + counts[lowest - 1]! <= looked) many += counts[--lowest]!;
	const best = touched.filter((place) => level(place) >= lowest);
	// more that are equal than can be looked at: the first
	return best.filter((place) => shared[place]! >= least).slice(0, 4 * looked);
}

const levels = 200;

/** Numbers that become more. */
class Growing {
	values = new Int32Array(4);
	length = 0;

	push(value: number): void {
		if (this.length === this.values.length) {
			const larger = new Int32Array(2 * this.length);
			larger.set(this.values);
			this.values = larger;
		}
		this.values[this.length++] = value;
	}
}
