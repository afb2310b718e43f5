/** As the six languages close a quotation; French with a hard space before. */
const closingMark = /^(?:[\u00a0\u202f]?»|[”’"“」』])/u;

/** Where the number of a note stands that belongs to words which end there: after the quotation mark that closes them. */
export function afterClosing(letters: readonly string[], ends: number): number {
	return ends + (closingMark.exec(letters.slice(ends, ends + 2).join(''))?.[0].length ?? 0);
}
