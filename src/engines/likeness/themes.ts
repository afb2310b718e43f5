import { mix } from './candidates.ts';
import { bestDivision, nearestTwo, type Division } from './clusters.ts';
import { wordFeatures, type Features } from './features.ts';
import { latentPoints, type Points } from './latent.ts';
import { isFunctionWord } from './meaning.ts';
import type { Text } from './text.ts';

/** Ideas about the same matter. */
export interface Theme {
	/** primary subtag of the language that its words are of */
	readonly language: string;
	/** the words that distinguish it most, as they are written most often; at most four */
	readonly label: readonly string[];
	/** numbers, ascending */
	readonly ideas: readonly number[];
}

const dimensions = 40;
/** So many texts find the themes; the others go to the nearest. */
const sampled = 2_000;
/** Fewer texts of a language make no themes of their own. */
const fewest = 8;
const kMost = 30;

/**
 * The themes of a topic, the largest first. Those of different languages stay apart, unless ideas of one have translations into the one most used: the words
 * of two languages have nothing in common by which they could be compared.
 * @param texts in any order: the result does not depend on it
 */
export function themesOf(texts: readonly Text[], seed: number, progress?: (share: number) => void): Theme[] {
	const byLanguage = inOneLanguageEach(texts);
	const themes: Theme[] = [];
	let done = 0;
	for (const [language, some] of byLanguage) {
		themes.push(...themesOfLanguage(language, some, seed));
		progress?.((done += some.length) / texts.length);
	}
	return themes.sort((a, b) => b.ideas.length - a.ideas.length || a.ideas[0]! - b.ideas[0]!);
}

/** Each idea once: in the language most used, where it is worded or translated in that, else as it was written. */
function inOneLanguageEach(texts: readonly Text[]): [string, Text[]][] {
	const primary = ({ language }: Text) => language.split('-')[0]!;
	const counts = new Map<string, number>();
	for (const text of texts) if (!text.isTranslation) counts.set(primary(text), (counts.get(primary(text)) ?? 0) + 1);
	const byUse = (a: [string, number], b: [string, number]) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
	const main = [...counts].sort(byUse)[0]?.[0];
	const chosen = new Map<number, Text>();
	const isBetter = (text: Text, known: Text) =>
		Number(primary(text) === main) - Number(primary(known) === main) || Number(known.isTranslation) - Number(text.isTranslation);
	for (const text of texts) {
		const known = chosen.get(text.idea);
		if (!known || isBetter(text, known) > 0) chosen.set(text.idea, text);
	}
	const groups = Map.groupBy(
		[...chosen.values()].sort((a, b) => a.idea - b.idea),
		primary
	);
	return [...groups].sort(([a, one], [b, other]) => byUse([a, one.length], [b, other.length]));
}

function themesOfLanguage(language: string, texts: readonly Text[], seed: number): Theme[] {
	if (texts.length < fewest) return [];
	const features = wordFeatures(texts);
	const counts = tellingFeatures(texts, features);
	const points = latentPoints(features, texts.length, (feature) => counts[feature] === 1, dimensions, seed);
	const division = divisionOf(points, texts.length, seed);
	const members: number[][] = Array.from({ length: division.k }, () => []);
	for (let t = 0; t < texts.length; t++) {
		const [nearest, cosine] = nearestTwo(points.values, t * points.dimensions, division.centres, points.dimensions, division.k);
		if (cosine > 0) members[nearest]!.push(t);
	}
	const labels = labelsOf(texts, features, counts, members);
	return members.flatMap((ofTheme, c) =>
		ofTheme.length === 0 ? [] : [{ language, label: labels[c]!, ideas: ofTheme.map((t) => texts[t]!.idea) }]
	);
}

function divisionOf(points: Points, texts: number, seed: number): Division {
	const ks = [];
	const most = Math.max(2, Math.min(kMost, Math.round(Math.sqrt(texts))));
	for (let k = 2; k <= most; k += k < 12 ? 1 : 2) ks.push(k);
	return bestDivision(texts <= sampled ? points : sampleOf(points, texts, seed), ks, seed);
}

/** Drawn by a seeded key of each place. */
function sampleOf({ dimensions: d, values }: Points, texts: number, seed: number): Points {
	const keys = Float64Array.from({ length: texts }, (_, t) => mix(t ^ mix(seed)) * 2 ** 20 + t).sort();
	const chosen = Array.from(keys.subarray(0, sampled), (key) => key % 2 ** 20).sort((a, b) => a - b);
	const some = new Float64Array(sampled * d);
	for (const [at, t] of chosen.entries()) some.set(values.subarray(t * d, (t + 1) * d), at * d);
	return { dimensions: d, values: some };
}

/** Without words that say little: those of the lists, and those that stand in more than three of five texts. */
function tellingFeatures(texts: readonly Text[], { names, frequencies }: Features): Uint8Array {
	const functional = new Set(
		texts.flatMap(({ words }) => words.filter(({ form }) => isFunctionWord(form)).map(({ stem }) => stem))
	);
	return Uint8Array.from(names, (name, feature) =>
		Number(!functional.has(name) && !/^\p{Nd}+$/u.test(name) && frequencies[feature]! <= 0.6 * texts.length)
	);
}

/**
 * The words of a theme that are more frequent in it than elsewhere: by the z-score of the log-odds with an informative prior (Monroe, Colaresi and Quinn 2008),
 * each as it is written most often.
 */
function labelsOf(texts: readonly Text[], features: Features, counts: Uint8Array, members: readonly number[][]): string[][] {
	const { starts, all, names, frequencies } = features;
	const forms = writtenMostOften(texts);
	return members.map((ofTheme) => {
		const inside = new Map<number, number>();
		for (const t of ofTheme)
			for (let at = starts[t]!; at < starts[t + 1]!; at++) inside.set(all[at]!, (inside.get(all[at]!) ?? 0) + 1);
		const [size, rest] = [ofTheme.length, texts.length - ofTheme.length];
		const scored = [...inside]
			.filter(([feature, count]) => counts[feature] === 1 && count >= Math.min(2, size))
			.map(([feature, count]) => {
				const prior = frequencies[feature]! / texts.length;
				const odds = (n: number, of: number) => Math.log((n + prior) / (of - n + 1 - prior));
				const outside = frequencies[feature]! - count;
				const spread = 1 / (count + prior) + 1 / (outside + prior);
				return { feature, z: (odds(count, size) - odds(outside, rest)) / Math.sqrt(spread) };
			})
			.sort((a, b) => b.z - a.z || a.feature - b.feature);
		return scored.slice(0, 4).map(({ feature }) => forms.get(names[feature]!)!);
	});
}

function writtenMostOften(texts: readonly Text[]): Map<string, string> {
	const written = new Map<string, Map<string, number>>();
	for (const { words } of texts) {
		for (const { form, stem } of words) {
			const forms = written.get(stem) ?? new Map<string, number>();
			written.set(stem, forms.set(form, (forms.get(form) ?? 0) + 1));
		}
	}
	return new Map(
		[...written].map(([stem, forms]) => [stem, [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0]])
	);
}
