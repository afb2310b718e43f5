/**
 * CSV as programs write it: RFC 4180, any line end, and the habits beside it. A quotation mark within an unquoted cell is a letter; what stands
 * between a closing one and the next delimiter belongs to the cell. No character of a cell is lost.
 */
export function csvRows(text: string, delimiter: string): { rows: string[][]; openedAt: number | null } {
	const rows: string[][] = [];
	const ends = new RegExp(`[${delimiter === '\t' ? '\\t' : `\\${delimiter}`}\r\n]`, 'g');
	let row: string[] = [];
	let at = 0;
	let openedAt: number | null = null;
	const endOfRow = () => {
		rows.push(row.length === 1 && row[0] === '' ? [] : row);
		row = [];
	};
	while (at < text.length) {
		let cell = '';
		if (text[at] === '"') {
			const quoted = quotedAt(text, at);
			if (!quoted.isClosed) openedAt ??= rows.length + 1;
			cell = quoted.cell;
			at = quoted.end;
		}
		ends.lastIndex = at;
		const end = ends.exec(text)?.index ?? text.length;
		if (end > at) cell += text.slice(at, end);
		row.push(cell);
		at = end + 1;
		if (end === text.length) break;
		if (text[end] === delimiter) {
			// the last cell of the file is empty
			if (at === text.length) row.push('');
			continue;
		}
		if (text[end] === '\r' && text[at] === '\n') at += 1;
		endOfRow();
	}
	if (row.length > 0) endOfRow();
	return { rows, openedAt };
}

function quotedAt(text: string, start: number): { cell: string; end: number; isClosed: boolean } {
	let cell = '';
	let from = start + 1;
	for (;;) {
		const mark = text.indexOf('"', from);
		if (mark === -1) return { cell: cell + text.slice(from), end: text.length, isClosed: false };
		cell += text.slice(from, mark);
		if (text[mark + 1] !== '"') return { cell, end: mark + 1, isClosed: true };
		cell += '"';
		from = mark + 2;
	}
}

const delimiters = [',', ';', '\t', '|'] as const;

/** The sign that cuts the first rows into the most even columns; what a first line "sep=;" says goes before. */
export function delimiterOf(text: string): string {
	const said = /^sep=([,;|\t])\r?(?:\n|$)/i.exec(text)?.[1];
	if (said) return said;
	const start = text.slice(0, 65_536);
	const [best] = delimiters
		.map((delimiter) => ({ delimiter, score: evenness(csvRows(start, delimiter).rows.slice(0, 60)) }))
		.sort((one, other) => other.score - one.score);
	return best && best.score > 0 ? best.delimiter : ',';
}

function evenness(rows: readonly string[][]): number {
	const widths = rows.map((row) => row.length).filter((width) => width > 0);
	const counted = new Map<number, number>();
	for (const width of widths) if (width > 1) counted.set(width, (counted.get(width) ?? 0) + 1);
	const [width = 0, howOften = 0] = [...counted].sort(([, one], [, other]) => other - one)[0] ?? [];
	// even columns say more than many: prose holds commas, but hardly the same number in each row
	return howOften === 0 ? 0 : (howOften / widths.length) * 1000 + Math.min(width, 50);
}
