/**
 * Text cut from PDF ends a line where the page ended it. This makes the version that people read: one line a paragraph. It is derived,
 * never stored over the original.
 *
 * A break is a wrap if the first word of the next line would not have fitted in the width of the lines around it, or if a sentence goes on
 * over it in a small letter. It is a real break before a list item, around a blank line, a heading in capitals and a line that stands well
 * short of the width.
 *
 * What always holds: every character other than white space is kept, in its order, but for a hyphen between two halves of a word that the
 * same text writes in one piece elsewhere (and soft hyphens); a text without hard wraps comes back as it was, and so does the result.
 */
export function joinHardWraps(text: string): string {
	const lines = text.replaceAll(/\r\n?/gu, '\n').split('\n').map(oneSpaced);
	const width = usualWidth(lines);
	const words = wholeWords(lines);
	const paragraphs: string[] = [];
	lines.forEach((line, index) => {
		const previous = paragraphs.at(-1);
		const before = lines[index - 1];
		const wrapped = before !== undefined && isWrapped(before, line, width) && !isHeading(before, line, lines[index + 1], width);
		if (previous === undefined || !wrapped) paragraphs.push(line);
		else paragraphs[paragraphs.length - 1] = joined(previous, line, words);
	});
	return paragraphs
		.join('\n')
		.replaceAll(/\n{3,}/gu, '\n\n')
		.trim();
}

/** Lines beyond this were not wrapped by a page. */
const widestPage = 160;
const narrowestPage = 40;

function oneSpaced(line: string): string {
	return line.replaceAll(/[\p{Zs}\t]+/gu, ' ').trim();
}

/** Length of a full line: nine in ten of the longer lines are no longer; 0 where the text has no hard wraps. */
function usualWidth(lines: readonly string[]): number {
	const lengths = lines.map((line) => line.length).filter((length) => length >= narrowestPage);
	const onAPage = lengths.filter((length) => length <= widestPage);
	if (onAPage.length < 3 || onAPage.length < lengths.length / 2) return 0;
	return onAPage.sort((one, other) => one - other)[Math.floor(onAPage.length * 0.9)] ?? 0;
}

function isWrapped(line: string, next: string, width: number): boolean {
	if (width === 0 || line === '' || next === '' || line.length > widestPage || startsListItem(next)) return false;
	if (isCapitals(line) !== isCapitals(next)) return goesOn(line, next) && !isCapitals(line);
	if (isCapitals(line)) return line.length + 1 + firstWord(next).length > width * 0.5;
	if (goesOn(line, next)) return true;
	// after the end of a sentence only a full line is a wrapped one
	return line.length + 1 + firstWord(next).length > width * (/[.!?:;”"’)]$/u.test(line.slice(-1)) ? 0.93 : 0.85);
}

/** A short line without a stop, after the end of a sentence and before a line that begins anew. */
function isHeading(before: string, line: string, next: string | undefined, width: number): boolean {
	if (line.length > width * 0.4 || /[.!?;,”"’)]$/u.test(line) || !/[.!?:”"’)]$/u.test(before)) return false;
	return /^\P{Ll}/u.test(line) && next !== undefined && /^(?:\P{Ll}|$)/u.test(next);
}

/** "Director-⏎General", "in⏎conformity", "levels,⏎the experts" */
function goesOn(line: string, next: string): boolean {
	if (line.endsWith(',') || line.endsWith('\u00ad') || /\p{L}-$/u.test(line.slice(-3))) return true;
	return line.length >= narrowestPage / 2 && !/[.!?:;]$/u.test(line.slice(-1)) && /^\p{Ll}/u.test(next);
}

function startsListItem(line: string): boolean {
	return /^(?:[•▪●○◦‣·*–—-] ?\S|o |\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)] )/u.test(line);
}

function isCapitals(line: string): boolean {
	return !/\p{Ll}/u.test(line) && /\p{Lu}\P{Lu}*\p{Lu}/u.test(line);
}

function firstWord(line: string): string {
	return line.split(' ', 1)[0] ?? '';
}

function joined(line: string, next: string, words: ReadonlySet<string>): string {
	if (line.endsWith('\u00ad')) return line.slice(0, -1) + next;
	// looked for at the end only: the paragraph grows with each line
	const left = line.endsWith('-') ? /(\p{L}+)-$/u.exec(line.slice(-100))?.[1] : undefined;
	const right = /^(\p{Ll}+)/u.exec(next)?.[1];
	if (left === undefined) return `${line} ${next}`;
	if (right === undefined) return line + next;
	const written = `${left}${right}`.toLowerCase();
	return words.has(written) && !words.has(`${left}-${right}`.toLowerCase()) ? line.slice(0, -1) + next : line + next;
}

/** Every word that stands whole within a line, in small letters. */
function wholeWords(lines: readonly string[]): ReadonlySet<string> {
	return new Set(lines.flatMap((line) => line.toLowerCase().match(/\p{L}+(?:-\p{L}+)*(?!-$)/gu) ?? []));
}
