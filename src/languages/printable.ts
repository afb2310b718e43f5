/**
 * A text from elsewhere for a terminal or a log: what these would obey, or show in another order than it was written, stands as its number
 * (`\u{1b}`), line ends and tabs, too.
 * @param kept characters that stay as they are
 */
export function printable(text: string, kept = ''): string {
	return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) =>
		kept.includes(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`
	);
}
