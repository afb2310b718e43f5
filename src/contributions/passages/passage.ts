/**
 * A passage is a span of a stored text version, counted in code points, with its words and what stands around them. The offsets are the
 * fast way to it; the words are the proof: a passage whose words do not stand at its offsets is looked for by its words and surroundings,
 * and where they are gone it is said to be lost, never moved to something alike.
 */
export type Span = {
	/** code points from the beginning of the text */
	readonly starts: number;
	/** the first code point after it */
	readonly ends: number;
};

export interface Anchor extends Span {
	readonly quote: string;
	readonly prefix: string;
	readonly suffix: string;
}

const surroundings = 32;

/** The anchor of a span, white space at its ends left out; undefined where nothing else is in it or it lies outside the text. */
export function anchorAt(text: string, { starts, ends }: Span): Anchor | undefined {
	const letters = [...text];
	if (!Number.isInteger(starts) || !Number.isInteger(ends) || starts < 0 || ends > letters.length || starts >= ends)
		return undefined;
	let [first, last] = [starts, ends];
	while (first < last && isSpace(letters[first])) first += 1;
	while (last > first && isSpace(letters[last - 1])) last -= 1;
	if (first === last) return undefined;
	return {
		starts: first,
		ends: last,
		quote: letters.slice(first, last).join(''),
		prefix: letters.slice(Math.max(0, first - surroundings), first).join(''),
		suffix: letters.slice(last, last + surroundings).join('')
	};
}

export function standsAt(text: string, { starts, ends, quote }: Pick<Anchor, 'starts' | 'ends' | 'quote'>): boolean {
	return [...text].slice(starts, ends).join('') === quote;
}

/** Where the words of the anchor stand in this text: at its offsets, else where most of its surroundings match, else nowhere. */
export function foundAgain(text: string, anchor: Anchor): Span | undefined {
	if (standsAt(text, anchor)) return { starts: anchor.starts, ends: anchor.ends };
	let best: { at: number; alike: number } | undefined;
	for (let at = text.indexOf(anchor.quote); at !== -1; at = text.indexOf(anchor.quote, at + 1)) {
		const before = sharedEnd(text.slice(0, at), anchor.prefix);
		const alike = before + sharedStart(text.slice(at + anchor.quote.length), anchor.suffix);
		if (!best || alike > best.alike) best = { at, alike };
	}
	// a short quote stands in many places: without half of its surroundings it is not the same passage
	const known = anchor.prefix.length + anchor.suffix.length;
	if (!best || (anchor.quote.length < surroundings * 2 && best.alike * 2 < known)) return undefined;
	const starts = [...text.slice(0, best.at)].length;
	return { starts, ends: starts + [...anchor.quote].length };
}

/** Spans that touch or overlap, or that only white space parts, become one; in the order of the text. */
export function joinedSpans(text: string, spans: readonly Span[]): Span[] {
	const letters = [...text];
	const joined: Span[] = [];
	for (const span of [...spans].sort((one, other) => one.starts - other.starts || one.ends - other.ends)) {
		const last = joined.at(-1);
		if (last && (span.starts <= last.ends || letters.slice(last.ends, span.starts).every(isSpace)))
			joined[joined.length - 1] = { starts: last.starts, ends: Math.max(last.ends, span.ends) };
		else joined.push(span);
	}
	return joined;
}

/** The sentences of a text, none over the end of a line; white space between them belongs to none. */
export function sentencesOf(text: string, language: string): Span[] {
	const segmenter = new Intl.Segmenter(language === 'und' ? 'en' : language, { granularity: 'sentence' });
	const sentences: Span[] = [];
	let at = 0;
	for (const line of text.split('\n')) {
		for (const { segment } of segmenter.segment(line)) {
			const length = [...segment].length;
			const words = anchorAt(segment, { starts: 0, ends: length });
			if (words) sentences.push({ starts: at + words.starts, ends: at + words.ends });
			at += length;
		}
		at += 1;
	}
	return sentences;
}

function isSpace(letter: string | undefined): boolean {
	return letter !== undefined && /^\s$/u.test(letter);
}

function sharedEnd(one: string, other: string): number {
	let length = 0;
	while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length)) length += 1;
	return length;
}

function sharedStart(one: string, other: string): number {
	let length = 0;
	while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
	return length;
}
