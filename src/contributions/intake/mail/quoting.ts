import { isAttribution, isHeaderBlock, isSentFrom, isSeparator, mayBeginAttribution } from './marks.ts';

export interface MailPiece {
	readonly kind: 'own' | 'quoted' | 'signature';
	readonly text: string;
}

/**
 * Tells apart what a person wrote in a mail, what they quoted, and their signature. The pieces in their order are the text, character by
 * character; neighbours are of different kinds. A mail that is nothing but quotation was sent for the sake of it: it is the person's own.
 */
export function piecesOf(text: string): MailPiece[] {
	const lines = text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
	const bare = lines.map(bareLine);
	const kinds = kindsOf(bare);
	if (!kinds.some((kind, at) => kind === 'own' && bare[at] !== '')) kinds.fill('own');
	const pieces: { kind: MailPiece['kind']; text: string }[] = [];
	lines.forEach((line, at) => {
		const last = pieces.at(-1);
		if (last !== undefined && last.kind === kinds[at]) last.text += line;
		else pieces.push({ kind: kinds[at]!, text: line });
	});
	return pieces;
}

/** The person's own words: what stands between quotations is set apart by a blank line. */
export function ownWords(pieces: readonly MailPiece[]): string {
	return pieces
		.filter(({ kind }) => kind === 'own')
		.map(({ text }) =>
			text
				.replaceAll('\r', '')
				.replace(/^(?:[^\S\n]*\n)+/u, '')
				.trimEnd()
		)
		.filter((text) => text !== '')
		.join('\n\n');
}

function kindsOf(lines: readonly string[]): MailPiece['kind'][] {
	const kinds: MailPiece['kind'][] = lines.map(() => 'own');
	const rest = (kind: MailPiece['kind'], from: number) => kinds.fill(kind, from);
	const written = nextWritten(lines);
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at]!;
		if (line.startsWith('>')) {
			kinds[at] = 'quoted';
			continue;
		}
		const attribution = attributionAt(lines, at);
		if (attribution > 0) {
			const next = written[at + attribution] ?? lines.length;
			if (lines[next]?.startsWith('>') !== true) {
				rest('quoted', at);
				break;
			}
			kinds.fill('quoted', at, next);
			at = next - 1;
			continue;
		}
		if (isSeparator(line) || isHeaderBlock(lines.slice(at, at + 9))) {
			rest('quoted', rulesAbove(lines, at));
			break;
		}
	}
	signatures(lines, kinds);
	blanksBetween(lines, kinds, written);
	return kinds;
}

/** How many lines the "On … wrote:" that begins here takes, 0 where none does. */
function attributionAt(lines: readonly string[], at: number): number {
	let joined = '';
	if (!mayBeginAttribution(lines[at]!)) return 0;
	for (let taken = 1; taken <= 3; taken++) {
		const line = lines[at + taken - 1];
		if (line === undefined || line === '' || line.startsWith('>')) return 0;
		joined = joined === '' ? line : `${joined} ${line}`;
		if (isAttribution(joined)) return taken;
	}
	return 0;
}

/** Outlook draws a line above its header. */
function rulesAbove(lines: readonly string[], at: number): number {
	let first = at;
	while (first > 0 && lines[first - 1] === '') first -= 1;
	return first > 0 && /^[_\-–—=]{5,}$/u.test(lines[first - 1]!) ? first - 1 : at;
}

/** From "-- " on, as far as the person's own words go; and the line of a phone's program at their end. */
function signatures(lines: readonly string[], kinds: MailPiece['kind'][]): void {
	for (let at = 0; at < lines.length; at++) {
		if (kinds[at] !== 'own' || !isDelimiter(lines[at]!)) continue;
		while (at < lines.length && kinds[at] === 'own') kinds[at++] = 'signature';
	}
	for (let at = lines.length - 1, seen = 0; at >= 0 && seen < 3; at--) {
		if (kinds[at] !== 'own' || lines[at] === '') continue;
		seen += 1;
		if (isSentFrom(lines[at]!)) kinds[at] = 'signature';
		else break;
	}
}

function isDelimiter(line: string): boolean {
	return line === '--' || /^_{40,}$/u.test(line);
}

/** Blank lines between two pieces of one kind are of that kind; others belong to what stands before. */
function blanksBetween(lines: readonly string[], kinds: MailPiece['kind'][], written: readonly number[]): void {
	for (let at = 0; at < lines.length; at++) {
		if (lines[at] !== '' || kinds[at] !== 'own') continue;
		const before = kinds[at - 1];
		if (before === undefined || before === 'own') continue;
		const next = written[at]!;
		if (next === lines.length || kinds[next] === before) kinds[at] = before;
	}
}

/** For each line the next that is not blank, itself included; one past the end where none is. */
function nextWritten(lines: readonly string[]): number[] {
	const next = lines.map(() => lines.length);
	for (let at = lines.length - 1; at >= 0; at--) next[at] = lines[at] === '' ? (next[at + 1] ?? lines.length) : at;
	return next;
}

/** Without space around, marks of direction, no-break spaces and stars of emphasis. */
function bareLine(line: string): string {
	return line
		.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
		.replaceAll(/[\u00a0\u202f]/gu, ' ')
		.trim()
		.replace(/^\*([^*]+:)\*/u, '$1')
		.replace(/^\*([^*]+)\*$/u, '$1');
}
