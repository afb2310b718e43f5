import { unguarded } from '#files/csv.ts';
import { missingFields, type Columns } from '#sheets/columns.ts';
import type { Field } from '#sheets/fields.ts';
import type { ErrorCode, Remark, SheetKind, SheetRead } from '#sheets/sheet.ts';

/** A row of a sheet with what its columns say, and where. */
export interface SheetRow {
	/** as a spreadsheet counts, from 1 */
	readonly row: number;
	readonly cells: ReadonlyMap<Field, string>;
}

/** The rows below the headings, without the empty ones, and what has to be said of them. */
export function rowsBelow(read: SheetRead, columns: Columns, kind: SheetKind): { rows: SheetRow[]; remarks: Remark[] } {
	const remarks: Remark[] = [];
	const isUsed = (column: number | undefined) => column === undefined || (columns.fields[column] ?? null) !== null;
	for (const remark of read.remarks) {
		// what stands in the headings, or in a column that is not brought in, changes nothing
		const isBelow = remark.row === undefined || remark.row > columns.headingRow + 1;
		if (remark.column === undefined || (isBelow && isUsed(remark.column))) remarks.push(remark);
	}
	for (const field of missingFields(columns, kind)) remarks.push({ code: 'column-missing', values: { field } });
	const above = read.rows.slice(0, columns.headingRow).filter((row) => row.some((cell) => cell.trim() !== '')).length;
	if (above > 0) remarks.push({ code: 'rows-above', values: { count: above } });
	const rows: SheetRow[] = [];
	let empty = 0;
	for (let at = columns.headingRow + 1; at < read.rows.length; at++) {
		const cells = read.rows[at]!;
		if (cells.every((cell) => cell.trim() === '')) {
			empty += 1;
			continue;
		}
		// as many headings as the widest row: what stands under none of them shows a wrong delimiter or a missing quotation mark
		const beyond = cells.findIndex((cell, column) => cell.trim() !== '' && columns.headings[column] === '');
		if (beyond !== -1 && columns.fields[beyond] === null) {
			remarks.push({ code: 'cells-beyond', row: at + 1, column: beyond, values: { text: cells[beyond]!.slice(0, 60) } });
		}
		rows.push({ row: at + 1, cells: cellsOf(cells, columns) });
	}
	if (empty > 0) remarks.push({ code: 'rows-empty', values: { count: empty } });
	return { rows, remarks };
}

function cellsOf(cells: readonly string[], columns: Columns): Map<Field, string> {
	const found = new Map<Field, string>();
	const goesOn = columns.continues.some((column) => column !== null);
	columns.fields.forEach((field, column) => {
		if (field === null) return;
		const further = goesOn ? cells.filter((_, at) => columns.continues[at] === column).join('') : '';
		const cell = (cells[column] ?? '') + further;
		found.set(field, columns.guarded[column] ? unguarded(cell) : cell);
	});
	return found;
}

/** Reads the cells of one row, and remembers each that cannot be kept with its place. */
export class RowReader {
	readonly #row: SheetRow;
	readonly #columns: Columns;
	readonly errors: Remark[] = [];

	constructor(row: SheetRow, columns: Columns) {
		this.#row = row;
		this.#columns = columns;
	}

	raw(field: Field): string {
		return this.#row.cells.get(field) ?? '';
	}

	/** The text as it stands in the cell. */
	text(field: Field, max: number, { isNeeded = false } = {}): string {
		const text = this.raw(field);
		if (text.includes('\0') || !text.isWellFormed()) this.wrong(field, 'cell-damaged');
		else if (text.length > max && [...text].length > max) this.wrong(field, 'cell-long', { max, length: [...text].length });
		else if (text.trim() === '') {
			if (isNeeded) this.wrong(field, 'cell-empty');
			return '';
		}
		return text;
	}

	/** What the cell means, where it says something. */
	meaning<Meant>(field: Field, code: ErrorCode, lookUp: (text: string) => Meant | null): Meant | null {
		const text = this.raw(field).trim();
		if (text === '') return null;
		const meant = text.includes('\0') ? null : lookUp(text);
		if (meant === null) this.wrong(field, code, { text: text.replaceAll('\0', '\ufffd').slice(0, 100) });
		return meant;
	}

	wrong(field: Field, code: ErrorCode, values: Readonly<Record<string, string | number>> = {}): void {
		const column = this.#columns.fields.indexOf(field);
		this.errors.push({ code, row: this.#row.row, ...(column >= 0 && { column }), values });
	}
}
