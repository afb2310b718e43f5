import { refusal } from '#refusals/refusal.ts';

export const pollKinds = ['single', 'several', 'scale', 'ranking', 'cloud'] as const;
export type PollKind = (typeof pollKinds)[number];

/** Only forward, but that a closed poll may be opened once more: nobody who was late loses an answer for good. */
export const pollStates = ['draft', 'open', 'closed'] as const;
export type PollState = (typeof pollStates)[number];

/** Whether its figures are shown while it is open, or when it is closed. */
export const pollResults = ['live', 'blind'] as const;
export type PollResults = (typeof pollResults)[number];

export const pollLimits = {
	options: 20,
	ranked: 10,
	question: 200,
	option: 120,
	word: 40,
	words: 3,
	scaleLeast: 3,
	scaleMost: 10
} as const;

/** What of a poll decides which answers it takes. */
export interface PollForm {
	readonly kind: PollKind;
	/** how many options it has; the highest value of a scale (the lowest is 1); how many words one may give in a cloud */
	readonly size: number;
}

/**
 * An answer as it is kept and counted: what was chosen, and what each choice adds to its count. Of a ranking all options, each with twice the points that
 * it gets: whole numbers stay whole.
 */
export interface Answer {
	readonly choices: readonly number[];
	readonly weights: readonly number[];
}

export function mayHaveState(before: PollState, after: PollState): boolean {
	return (
		(before === 'draft' && after === 'open') ||
		(before === 'open' && after === 'closed') ||
		(before === 'closed' && after === 'open')
	);
}

/** Refuses `poll-unusable` where nobody could choose: fewer than two options, two that read the same, a scale of two steps. */
export function usablePoll({ kind, size }: PollForm, options: readonly string[]): void {
	const unusable = (reason: string) => refusal('poll-unusable', { reason });
	if (kind === 'cloud') {
		if (!Number.isInteger(size) || size < 1 || size > pollLimits.words) throw unusable('words');
	} else if (kind === 'scale') {
		if (!Number.isInteger(size) || size < pollLimits.scaleLeast || size > pollLimits.scaleMost) throw unusable('scale');
	} else {
		if (options.length < 2) throw unusable('few');
		if (options.length > (kind === 'ranking' ? pollLimits.ranked : pollLimits.options)) throw unusable('many');
		if (new Set(options.map(folded)).size < options.length) throw unusable('same');
	}
}

/**
 * What was chosen, as a form sends it: numbers of options from 1 (one; some; the value on the scale), or of a ranking the place of each option, 0 for one
 * without a place. Refuses `answer-unusable`.
 */
export function answerOf({ kind, size }: PollForm, chosen: readonly number[]): Answer {
	const unusable = () => refusal('answer-unusable', { kind });
	if (chosen.some((value) => !Number.isInteger(value))) throw unusable();
	if (kind === 'ranking') {
		if (chosen.length !== size || chosen.some((place) => place < 0 || place > size) || chosen.every((place) => place === 0))
			throw unusable();
		return { choices: chosen.map((_, at) => at + 1), weights: doubledPoints(chosen) };
	}
	const choices = [...new Set(chosen)].sort((one, other) => one - other);
	const isMore = kind === 'single' || kind === 'scale' ? choices.length > 1 : false;
	if (kind === 'cloud' || choices.length === 0 || isMore || choices[0]! < 1 || choices.at(-1)! > size) throw unusable();
	return { choices, weights: choices.map(() => 1) };
}

/**
 * Borda's count (Borda 1781), with the usual treatment of ties and of what was left out (Emerson 2013 calls another one "modified"): an option gets a point for each other
 * that somebody put behind it, and half a point for each that stands level with it. What has no place stands level behind all that has one. So each
 * person gives away the same points in all, whether they rank everything or one, and nobody gains by leaving out. It was chosen since it takes the whole
 * order and not the first place only, can be added up by hand, and a room understands it; it does not always elect whom a majority puts first.
 * @param places of each option from 1, several may share one; 0: none
 * @returns twice the points of each option
 */
export function doubledPoints(places: readonly number[]): number[] {
	const order = places.map((place) => (place === 0 ? Infinity : place));
	return order.map((own, at) =>
		order.reduce((points, other, beside) => points + (at === beside ? 0 : own < other ? 2 : own === other ? 1 : 0), 0)
	);
}

/** The places of a ranking that was answered with these points, as the form shows them again: 1, 2, 2, 4. */
export function placesOf(doubled: readonly number[]): number[] {
	return doubled.map((points) => 1 + doubled.filter((other) => other > points).length);
}

/** Options from the most to the least, each with its place; those with the same figure share one. */
export function ranked<Row extends { readonly count: number }>(
	rows: readonly Row[]
): (Row & { place: number; isTied: boolean })[] {
	return rows
		.map((row) => ({
			...row,
			place: 1 + rows.filter(({ count }) => count > row.count).length,
			isTied: rows.filter(({ count }) => count === row.count).length > 1
		}))
		.sort((one, other) => one.place - other.place);
}

/** Of a scale; null where nobody answered. The median lies between two values where as many stand above as below. */
export function middleOf(
	counts: readonly { readonly choice: number; readonly count: number }[]
): { mean: number; median: number } | null {
	const all = counts.reduce((sum, { count }) => sum + count, 0);
	if (all === 0) return null;
	const mean = counts.reduce((sum, { choice, count }) => sum + choice * count, 0) / all;
	const ordered = [...counts].sort((one, other) => one.choice - other.choice);
	const valueAt = (place: number) => {
		let passed = 0;
		return ordered.find(({ count }) => (passed += count) > place)!.choice;
	};
	return { mean, median: (valueAt(Math.floor((all - 1) / 2)) + valueAt(Math.floor(all / 2))) / 2 };
}

/** The words of one answer: without space around, each once however it is written, refused where there are too many or one is too long. */
export function wordsOf(typed: readonly string[], most: number): { shown: string; folded: string }[] {
	const words = new Map<string, string>();
	for (const each of typed) {
		if (each.includes('\0') || !each.isWellFormed()) throw refusal('answer-unusable', { kind: 'cloud' });
		const shown = each.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
		const key = folded(shown);
		if (key === '' || words.has(key)) continue;
		if ([...shown].length > pollLimits.word) throw refusal('word-too-long', { max: pollLimits.word });
		words.set(key, shown);
	}
	if (words.size === 0 || words.size > most) throw refusal('answer-unusable', { kind: 'cloud' });
	return [...words].map(([key, shown]) => ({ folded: key, shown }));
}

/**
 * By what words are the same: without case, diacritics, punctuation at the ends, width and the Arabic vowel signs and tatweel; the forms of alef and of German ß
 * are one. Empty where nothing is left that can be read.
 */
export function folded(word: string): string {
	return word
		.normalize('NFKD')
		.replace(/\p{M}|\u0640/gu, '')
		.toLowerCase()
		.replaceAll('ß', 'ss')
		.replaceAll('ı', 'i')
		.replace(/[إأآٱ]/g, 'ا')
		.replaceAll('ø', 'o')
		.replaceAll('ł', 'l')
		.replaceAll('đ', 'd')
		.replace(/\s+/g, ' ')
		.replace(/^[^\p{L}\p{N}\p{S}]+|[^\p{L}\p{N}\p{S}]+$/gu, '')
		.normalize('NFC');
}
