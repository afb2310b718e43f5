import { blot, blotted } from '#moderation/personal-data.ts';
import type { Edition } from '#reports/edition.ts';

/**
 * The text without these quotations: each is made unreadable wherever it stands. Where the sentence that quotes (`spans`) does not have it
 * word for word, the whole span goes, since it may hold some of them.
 */
export function redactedText(
	text: string,
	quotes: readonly string[],
	spans: readonly { readonly starts: number; readonly ends: number; readonly quote: string }[]
): string {
	let redacted = text;
	for (const { starts, ends, quote } of spans) {
		const letters = [...redacted];
		const said = letters.slice(starts, ends).join('');
		const clean = said.includes(quote)
			? said.replaceAll(quote, blotted)
			: quotes.some((known) => said.includes(known))
				? said
				: blotted(said);
		redacted = [...letters.slice(0, starts), clean, ...letters.slice(ends)].join('');
	}
	for (const quote of quotes) redacted = redacted.replaceAll(quote, blotted);
	return redacted;
}

/** Whether the words can still be read where they were taken from. */
export function stands(words: string, standing: readonly string[]): boolean {
	return standing.some((text) => text.includes(words));
}

/**
 * The edition without words of these things: in its text, in its notes, and in why it was published in spite of a remark.
 * @param standing what the things still say: a note with nothing else stays
 */
export function redactedEdition(edition: Edition, thingIds: ReadonlySet<string>, standing: readonly string[] = []): Edition {
	const gone = edition.notes.filter(
		({ thingId, quote, title }) =>
			thingIds.has(thingId) &&
			!(standing.length > 0 && [quote, title].every((words) => words === null || stands(words, standing)))
	);
	if (gone.length === 0) return edition;
	const numbers = new Set(gone.map(({ number }) => number));
	const quotes = quotesIn(gone.flatMap(({ quote, title }) => [quote, title]));
	const clean = (text: string) => redactedText(text, quotes, []);
	return {
		...edition,
		paragraphs: edition.paragraphs.map((paragraph) => ({
			...paragraph,
			text: redactedText(
				paragraph.text,
				quotes,
				paragraph.marks
					.filter(({ note, isQuote }) => isQuote && numbers.has(note))
					.map(({ starts, ends, note }) => ({ starts, ends, quote: gone.find(({ number }) => number === note)?.quote ?? '\0' }))
			)
		})),
		notes: edition.notes.map((note) =>
			numbers.has(note.number)
				? { ...note, title: null, organisation: null, groups: [], quote: note.quote === null ? null : blotted(note.quote) }
				: { ...note, title: note.title && clean(note.title), quote: note.quote && clean(note.quote) }
		),
		waivers: edition.waivers.map((waiver) => ({ ...waiver, words: clean(waiver.words), reason: clean(waiver.reason) }))
	};
}

/** Those long enough to be somebody's own words: "yes" stands in every text. The longest first, since one may hold another. */
export function quotesIn(texts: readonly (string | null)[]): string[] {
	return [...new Set(texts)]
		.filter((text) => text !== null)
		.filter((text) => [...text].length >= 12 && !text.includes(blot))
		.sort((one, other) => other.length - one.length);
}
