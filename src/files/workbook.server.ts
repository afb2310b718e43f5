import { unzipSync, type UnzipFileInfo } from 'fflate';
import type { Cell, CellValue, MergeRange } from 'hucre';
import { readOds } from 'hucre/ods';
import { readXlsx, writeXlsxStream } from 'hucre/xlsx';

/** The one place that knows which library reads and writes workbooks. */

/** A cell that holds more ends in a damaged file when a spreadsheet opens it. */
export const longestCell = 32_767;

export interface WorkbookSheet {
	readonly name: string;
	/** every cell as text, each row as long as its last cell; a row's number for people is its place here and one */
	readonly rows: string[][];
	/** cells counted from 0, ends included */
	readonly merges: readonly {
		readonly row: number;
		readonly column: number;
		readonly toRow: number;
		readonly toColumn: number;
	}[];
	/** the value that was kept with the formula stands in its cell; `isEmpty`: none was kept */
	readonly formulas: readonly { readonly row: number; readonly column: number; readonly isEmpty: boolean }[];
	/** "#REF!" and its like */
	readonly broken: readonly { readonly row: number; readonly column: number }[];
	/** sheets of the workbook that were not read, by name */
	readonly others: readonly string[];
}

/**
 * The first sheet that can be seen and holds something. Formulas are never computed. Throws what the library throws for a file that is
 * none.
 */
export async function readWorkbook(bytes: Uint8Array, format: 'xlsx' | 'ods'): Promise<WorkbookSheet | null> {
	const { sheets } = await (format === 'xlsx' ? readXlsx : readOds)(bytes);
	const visible = sheets.filter((sheet) => !sheet.hidden && !sheet.veryHidden);
	const sheet = visible.find(({ rows }) => rows.some((row) => row.some((cell) => asText(cell) !== '')));
	if (!sheet) return null;
	const rows = sheet.rows.map((row) => untilLast(Array.from(row, asText)));
	const cells = [...(sheet.cells ?? new Map<string, Cell>())].map(([place, cell]) => {
		const [row = 0, column = 0] = place.split(',').map(Number);
		return { row, column, cell };
	});
	return {
		name: sheet.name,
		rows,
		merges: (sheet.merges ?? []).map(placed),
		formulas: cells
			.filter(({ cell }) => cell.formula !== undefined)
			.map(({ row, column, cell }) => ({ row, column, isEmpty: (cell.formulaResult ?? cell.value) === null })),
		broken: cells.filter(({ cell }) => cell.type === 'error').map(({ row, column }) => ({ row, column })),
		others: sheets.filter((other) => other !== sheet).map(({ name }) => name)
	};
}

/** Written while it is read: nothing is held but a few rows. Texts are texts, whatever they begin with. */
export function writeWorkbook(
	name: string,
	headings: readonly string[],
	rows: AsyncIterable<readonly (string | number | boolean | null)[]>
): ReadableStream<Uint8Array> {
	async function* all() {
		yield headings.map(escaped);
		for await (const row of rows) yield row.map((cell) => (typeof cell === 'string' ? escaped(cell) : cell));
	}
	return writeXlsxStream(all(), { name });
}

/** Whether the zip says of itself that it is a workbook, and of which format. */
export function formatOfWorkbook(bytes: Uint8Array): 'xlsx' | 'ods' | null {
	const names: string[] = [];
	unzipSync(bytes, { filter: (entry: UnzipFileInfo) => names.push(entry.name) < 0 });
	if (names.includes('xl/workbook.xml')) return 'xlsx';
	return names.includes('content.xml') && names.includes('META-INF/manifest.xml') ? 'ods' : null;
}

/** The format writes odd characters as "_x0001_": a text that looks so by itself gets its own mark escaped. */
function escaped(text: string): string {
	return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

function asText(value: CellValue | undefined): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return dateText(value);
	return String(value);
}

/** The day, and the time where there is one. */
function dateText(date: Date): string {
	if (Number.isNaN(date.getTime())) return '';
	const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
	return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}

function untilLast(row: string[]): string[] {
	let end = row.length;
	while (end > 0 && row[end - 1] === '') end--;
	return end === row.length ? row : row.slice(0, end);
}

function placed({ startRow, startCol, endRow, endCol }: MergeRange) {
	return { row: startRow, column: startCol, toRow: endRow, toColumn: endCol };
}
