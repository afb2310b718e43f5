import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Jieba } from '@node-rs/jieba';
import snowball, { type Stemmer } from 'snowball-stemmers';

/*
 * Search in six languages with nothing but PostgreSQL's full text.
 *
 * Each word of a text is stored in several forms: as it stands without accents, and as its stem, in the text's language, with and without the accents.
 * A word of a query is looked for in the same forms, in every language of its script: so "gobernacion" finds "gobernación" and "gouvernements" "gouvernement",
 * whatever the language of the reader's page. Chinese has no spaces: the query is cut into words by jieba, and the text is stored by every one and two
 * neighbouring signs, so that a word is found however jieba would have cut the text. This always holds: a text is found by each of its own words.
 *
 * The forms are lexemes already: they go into `array_to_tsvector($1::text[])` and `$1::tsquery`, past PostgreSQL's own parser, whose idea of a word depends on
 * the server's locale.
 */

/** The lexemes of a text, each once: `array_to_tsvector($1::text[])`. */
export function searchable(text: string, language: string): string[] {
	const lexemes = new Set<string>();
	for (const word of new Set(wordsOf(text))) {
		if (isWithoutSpaces(word)) for (const piece of neighbours(word)) lexemes.add(piece);
		else for (const form of formsOf(word, stemmersOfText(language, word))) lexemes.add(form);
	}
	return [...lexemes];
}

/** What is looked for, as `$1::tsquery`: every word must be there, in any of its forms. Null where the query has no word. */
export function searchedFor(query: string): string | null {
	const words = wordsOf(query.slice(0, 300))
		.flatMap((word) => (isWithoutSpaces(word) ? cut(word) : [word]))
		.slice(0, 20);
	const telling = words.filter((word) => !commonWords.has(fold(word)));
	const conditions = (telling.length > 0 ? telling : words).map((word) =>
		isWithoutSpaces(word) ? conditionOfPiece(word) : anyOf(formsOf(word, stemmersOfScript(word)))
	);
	return conditions.length > 0 ? [...new Set(conditions)].join(' & ') : null;
}

/** The forms of each word of a text that is being typed, as `searchable` knows them of a finished one; of Chinese each two neighbouring signs. */
export function formsOfEachWord(text: string): string[][] {
	return wordsOf(text).flatMap((word) => {
		if (!isWithoutSpaces(word)) return [[...formsOf(word, stemmersOfScript(word))]];
		const pairs = neighbours(word).filter((piece) => [...piece].length === 2);
		return (pairs.length > 0 ? pairs : [word]).map((piece) => [piece]);
	});
}

/** A word as it stands in a text, without case and accents, and its stem; of Chinese the stem is the word. */
export interface Word {
	readonly form: string;
	readonly stem: string;
}

/** The words of a text in their order, repeated where it repeats them: for comparing texts. */
export function wordsInOrder(text: string, language: string): Word[] {
	const words: Word[] = [];
	for (const word of wordsOf(text)) {
		if (isWithoutSpaces(word)) {
			for (const piece of cut(word)) words.push({ form: piece, stem: piece });
			continue;
		}
		const [form, stem] = formsOf(word, firstOf(stemmersOfText(language, word)));
		if (form !== undefined) words.push({ form, stem: stem ?? form });
	}
	return words;
}

/** Without case, accents and the variants of Arabic letters; й and vowel signs of other scripts stay, being letters of their own. */
export function fold(text: string): string {
	if (isAscii(text)) return text.toLowerCase();
	return text
		.toLowerCase()
		.normalize('NFKD')
		.replace(/(?<!и(?=\u0306))[\u0300-\u036f]/g, '')
		.replace(arabicAndHebrewMarks, '')
		.replace(
			/[ßøæœđłıىةک\u06cc]|[\u0660-\u0669\u06f0-\u06f9]/g,
			(letter) => replacements[letter] ?? String(letter.charCodeAt(0) & 15)
		)
		.normalize('NFC');
}

// points, vowels and the stretching line
const arabicAndHebrewMarks = /[\u{591}-\u{5c7}]|[\u{610}-\u{61a}]|\u{640}|[\u{64b}-\u{65f}]|\u{670}|[\u{6d6}-\u{6ed}]/gu;

const replacements: Record<string, string> = {
	ß: 'ss',
	ø: 'o',
	æ: 'ae',
	œ: 'oe',
	đ: 'd',
	ł: 'l',
	ı: 'i',
	ى: 'ي',
	ة: 'ه',
	ک: 'ك',
	'\u06cc': 'ي'
};

/** Longer words are cut: PostgreSQL refuses lexemes over two kilobytes, and nobody looks for them. */
const longest = 60;

function wordsOf(text: string): string[] {
	// the same, and several times faster
	if (isAscii(text)) {
		const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
		return words.filter((word) => !/^[a-z]$/.test(word)).map((word) => word.slice(0, longest));
	}
	// a soft hyphen or a joiner inside a word is not part of it
	const runs =
		text
			.normalize('NFKC')
			.replace(/[\u00ad\u200b-\u200d]/g, '')
			.toLowerCase()
			.match(/[\p{L}\p{M}\p{Nd}]+/gu) ?? [];
	return runs
		.flatMap((run) => (withoutSpaces.test(run) ? (run.match(runsOfOneKind) ?? []) : [run]))
		.filter((word) => !/^\p{Script=Latin}$/u.test(word)) // the l of l'eau
		.filter((word) => fold(word) !== '')
		.map((word) => (isWithoutSpaces(word) ? word : [...word].slice(0, longest).join('')));
}

