import { languageTag, type Language } from '#languages/languages.ts';

/**
 * The language of a text: what its author chose, else what it looks like, else `und`.
 * A short text says little, so the language of the page on which it was written counts for much.
 */
export async function languageOf(text: string, { chosen, page }: { chosen?: string | null; page: Language }): Promise<string> {
	const tag = chosen ? languageTag(chosen) : null;
	if (tag && tag !== 'und') return tag;
	return detectLanguage(text, page);
}

export async function detectLanguage(text: string, page?: Language): Promise<string> {
	const sample = text.slice(0, 2000);
	const letters = sample.match(/\p{L}/gu)?.length ?? 0;
	if (letters === 0) return 'und';
	// Japanese is hardly ever written without a syllabic sign
	if (/^(\p{Script=Han}|\P{L})+$/u.test(sample)) return 'zh';
	const found = (await detector()).detect(sample);
	const scores = found.getScores();
	const best = scores[found.language] ?? 0;
	if (page && (scores[page] ?? 0) > 0 && scores[page]! >= best - advantageOfPage(letters)) return page;
	// "OK", "Oui": nothing speaks against the page's language but the lack of a pattern
	if (page && letters < 20 && !found.isReliable() && isWrittenLike(sample, page)) return page;
	return found.isReliable() ? found.language : 'und';
}

/** How much weaker than the best the page's language may look and still be taken: the scores go from 0 to 1. */
function advantageOfPage(letters: number): number {
	if (letters < 20) return 0.25;
	return letters < 60 ? 0.05 : 0.01;
}

function isWrittenLike(text: string, language: Language): boolean {
	return scripts[language].test(text);
}

const scripts: Record<Language, RegExp> = {
	en: /\p{Script=Latin}/u,
	fr: /\p{Script=Latin}/u,
	es: /\p{Script=Latin}/u,
	ru: /\p{Script=Cyrillic}/u,
	zh: /\p{Script=Han}/u,
	ar: /\p{Script=Arabic}/u
};

// on the sentences of detection.test.ts the smallest set of patterns errs as often as the largest, in a third of the memory
type Detector = typeof import('eld/extrasmall').eld;
let loading: Promise<Detector> | undefined;

/** Loads the patterns, which takes half a second: the server does it when it is ready, so that nobody's first text waits for it. */
export async function readyToDetect(): Promise<void> {
	await detector();
}

function detector(): Promise<Detector> {
	loading ??= import('eld/extrasmall').then((module) => module.eld);
	return loading;
}
