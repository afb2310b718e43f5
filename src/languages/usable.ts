import { refusal } from '#refusals/refusal.ts';

/**
 * A text that people wrote, as it came: refused where it cannot be kept or shown (NUL, half of a character, too long, nothing but space),
 * otherwise returned without any change.
 * @param max code points
 * @param what the field, for the page that shows the refusal beside it
 */
export function usableText(
	input: unknown,
	{ max, what, mayBeEmpty = false }: { max: number; what: string; mayBeEmpty?: boolean }
): string {
	const unusable = (reason: UnusableReason) => refusal('unusable-text', { reason, what, max });
	if (typeof input !== 'string') throw unusable('damaged');
	if (input.includes('\0')) throw unusable('nul');
	if (!input.isWellFormed()) throw unusable('surrogate');
	// a code point takes one or two units: most texts need no counting
	if (input.length > max && (input.length > 2 * max || codePoints(input) > max)) throw unusable('long');
	if (!mayBeEmpty && isBlank(input)) throw unusable('empty');
	return input;
}

export type UnusableReason = 'empty' | 'long' | 'nul' | 'surrogate' | 'damaged';

/** How long a text is for people: an emoji beyond the first plane counts once. */
export function codePoints(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) count++;
	return count;
}

/** Nothing that can be seen: space, and the characters that only direct or join others. */
export function isBlank(text: string): boolean {
	return !/[^\s\p{Cf}\p{Cc}\u2800\u3164]/u.test(text);
}

/** Whether the text can make what follows it, or itself, read in another order than it was written ("gpj.exe" for "exe.jpg"). */
export function hasDirectionOverride(text: string): boolean {
	return /[\u202a-\u202e\u2066-\u2069]/.test(text);
}

/**
 * The text for a place among other words without markup (a title, a mail, a list): between marks that keep its direction to itself, its own
 * open controls closed and its surplus closing ones dropped. In markup, `<bdi>` or `dir` does the same.
 */
export function isolated(text: string): string {
	const open: string[] = [];
	let balanced = '';
	for (const character of text) {
		if (opensEmbedding.has(character)) open.push(endOfEmbedding);
		else if (opensIsolate.has(character)) open.push(endOfIsolate);
		else if (character === endOfEmbedding) {
			if (open.at(-1) !== endOfEmbedding) continue;
			open.pop();
		} else if (character === endOfIsolate) {
			// ends its isolate and every embedding opened within
			const start = open.lastIndexOf(endOfIsolate);
			if (start === -1) continue;
			open.length = start;
		}
		balanced += character;
	}
	return `\u2068${balanced}${open.reverse().join('')}${endOfIsolate}`;
}

const opensEmbedding = new Set(['\u202a', '\u202b', '\u202d', '\u202e']);
const opensIsolate = new Set(['\u2066', '\u2067', '\u2068']);
const endOfEmbedding = '\u202c';
const endOfIsolate = '\u2069';
