/**
 * CSV as RFC 4180 says it, with a guard: a cell that a spreadsheet could take for a formula is written with one quote before it, and so is
 * one that begins with a quote, so that a reader who takes exactly one leading quote away has the text again, whatever it was.
 */
export function guarded(text: string): string {
	return /^['\t\r=+\-@]/.test(text) ? `'${text}` : text;
}

export function unguarded(text: string): string {
	return text.startsWith("'") ? text.slice(1) : text;
}

/** One line with its end. Texts of people are guarded; numbers, dates and keys of ours cannot be formulas and stand as they are. */
export function csvLine(
	cells: readonly { readonly value: string | number | boolean | null; readonly isText: boolean }[]
): string {
	return `${cells.map(({ value, isText }) => quoted(isText && typeof value === 'string' ? guarded(value) : String(value ?? ''))).join(',')}\r\n`;
}

function quoted(cell: string): string {
	return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
