import { probableSamePoints, type Proposal } from '#engines/likeness/same-points.ts';
import type { Text } from '#engines/likeness/text.ts';
import { wordsInOrder } from '#languages/searching.server.ts';
import { figure, type Figure } from '../talk/figures.ts';
import { oneOf, seeded, shuffled } from './planting.ts';
import { sentenceParts, type Parts } from './sentences.ts';

/** Ideas of six languages: sentences that say one thing each, variants of some, and near misses, which say another thing in almost the same words. */
export async function samePoints(): Promise<Figure[]> {
	const planted = plant(2026, 300);
	const began = performance.now();
	const texts = planted.map(({ language, text }, at) => asText(at + 1, language, text));
	const cut = performance.now();
	const proposals = probableSamePoints(texts, 1);
	const took = performance.now() - cut;

	const near = firstFive(proposals);
	const kinds = new Map<string, { found: number; all: number }>();
	for (const [at, { variantOf, kind, language }] of planted.entries()) {
		if (variantOf === null || kind === 'near-miss') continue;
		for (const name of [kind, language, 'all']) {
			const counted = kinds.get(name) ?? { found: 0, all: 0 };
			counted.all++;
			if (near.get(at + 1)?.includes(variantOf + 1)) counted.found++;
			kinds.set(name, counted);
		}
	}
	const ticked = proposals.filter(({ isSure }) => isSure);
	const wrong = ticked.filter(({ one, other }) => planted[one - 1]!.point !== planted[other - 1]!.point);
	const recall = Object.fromEntries([...kinds].map(([name, { found, all }]) => [name, Number((found / all).toFixed(4))]));
	return [
		figure(
			{ bench: 'same-points-recall', value: recall['all']!, unit: 'of the variants, first five', baseline: null, must: '≥ 0.95' },
			{ ideas: planted.length, recall, ms: { words: Math.round(cut - began), compared: Math.round(took) } }
		),
		figure(
			{
				bench: 'same-points-ticked',
				value: wrong.length / ticked.length,
				unit: 'false of those ticked',
				baseline: null,
				must: '≤ 0.05'
			},
			{
				ticked: ticked.length,
				examples: wrong.slice(0, 5).map(({ one, other }) => [planted[one - 1]!.text, planted[other - 1]!.text])
			}
		)
	];
}

export interface Planted {
	readonly language: string;
	readonly text: string;
	/** two of the same point say the same */
	readonly point: number;
	/** index of the idea it was made from */
	readonly variantOf: number | null;
	readonly kind: 'original' | 'inflection' | 'order' | 'typos' | 'third' | 'near-miss';
}

export function asText(idea: number, language: string, text: string): Text {
	return { idea, language, text, words: wordsInOrder(text, language), isTranslation: false };
}

/** For each idea the five that are proposed with it first. */
export function firstFive(proposals: readonly Proposal[]): Map<number, number[]> {
	const near = new Map<number, number[]>();
	for (const { one, other } of proposals) {
		for (const [a, b] of [
			[one, other],
			[other, one]
		] as const) {
			const known = near.get(a) ?? [];
			if (known.length < 5) known.push(b);
			near.set(a, known);
		}
	}
	return near;
}

interface Sentence {
	who: string;
	modal: string;
	does: string;
	what: string;
	where: string;
	end: string;
	number: string;
	n: number;
}

