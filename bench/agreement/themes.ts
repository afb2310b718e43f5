import { themesOf } from '#engines/likeness/themes.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { vocabulary, type BenchLanguage } from '../talk/vocabulary.ts';
import { oneOf, seeded, shuffled } from './planting.ts';
import { asText } from './same-points.ts';

interface Planted {
	readonly language: string;
	readonly text: string;
	readonly theme: number;
}

/** Ideas put together from the words of their theme and of none, as adjusted Rand index between the themes planted and found. */
export async function themes(): Promise<Figure[]> {
	const sets: Record<string, Planted[]> = {
		// syllables, so that nothing known of a language helps
		'few of many words': invented(3, { ideas: 600, themes: 8, own: 20, shared: 0.4 }),
		'twelve of unequal size': invented(4, { ideas: 2_000, themes: 12, own: 25, shared: 0.5 }),
		twenty: invented(5, { ideas: 1_000, themes: 20, own: 15, shared: 0.5 }),
		...Object.fromEntries((Object.keys(vocabulary) as BenchLanguage[]).map((language) => [language, ofField(language)]))
	};
	const found = Object.fromEntries(Object.entries(sets).map(([name, planted]) => [name, measured(planted)]));
	const large = measured(invented(6, { ideas: 5_000, themes: 10, own: 40, shared: 0.5 }));
	const largest = measured(invented(7, { ideas: 100_000, themes: 15, own: 60, shared: 0.5 }));
	const all = [...Object.values(found), large, largest];
	return [
		figure(
			{
				bench: 'themes',
				value: Math.min(...all.map(({ index }) => index)),
				unit: 'adjusted Rand index, lowest',
				baseline: null,
				must: '≥ 0.8'
			},
			{
				index: Object.fromEntries(Object.entries(found).map(([name, { index }]) => [name, rounded(index)])),
				'5,000': { index: rounded(large.index), ms: Math.round(large.took) },
				'100,000': { index: rounded(largest.index), ms: Math.round(largest.took) }
			}
		)
	];
}

function measured(planted: readonly Planted[]): { index: number; took: number } {
	const texts = planted.map(({ language, text }, at) => asText(at + 1, language, text));
	const began = performance.now();
	const given = themesOf(texts, 1);
	const took = performance.now() - began;
	// an idea in no theme is alone
	const found = planted.map((_, at) => -1 - at);
	for (const [number, { ideas }] of given.entries()) for (const idea of ideas) found[idea - 1] = number;
	return {
		index: adjustedRandIndex(
			planted.map(({ theme }) => theme),
			found
		),
		took
	};
}

function invented(
	seed: number,
	{ ideas, themes: many, own, shared }: { ideas: number; themes: number; own: number; shared: number }
): Planted[] {
	const chance = seeded(seed);
	const word = () =>
		Array.from(
			{ length: 3 + Math.floor(1.5 * chance()) },
			() => oneOf(chance, [...'bdfgklmnprstv']) + oneOf(chance, [...'aeiou'])
		).join('');
	const words = (count: number) => Array.from({ length: count }, word);
	const [common, vocabularies] = [words(60), Array.from({ length: many }, () => words(own))];
	return Array.from({ length: ideas }, () => {
		const theme = Math.floor(chance() ** 1.3 * many);
		const length = 8 + Math.floor(8 * chance());
		const text = Array.from({ length }, () => oneOf(chance, chance() < shared ? common : vocabularies[theme]!)).join(' ');
		return { language: 'en', text, theme };
	});
}

/** Four words of the theme's seven, four of twelve that all have. */
function ofField(language: BenchLanguage): Planted[] {
	const chance = seeded(11);
	const words = shuffled(chance, vocabulary[language]);
	return Array.from({ length: 600 }, () => {
		const theme = Math.floor(4 * chance());
		const own = shuffled(chance, words.slice(7 * theme, 7 * theme + 7)).slice(0, 4);
		const text = [...own, ...shuffled(chance, words.slice(28)).slice(0, 4)].join(language === 'zh' ? '' : ' ');
		return { language, text, theme };
	});
}

/** Hubert and Arabie 1985. */
function adjustedRandIndex(one: readonly number[], other: readonly number[]): number {
	const tally = (keys: readonly (string | number)[]) => {
		const counts = new Map<string | number, number>();
		for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
		return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
	};
	const both = tally(one.map((key, at) => `${key} ${other[at]}`));
	const [first, second] = [tally(one), tally(other)];
	const expected = (first * second) / ((one.length * (one.length - 1)) / 2);
	return (both - expected) / ((first + second) / 2 - expected);
}
