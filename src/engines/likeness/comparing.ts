import { dice, type Features } from './features.ts';
import { bearAlike, bearingOf, contradict, isEmptyWord, type Bearing } from './meaning.ts';
import { isPlural, isSlip, spelledAlike } from './spelling.ts';
import { isWithoutSpaces, type Text } from './text.ts';

/** How near two texts are. */
export interface Nearness {
	/** 0 to 1 */
	readonly closeness: number;
	/** nothing but endings, slips, order and empty words distinguishes them */
	readonly isSure: boolean;
}

/** The share of closeness that letters have beside words. */
const lettersShare = 0.35;
/** What is left of the closeness of two texts that contradict each other. */
const contradicted = 0.55;

/** Compares pairs of texts exactly; remembers what it learnt of words. */
export class Comparing {
	readonly #texts: readonly Text[];
	readonly #words: Features;
	readonly #letters: Features;
	readonly #bearings: (Bearing | undefined)[] = [];
	readonly #alike = new Map<number, number>();
	/** of each stem a word that has it */
	readonly #forms = new Map<string, string>();

	constructor(texts: readonly Text[], words: Features, letters: Features) {
		this.#texts = texts;
		this.#words = words;
		this.#letters = letters;
		for (const { words: some } of texts)
			for (const { form, stem } of some) if (!this.#forms.has(stem)) this.#forms.set(stem, form);
	}

	nearness(one: number, other: number): Nearness {
		const { starts, all, weights, totals, frequencies, names } = this.#words;
		const [ofOne, ofOther]: [number[], number[]] = [[], []];
		let [i, j, shared] = [starts[one]!, starts[other]!, 0];
		while (i < starts[one + 1]! || j < starts[other + 1]!) {
			const a = i < starts[one + 1]! ? all[i]! : Infinity;
			const b = j < starts[other + 1]! ? all[j]! : Infinity;
			if (a === b) shared += weights[a]!;
			else if (a < b) ofOne.push(a);
			else ofOther.push(b);
			if (a <= b) i++;
			if (b <= a) j++;
		}
		// what is left on both sides is matched by its spelling, the most alike first
		const slips = new Set<string>();
		const pairs = ofOne
			.flatMap((a) => ofOther.map((b) => ({ a, b, alike: this.#spelledAlike(a, b) })))
			.filter(({ alike }) => alike > 0)
			.sort((x, y) => y.alike - x.alike || x.a - y.a || x.b - y.b);
		const [left, right] = [new Set(ofOne), new Set(ofOther)];
		for (const { a, b, alike } of pairs) {
			if (!left.has(a) || !right.has(b)) continue;
			shared += (alike * (weights[a]! + weights[b]!)) / 2;
			const [form, beside] = [this.#forms.get(names[a]!)!, this.#forms.get(names[b]!)!];
			// both known from elsewhere: two words, not one and its slip
			const isRare = Math.min(frequencies[a]!, frequencies[b]!) <= 2;
			if (!isPlural(form, beside) && !(isRare && isSlip(form, beside))) continue;
			left.delete(a);
			right.delete(b);
			slips.add(names[a]!).add(names[b]!);
		}
		const total = totals[one]! + totals[other]!;
		const byWords = total === 0 ? 0 : Math.min(1, (2 * shared) / total);
		const byLetters = dice(this.#letters, one, other);
		const closeness = (1 - lettersShare) * byWords + lettersShare * byLetters;
		const [bearing, beside] = [this.#bearingOf(one), this.#bearingOf(other)];
		if (contradict(bearing, beside)) return { closeness: contradicted * closeness, isSure: false };
		const isSure = bearAlike(bearing, beside) && this.#sayTheSame(one, other, left, right, slips);
		return { closeness, isSure };
	}

	#spelledAlike(a: number, b: number): number {
		const key = a * 2 ** 26 + b;
		let alike = this.#alike.get(key);
		if (alike === undefined) {
			if (this.#alike.size > 2_000_000) this.#alike.clear();
			alike = spelledAlike(this.#forms.get(this.#words.names[a]!)!, this.#forms.get(this.#words.names[b]!)!);
			this.#alike.set(key, alike);
		}
		return alike;
	}

	#bearingOf(text: number): Bearing {
		return (this.#bearings[text] ??= bearingOf(this.#texts[text]!));
	}

	#sayTheSame(one: number, other: number, left: Set<number>, right: Set<number>, slips: ReadonlySet<string>): boolean {
		const { names } = this.#words;
		const [first, second] = [telling(this.#texts[one]!), telling(this.#texts[other]!)];
		if (Math.min(first.length, second.length) < 2) return false;
		// a cut of Chinese may fall elsewhere after a change of order: its signs are compared
		if ([...first, ...second].every(isWithoutSpaces)) {
			const [a, b] = [first.join(''), second.join('')];
			return a === b || ([...a].sort().join('') === [...b].sort().join('') && !isExchange([...a], [...b]));
		}
		const isLeft = (words: readonly string[], unmatched: Set<number>) => {
			const told = new Set(words);
			return [...unmatched].some((feature) => told.has(names[feature]!));
		};
		if (isLeft(first, left) || isLeft(second, right) || slips.size / 2 > 0.4 * first.length) return false;
		if (first.length !== second.length) return new Set(first).size === new Set(second).size;
		const unslipped = (words: readonly string[]) => words.map((word) => (slips.has(word) ? '' : word));
		return !isExchange(unslipped(first), unslipped(second));
	}
}

/** The stems of all words that tell something, in their order. */
function telling({ words }: Text): string[] {
	return words.filter(({ form }) => !isEmptyWord(form)).map(({ stem }) => stem);
}

/**
 * Whether two words changed places over what stands between ("Europe learns from Africa", "Africa learns from Europe"): who does it and to whom
 * is then another. A part of a sentence that moved as a whole is no such exchange.
 */
function isExchange(one: readonly string[], other: readonly string[]): boolean {
	let [from, to] = [0, one.length - 1];
	while (from <= to && one[from] === other[from]) from++;
	while (to >= from && one[to] === other[to]) to--;
	if (from > to) return false;
	const [a, b] = [one.slice(from, to + 1), other.slice(from, to + 1)];
	for (let turn = 1; turn < a.length; turn++) {
		const isTurned = a.every((word, at) => word === b[(at + turn) % a.length]);
		if (isTurned) return a.length === 2;
	}
	return true;
}