/** @param each originals of each language */
export function plant(seed: number, each: number): Planted[] {
	const chance = seeded(seed);
	const all: Planted[] = [];
	let point = 0;
	// what says the same but for its modal is the same point
	const points = new Map<string, number>();
	const pointOf = (said: Omit<Sentence, 'modal'>, isNot: boolean) => {
		const key = [said.who, said.does, said.what, said.where, said.end, said.number, said.number && said.n, isNot].join();
		if (!points.has(key)) points.set(key, point++);
		return points.get(key)!;
	};
	for (const [language, parts] of Object.entries(sentenceParts)) {
		for (let at = 0; at < each; at++) {
			const sentence: Sentence = {
				who: oneOf(chance, parts.who),
				modal: oneOf(chance, parts.modal),
				does: oneOf(chance, parts.does),
				what: oneOf(chance, parts.what),
				where: chance() < 0.6 ? oneOf(chance, parts.where) : '',
				end: chance() < 0.8 ? oneOf(chance, parts.end) : '',
				number: chance() < 0.4 ? oneOf(chance, parts.number) : '',
				n: 2 + Math.floor(chance() * 90)
			};
			const original = all.length;
			const add = (kind: Planted['kind'], text: string, of: number) =>
				all.push({ language, text, point: of, variantOf: kind === 'original' ? null : original, kind });
			const own = pointOf(sentence, false);
			const plain = written(sentence, parts, 'modal');
			add('original', plain, own);
			if (at % 3 === 0) {
				add('inflection', written(inflected(sentence), parts, 'modal'), own);
				add('order', written(sentence, parts, oneOf(chance, ['end-first', 'where-first'] as const)), own);
				add('typos', mistyped(plain, chance), own);
				add('third', thirdChanged(plain, parts, chance), own);
			}
			if (at % 3 !== 1) {
				const nearMiss = (said: Sentence, isNot = false) => add('near-miss', written(said, parts, 'modal'), pointOf(said, isNot));
				nearMiss({ ...sentence, modal: parts.not[parts.modal.indexOf(sentence.modal)]! }, true);
				nearMiss({
					...sentence,
					who: oneOf(
						chance,
						parts.who.filter((who) => who !== sentence.who)
					)
				});
				if (sentence.number !== '') nearMiss({ ...sentence, n: sentence.n + 1 });
			}
		}
	}
	return all;
}

function written(
	{ who, modal, does, what, where, end, number, n }: Sentence,
	parts: Parts,
	order: 'modal' | 'end-first' | 'where-first'
): string {
	const counted = number.replace('{n}', String(n));
	const middle = [who, modal, does, what];
	const chunks =
		order === 'modal'
			? [...middle, where, counted, end]
			: order === 'end-first'
				? [end, ...middle, where, counted]
				: [where, counted, ...middle, end];
	return chunks
		.map((chunk) => chunk.split('|')[0]!)
		.filter((chunk) => chunk !== '')
		.join(parts.joint);
}

/** The other form of what has one. */
function inflected(sentence: Sentence): Sentence {
	const other = (part: string) => part.split('|').at(-1)!;
	return { ...sentence, who: other(sentence.who), does: other(sentence.does), what: other(sentence.what) };
}

/** Two letters wrong: left out, doubled, exchanged or replaced. */
function mistyped(text: string, chance: () => number): string {
	const letters = [...text];
	for (let slip = 0; slip < 2; slip++) {
		const at = 1 + Math.floor(chance() * (letters.length - 3));
		if (!/\p{L}/u.test(letters[at]!) || !/\p{L}/u.test(letters[at + 1]!)) continue;
		const kind = Math.floor(chance() * 4);
		if (kind === 0) letters.splice(at, 1);
		else if (kind === 1) letters.splice(at, 0, letters[at]!);
		else if (kind === 2) [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
		else letters[at] = letters[Math.floor(chance() * letters.length)]!.trim() || letters[at]!;
	}
	return letters.join('');
}

/** A third of the words are others. */
function thirdChanged(text: string, parts: Parts, chance: () => number): string {
	const words = parts.joint === '' ? wordsInOrder(text, 'zh').map(({ form }) => form) : text.split(' ');
	const changed = new Set(shuffled(chance, [...words.keys()]).slice(0, Math.round(words.length / 3)));
	return words.map((word, at) => (changed.has(at) ? oneOf(chance, parts.other) : word)).join(parts.joint);
}
