import { isFunctionWord } from './meaning.ts';
import { isWithoutSpaces, type Text } from './text.ts';

/** Texts as sets of numbered features, each of a weight. */
export interface Features {
	/** features of text t: `all[starts[t]]` up to (not with) `all[starts[t + 1]]`, ascending, each once */
	readonly starts: Uint32Array;
	readonly all: Uint32Array;
	/** of each feature: inverse document frequency, > 0 */
	readonly weights: Float64Array;
	/** in how many texts each stands */
	readonly frequencies: Uint32Array;
	/** of each text: the sum of the weights of its features */
	readonly totals: Float64Array;
	readonly names: readonly string[];
}

/** Words that say little weigh so much of what their rarity gives them. */
const functionShare = 0.15;

/** Stems. */
export function wordFeatures(texts: readonly Text[]): Features {
	const functional = new Set<string>();
	return featuresOf(
		texts,
		({ words }) =>
			words.map(({ form, stem }) => {
				if (isFunctionWord(form)) functional.add(stem);
				return stem;
			}),
		(name, weight) => (functional.has(name) ? functionShare * weight : weight)
	);
}

/** Three neighbouring letters of the words as they stand, and of Chinese each sign and each two neighbours: these outlive slips and endings. */
export function letterFeatures(texts: readonly Text[]): Features {
	return featuresOf(texts, lettersOf, (_, weight) => weight);
}

function lettersOf({ words }: Text): string[] {
	const pieces: string[] = [];
	let run = '';
	const endRun = () => {
		const signs = [...run];
		for (const [at, sign] of signs.entries()) pieces.push(sign, ...(at === 0 ? [] : [signs[at - 1]! + sign]));
		run = '';
	};
	for (const { form } of words) {
		if (isWithoutSpaces(form)) {
			run += form;
			continue;
		}
		endRun();
		if (isFunctionWord(form)) continue;
		const marked = `_${form}_`;
		for (let at = 0; at + 3 <= marked.length; at++) pieces.push(marked.slice(at, at + 3));
	}
	endRun();
	return pieces;
}

/** @param weigh from the inverse document frequency ln((n + 50) / (df + ½)): among few texts what two have in common is not common */
function featuresOf(
	texts: readonly Text[],
	namesOf: (text: Text) => string[],
	weigh: (name: string, weight: number) => number
): Features {
	const numbers = new Map<string, number>();
	const names: string[] = [];
	const frequencies: number[] = [];
	const starts = new Uint32Array(texts.length + 1);
	const all: number[] = [];
	for (const [t, text] of texts.entries()) {
		const here = new Set<number>();
		for (const name of namesOf(text)) {
			let number = numbers.get(name);
			if (number === undefined) {
				numbers.set(name, (number = names.length));
				names.push(name);
				frequencies.push(0);
			}
			here.add(number);
		}
		const sorted = Uint32Array.from(here).sort();
		for (const feature of sorted) {
			all.push(feature);
			frequencies[feature]!++;
		}
		starts[t + 1] = all.length;
	}
	const weights = Float64Array.from(names, (name, feature) =>
		Math.max(0.05, weigh(name, Math.log((texts.length + 50) / (frequencies[feature]! + 0.5))))
	);
	const totals = Float64Array.from(texts, (_, t) => {
		let total = 0;
		for (let at = starts[t]!; at < starts[t + 1]!; at++) total += weights[all[at]!]!;
		return total;
	});
	return { starts, all: Uint32Array.from(all), weights, frequencies: Uint32Array.from(frequencies), totals, names };
}

/** Dice's coefficient of two texts, by weight: 0 to 1. */
export function dice({ starts, all, weights, totals }: Features, one: number, other: number): number {
	let [i, j, shared] = [starts[one]!, starts[other]!, 0];
	while (i < starts[one + 1]! && j < starts[other + 1]!) {
		const difference = all[i]! - all[j]!;
		if (difference === 0) shared += weights[all[i]!]!;
		if (difference <= 0) i++;
		if (difference >= 0) j++;
	}
	const sum = totals[one]! + totals[other]!;
	return sum === 0 ? 0 : (2 * shared) / sum;
}
