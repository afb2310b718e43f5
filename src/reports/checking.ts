import { valueAt, type Json } from '#agreement/canonical.ts';
import { shareNamed } from '#agreement/thresholds.ts';
import type { Span } from '#contributions/passages/passage.ts';
import type { Say } from '#languages/speaking.ts';
import { placeOf, unsourced, wordsAt, type Origin, type Source, type SourceKind, type Words } from '#reports/paragraph.ts';

/** A paragraph in its newest version. */
export interface Paragraph extends Words {
	readonly paragraphId: string;
	/** its lasting address: #p12 */
	readonly number: number;
	readonly version: number;
	readonly section: string;
	readonly origin: 'drafted' | 'edited';
}

/** What became of something on which a sentence rests. */
export interface SourceState {
	/** everybody can see it */
	readonly isSeen: boolean;
	/** its words now, where it has any that can be quoted */
	readonly words: string | null;
}

/** `${kind} ${thingId}` → what became of it; absent: it is not there at all. */
export type SourceStates = ReadonlyMap<string, SourceState>;

export function keyOf({ kind, thingId }: { readonly kind: SourceKind; readonly thingId: string }): string {
	return `${kind} ${thingId}`;
}

/**
 * What the check finds:
 * - unsourced: a sentence rests on nothing;
 * - hidden: a source was hidden, withdrawn or taken back since;
 * - altered: words that are quoted are not the words of the source, in the report or because the source changed;
 * - figure: a figure is not the one of the snapshot.
 */
export interface Remark {
	readonly code: 'unsourced' | 'hidden' | 'altered' | 'figure';
	readonly paragraphId: string;
	readonly number: number;
	readonly version: number;
	readonly span: Span;
	/** the words of the report that are meant */
	readonly words: string;
	/** the source that is meant */
	readonly source: Source | null;
	/** the words of the source, or the figure of the snapshot, where they differ */
	readonly expected: string | null;
}

/** By which a waiver names the remark: another remark in the same version of the paragraph has another name. */
export function nameOf({ code, span, source }: Remark): string {
	return [code, `${span.starts}-${span.ends}`, ...(source ? [source.kind, source.pointer ?? source.thingId] : [])].join(' ');
}

/** @param say speaks the language of the report, in which its figures are written */
export function remarksIn(paragraphs: readonly Paragraph[], states: SourceStates, figures: Json, say: Say): Remark[] {
	return paragraphs
		.filter((paragraph) => paragraph.kind !== 'removed')
		.flatMap((paragraph) => [
			...unsourced(paragraph).map((span) => found(paragraph, 'unsourced', span, null, null)),
			...paragraph.sources.flatMap((source) => ofSource(paragraph, source, states, figures, say))
		]);
}

function ofSource(paragraph: Paragraph, source: Source, states: SourceStates, figures: Json, say: Say): Remark[] {
	if (source.kind === 'figure') return ofFigure(paragraph, source, figures, say);
	const state = states.get(keyOf(source));
	if (!state?.isSeen) return [found(paragraph, 'hidden', source, source, null)];
	if (source.quote === null) return [];
	const said = wordsAt(paragraph.text, source);
	const isWhole = paragraph.kind === 'quotation';
	const isRepeated = isWhole ? said.trim() === source.quote.trim() : said.includes(source.quote);
	const stillStands = state.words === null || state.words.includes(source.quote);
	if (isRepeated && stillStands) return [];
	return [found(paragraph, 'altered', source, source, stillStands ? source.quote : state.words)];
}

function ofFigure(paragraph: Paragraph, source: Source & Origin, figures: Json, say: Say): Remark[] {
	const value = valueAt(figures, source.pointer ?? '');
	const said = wordsAt(paragraph.text, source);
	if (value === undefined) return [found(paragraph, 'figure', source, source, null)];
	const written = [
		...wordsOfLevel(source.pointer ?? '', value, say),
		...(typeof value === 'number' ? waysToWrite(value, say) : [])
	];
	// a table, or a sentence about several figures: it shows them itself
	if (written.length === 0) return [];
	if (written.some((way) => placeOf(way, said) !== -1)) return [];
	return [found(paragraph, 'figure', source, source, written[0]!)];
}

/** What stands in words: a level of support, and the share of the groups that strong support takes. */
function wordsOfLevel(pointer: string, value: Json, say: Say): string[] {
	if (typeof value === 'number') {
		const name = pointer === '/thresholds/most' ? shareNamed(value) : null;
		return name ? [say(`agreement.share-${name}`)] : [];
	}
	if (typeof value !== 'string') return [];
	const key = `agreement.level-${value}`;
	return /^\/ideas\/\d+\/level\/level$/.test(pointer) && say.knows(key) ? [say(key)] : [];
}

/** 0.889 is a share: "89%" and "88.9%"; 1,214 is a count. */
function waysToWrite(value: number, say: Say): string[] {
	if (Number.isInteger(value) && value !== 0 && value !== 1) return [say.number(value), String(value)];
	const share = [say.percent(value), say.percent(value, { decimals: 1 })];
	return Number.isInteger(value) ? [say.number(value), ...share] : share;
}

function found(paragraph: Paragraph, code: Remark['code'], span: Span, source: Source | null, expected: string | null): Remark {
	const { paragraphId, number, version, text } = paragraph;
	const { starts, ends } = span;
	return { code, paragraphId, number, version, span: { starts, ends }, words: wordsAt(text, span), source, expected };
}
