import { sentencesOf, type Span } from '#contributions/passages/passage.ts';

/** A text as a page lays it out: paragraphs of sentences, each cut where a highlight begins or ends. All offsets are code points. */
export interface Paragraph extends Span {
	readonly sentences: readonly Sentence[];
}

export interface Sentence extends Span {
	readonly pieces: readonly Piece[];
}

export interface Piece extends Span {
	readonly text: string;
	/** which of the given highlights cover it */
	readonly highlights: readonly number[];
}

/** Every sentence of the text once, in order; what stands between two is white space and is not kept. */
export function laidOut(text: string, language: string, highlights: readonly Span[] = []): Paragraph[] {
	const letters = [...text];
	const sentences = sentencesOf(text, language);
	const paragraphs: Paragraph[] = [];
	let at = 0;
	let next = 0;
	for (const line of text.split('\n')) {
		const ends = at + [...line].length;
		const within: Sentence[] = [];
		for (let sentence = sentences[next]; sentence && sentence.starts < ends; sentence = sentences[next]) {
			within.push({ ...sentence, pieces: piecesOf(letters, sentence, highlights) });
			next += 1;
		}
		if (within.length > 0) paragraphs.push({ starts: at, ends, sentences: within });
		at = ends + 1;
	}
	return paragraphs;
}

/** The highlights to be noted after each paragraph, by where it starts: one over several paragraphs after the last of them. */
export function notedAfter(paragraphs: readonly Paragraph[]): ReadonlyMap<number, readonly number[]> {
	const lastOf = new Map<number, number>();
	for (const { starts, sentences } of paragraphs)
		for (const { pieces } of sentences)
			for (const { highlights } of pieces) for (const highlight of highlights) lastOf.set(highlight, starts);
	const inOrder = [...lastOf.keys()].sort((one, other) => one - other);
	return Map.groupBy(inOrder, (highlight) => lastOf.get(highlight)!);
}

function piecesOf(letters: readonly string[], { starts, ends }: Span, highlights: readonly Span[]): Piece[] {
	const touching = highlights
		.map((span, index) => ({ ...span, index }))
		.filter((span) => span.starts < ends && span.ends > starts);
	const cuts = new Set([starts, ends]);
	for (const span of touching) for (const cut of [span.starts, span.ends]) if (cut > starts && cut < ends) cuts.add(cut);
	const places = [...cuts].sort((one, other) => one - other);
	return places.slice(1).map((end, index) => {
		const begin = places[index]!;
		const covering = touching.filter((span) => span.starts <= begin && span.ends >= end).map((span) => span.index);
		return { starts: begin, ends: end, text: letters.slice(begin, end).join(''), highlights: covering };
	});
}
