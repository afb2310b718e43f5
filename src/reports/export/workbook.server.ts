import { guarded } from '#files/csv.ts';
import { longestCell, writeWorkbook } from '#files/workbook.server.ts';
import type { Cell, Row } from '#reports/export/rows.server.ts';
import { tables, type Column, type TableName } from '#reports/export/tables.ts';

export const mediaTypeOfWorkbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The cells of the CSV file once more, guarded too: the workbook may be saved as CSV. A text beyond what a cell holds goes on in further
 * columns at the end, "text 2", "text 3" …
 * @param pages of the table; asked for twice where a text may be so long
 */
export async function* workbook(table: TableName, pages: () => AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array> {
	const columns: readonly Column[] = tables[table];
	const most =
		table === 'submissions' || table === 'stances' ? await cellsOfLongest(columns, pages()) : new Map<string, number>();
	const further = columns.flatMap(({ name }, column) =>
		Array.from({ length: (most.get(name) ?? 1) - 1 }, (_, index) => ({ column, name: `${name} ${index + 2}`, part: index + 1 }))
	);
	async function* rows() {
		for await (const page of pages()) {
			for (const row of page) {
				const cells = columns.map(({ name, type }) => inCells(row[name] ?? null, type));
				yield [...cells.map(([first]) => first ?? null), ...further.map(({ column, part }) => cells[column]![part] ?? null)];
			}
		}
	}
	const headings = [...columns.map(({ name }) => name), ...further.map(({ name }) => name)];
	for await (const piece of writeWorkbook(table, headings, rows())) yield piece;
}

/** A value as the cells that it takes: a long text goes on in the next, cut between two characters. */
function inCells(value: Cell, type: Column['type']): Cell[] {
	if (typeof value !== 'string') return [value];
	const text = type === 'text' ? guarded(value) : value;
	if (text.length <= longestCell) return [text];
	const cells: string[] = [];
	for (let from = 0; from < text.length;) {
		const isSplit = /[\ud800-\udbff]/.test(text[from + longestCell - 1] ?? '');
		cells.push(text.slice(from, (from += isSplit ? longestCell - 1 : longestCell)));
	}
	return cells;
}

/** In how many cells the longest text of each column stands. */
async function cellsOfLongest(columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): Promise<Map<string, number>> {
	const most = new Map<string, number>();
	for await (const page of pages) {
		for (const row of page) {
			for (const { name, type } of columns)
				most.set(name, Math.max(most.get(name) ?? 1, inCells(row[name] ?? null, type).length));
		}
	}
	return most;
}