function isAscii(text: string): boolean {
	return /^[\t\n\r -~]*$/.test(text);
}

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;
const runsOfOneKind =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+/gu;

function isWithoutSpaces(word: string): boolean {
	return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u.test(word);
}

function formsOf(word: string, stemmers: readonly Stemmer[]): readonly string[] {
	const known = knownForms.get(stemmers)?.get(word);
	if (known) return known;
	const plain = fold(word);
	const forms = new Set([plain]);
	for (const stemmer of stemmers) {
		forms.add(fold(stemmer.stem(word)));
		forms.add(fold(stemmer.stem(plain)));
	}
	const found = [...forms].filter((form) => form !== '');
	const kept = knownForms.get(stemmers) ?? new Map<string, readonly string[]>();
	if (kept.size >= 20_000) kept.clear();
	knownForms.set(stemmers, kept.set(word, found));
	return found;
}

// a stem costs some ten microseconds, and people use the same words again and again; by the lists of stemmers below, which are few
const knownForms = new Map<readonly Stemmer[], Map<string, readonly string[]>>();

function anyOf(forms: readonly string[]): string {
	const quoted = forms.map((form) => `'${form}'`); // letters and digits only
	return quoted.length === 1 ? quoted[0]! : `(${quoted.join(' | ')})`;
}

/** Each sign and each two neighbours. */
function neighbours(run: string): string[] {
	const signs = [...run];
	return signs.flatMap((sign, at) => (at === 0 ? [sign] : [sign, signs[at - 1]! + sign]));
}

function conditionOfPiece(word: string): string {
	const signs = [...word];
	if (signs.length <= 2) return `'${word}'`;
	return signs
		.slice(1)
		.map((sign, at) => `'${signs[at]!}${sign}'`)
		.join(' & ');
}

// jieba and its dictionary (55 MB) are loaded by the first Chinese query
let jieba: Jieba | undefined;
function cut(run: string): string[] {
	if (!jieba) {
		const require = createRequire(import.meta.url);
		const { Jieba: Cutter } = require('@node-rs/jieba') as typeof import('@node-rs/jieba');
		jieba = Cutter.withDict(readFileSync(require.resolve('@node-rs/jieba/dict.txt')));
	}
	return jieba.cut(run, true);
}

const stemmers = {
	en: snowball.newStemmer('english'),
	fr: snowball.newStemmer('french'),
	es: snowball.newStemmer('spanish'),
	ru: snowball.newStemmer('russian'),
	ar: { stem: lightArabicStem }
};

const ofLanguage = new Map<string, readonly Stemmer[]>(Object.entries(stemmers).map(([name, stemmer]) => [name, [stemmer]]));
const ofScript = {
	latin: [stemmers.en, stemmers.fr, stemmers.es],
	cyrillic: [stemmers.ru],
	arabic: [stemmers.ar],
	other: [] as const
};

/**
 * Light stemming of Arabic (Larkey, Ballesteros and Connell 2002, "light10"), on folded words. Snowball's algorithm takes the ending from a
 * noun only behind the article, so that "حكومات" would not find "الحكومات".
 */
function lightArabicStem(word: string): string {
	let stem = fold(word)
		.replace(/^و(?=.{3})/, '')
		.replace(/^(ال|بال|كال|فال|لل)(?=.{2})/, '');
	for (const ending of ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي']) {
		if (stem.endsWith(ending) && stem.length - ending.length >= 3) stem = stem.slice(0, -ending.length);
	}
	return stem;
}

function stemmersOfText(language: string, word: string): readonly Stemmer[] {
	const first = language.split('-')[0]!;
	// an author who writes English words in a French text, or chose no language, is found by the words as they stand
	return ofLanguage.get(first) ?? (first === 'und' ? stemmersOfScript(word) : ofScript.other);
}

/** A list of one: of a word in no known language, English stems Latin letters. */
function firstOf(list: readonly Stemmer[]): readonly Stemmer[] {
	return list === ofScript.latin ? ofLanguage.get('en')! : list;
}

function stemmersOfScript(word: string): readonly Stemmer[] {
	if (/\p{Script=Latin}/u.test(word)) return ofScript.latin;
	if (/\p{Script=Cyrillic}/u.test(word)) return ofScript.cyrillic;
	if (/\p{Script=Arabic}/u.test(word)) return ofScript.arabic;
	return ofScript.other;
}

/** Words that say nothing of what is looked for: left out of a query that has others. */
const commonWords = new Set(
	[
		'the of and to in is on for with by an as at be are or that this it from',
		'le la les de des du et en un une au aux pour par sur dans est que qui ce ces',
		'el los las del y una por para con es lo al se su',
		'и в во не на с со что как к по о об от для из у за',
		'في من على الى عن مع هذا هذه ان او و',
		'的 了 和 是 在 与 及 或'
	].flatMap((words) => words.split(' ').map(fold))
);
