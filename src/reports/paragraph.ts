import { sentencesOf as segmentsOf, type Span } from '#contributions/passages/passage.ts';

/** What a sentence can rest on. `thingId` names the thing; for a figure it is the snapshot. */
export const sourceKinds = [
	'passage',
	'idea',
	'comment',
	'submission',
	'figure',
	'snapshot',
	'topic',
	'stage',
	'question',
	'deliverable',
	'document'
] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Something to rest on, not yet anchored. */
export interface Origin {
	readonly kind: SourceKind;
	readonly thingId: string;
	/** for a figure: where it stands in the snapshot */
	readonly pointer: string | null;
	/** the words that are repeated, where they are */
	readonly quote: string | null;
}

/** An origin under a span of the paragraph's text, in code points. */
export interface Source extends Origin, Span {}

/** `figures` is a table of the snapshot with its caption; a `quotation` is somebody's words and nothing else. */
export type ParagraphKind = 'text' | 'heading' | 'quotation' | 'figures' | 'removed';

export interface Words {
	readonly kind: ParagraphKind;
	readonly text: string;
	/** BCP 47: of the text, which in a quotation is not the report's */
	readonly language: string;
	readonly sources: readonly Source[];
}

export interface DraftedParagraph extends Words {
	readonly section: string;
}

/** Sentences that nothing supports. A heading states nothing. */
export function unsourced({ kind, text, language, sources }: Words): Span[] {
	if (kind === 'heading' || kind === 'removed') return [];
	return sentencesOf(text, language).filter((sentence) => !sources.some((source) => overlap(source, sentence)));
}

/** The sentences of a text. "They agreed. 40 of 43 came" are two, which the rules of Unicode, made with "Art. 40" in mind, leave as one. */
export function sentencesOf(text: string, language: string): Span[] {
	return segmentsOf(text, language).flatMap((span) => {
		let starts = span.starts;
		return wordsAt(text, span)
			.split(/((?<=\p{L}{4}[.!?]["”»)]*)\s+(?=\p{Nd}))/u)
			.map((words) => ({ words, starts, ends: (starts += [...words].length) }))
			.filter(({ words }) => words.trim() !== '')
			.map((part) => ({ starts: part.starts, ends: part.ends }));
	});
}

export function overlap(one: Span, other: Span): boolean {
	return one.starts < other.ends && other.starts < one.ends;
}

export function wordsAt(text: string, { starts, ends }: Span): string {
	return [...text].slice(starts, ends).join('');
}

/**
 * The sources of a text after somebody edited it. A sentence that stayed word for word keeps its anchors, wherever it moved. A sentence
 * that was rewritten in its place keeps what it rested on, so that the check can hold the new words against the old source: under the
 * same words where they are still there, else under the whole sentence. A sentence that was added rests on nothing.
 */
export function carriedOver(before: Words, text: string): Source[] {
	// a quotation is one thing, however many sentences it has
	if (before.kind === 'quotation') return before.sources.map((source) => ({ ...source, starts: 0, ends: [...text].length }));
	const old = sentencesOf(before.text, before.language).map((span) => ({ span, words: wordsAt(before.text, span) }));
	const now = sentencesOf(text, before.language).map((span) => ({ span, words: wordsAt(text, span) }));
	const partner = matched(
		old.map(({ words }) => words),
		now.map(({ words }) => words)
	);
	const moved = now.flatMap(({ span, words }, index) => {
		const was = partner[index] === null ? undefined : old[partner[index]!];
		if (!was) return [];
		return before.sources
			.filter((source) => overlap(source, was.span))
			.map((source) => ({ source, ...movedSpan(source, was, { span, words }, before.text) }));
	});
	return moved.flatMap(({ source, ...span }, index) => {
		if (source.quote === null) return [{ ...source, ...span }];
		// words that are quoted are one thing, too: several sentences of theirs have one source
		const parts = moved.filter((one) => one.source === source);
		if (parts[0] !== moved[index]) return [];
		const all = { starts: Math.min(...parts.map(({ starts }) => starts)), ends: Math.max(...parts.map(({ ends }) => ends)) };
		return [{ ...source, ...(quoteWithin(text, source.quote, all) ?? all) }];
	});
}

/** Where the quoted words stand, if some of them do within the span. */
function quoteWithin(text: string, quote: string, span: Span): Span | undefined {
	const length = [...quote].length;
	for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
		const starts = [...text.slice(0, at)].length;
		if (overlap({ starts, ends: starts + length }, span)) return { starts, ends: starts + length };
	}
	return undefined;
}

interface Sentence {
	readonly span: Span;
	readonly words: string;
}

function movedSpan(source: Span, was: Sentence, now: Sentence, textBefore: string): Span {
	const clipped = { starts: Math.max(source.starts, was.span.starts), ends: Math.min(source.ends, was.span.ends) };
	const shift = now.span.starts - was.span.starts;
	if (was.words === now.words) return { starts: clipped.starts + shift, ends: clipped.ends + shift };
	const at = placeOf(wordsAt(textBefore, clipped), now.words);
	if (at === -1) return now.span;
	const starts = now.span.starts + [...now.words.slice(0, at)].length;
	return { starts, ends: starts + clipped.ends - clipped.starts };
}

/** Where the words stand in the text; a number only where it is not part of a longer one. */
export function placeOf(words: string, text: string): number {
	for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
		const [before, after] = [text.slice(0, at), text.slice(at + words.length)];
		const goesOn =
			(/^\p{Nd}/u.test(words) && /\p{Nd}[.,\s]?$/u.test(before)) || (/\p{Nd}$/u.test(words) && /^[.,\s]?\p{Nd}/u.test(after));
		if (!goesOn) return at;
	}
	return -1;
}

/** For each new sentence the old one that it is: the same words first, then, between two of these, one for one in their order. */
function matched(old: readonly string[], now: readonly string[]): (number | null)[] {
	const taken = new Set<number>();
	const partner: (number | null)[] = now.map((words) => {
		const found = old.findIndex((before, index) => before === words && !taken.has(index));
		if (found === -1) return null;
		taken.add(found);
		return found;
	});
	for (let start = 0; start < now.length; start++) {
		if (partner[start] !== null || (start > 0 && partner[start - 1] === null)) continue;
		let end = start;
		while (end < now.length && partner[end] === null) end++;
		const first = start === 0 ? 0 : partner[start - 1]! + 1;
		const last = end === now.length ? old.length : partner[end]!;
		const rewritten = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index).filter(
			(index) => !taken.has(index)
		);
		// more or fewer sentences than before: which one replaced which is not known
		if (rewritten.length !== end - start) continue;
		rewritten.forEach((index, step) => {
			partner[start + step] = index;
			taken.add(index);
		});
	}
	return partner;
}
