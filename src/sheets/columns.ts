import { plain } from '#languages/plain.ts';
import { tables, type Column } from '#reports/export/tables.ts';
import { fieldsOf, otherNames, requiredFields, type Field } from '#sheets/fields.ts';
import { columnName, type SheetKind } from '#sheets/sheet.ts';

/** Which row holds the headings, and what each column says; null: it is not brought in. */
export interface Columns {
	/** from 0 */
	readonly headingRow: number;
	readonly headings: readonly string[];
	readonly fields: readonly (Field | null)[];
	/** columns of our own export hold texts that are guarded against being taken for formulas */
	readonly guarded: readonly boolean[];
	/** of our own workbook: the column whose text goes on in this one */
	readonly continues: readonly (number | null)[];
}

/** The message `sheets.field-<field>` in each language. */
export type NamesOfFields = Readonly<Partial<Record<Field, readonly string[]>>>;

/** Among the first rows the one whose headings are known best, and what they mean. */
export function proposedColumns(rows: readonly (readonly string[])[], kind: SheetKind, names: NamesOfFields): Columns {
	const known = knownHeadings(kind, names);
	let best: { row: number; score: number } | undefined;
	for (const [row, cells] of rows.slice(0, 20).entries()) {
		const found = new Set(cells.map((cell) => known.get(plain(cell))).filter((field) => field !== undefined));
		const needed = requiredFields[kind].filter((field) => found.has(field)).length;
		const score = found.size + needed * 2;
		if (found.size > 0 && score > (best?.score ?? 0)) best = { row, score };
	}
	return columnsAt(rows, kind, best?.row ?? rows.findIndex((row) => row.some((cell) => cell.trim() !== '')), names);
}

/** What the headings of a given row mean. */
export function columnsAt(
	rows: readonly (readonly string[])[],
	kind: SheetKind,
	headingRow: number,
	names: NamesOfFields
): Columns {
	const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
	const headings = Array.from({ length: width }, (_, column) => headingOf(rows, headingRow, column));
	const own = ownTable(kind, headings);
	if (own) return { headingRow, headings, ...own };
	const known = knownHeadings(kind, names);
	const taken = new Set<Field>();
	const fields = headings.map((heading) => {
		const field = known.get(plain(heading)) ?? null;
		// of two columns with one meaning the first is taken; a person may choose the other
		if (field === null || taken.has(field)) return null;
		taken.add(field);
		return field;
	});
	return { headingRow, headings, fields, guarded: headings.map(() => false), continues: headings.map(() => null) };
}

/** The same columns with what a person, or their memory, says of them, by `headingKeys`. */
export function withFields(columns: Columns, kind: SheetKind, said: Readonly<Record<string, string>>): Columns {
	const keys = headingKeys(columns.headings);
	const fields = columns.fields.map((proposed, column) => {
		const field = said[keys[column]!];
		if (field === undefined) return proposed;
		return (fieldsOf[kind] as readonly Field[]).find((known) => known === field) ?? null;
	});
	return { ...columns, fields: fields.map((field, at) => (field !== null && fields.indexOf(field) < at ? null : field)) };
}

/** What names a column in the memory of a mapping: its heading, with a number where another has the same. */
export function headingKeys(headings: readonly string[]): string[] {
	const seen = new Map<string, number>();
	return headings.map((heading, column) => {
		const key = plain(heading) || `column ${columnName(column)}`;
		const times = (seen.get(key) ?? 0) + 1;
		seen.set(key, times);
		return times === 1 ? key : `${key} ${times}`;
	});
}

/** The fields that a sheet of this kind needs and no column says. */
export function missingFields(columns: Columns, kind: SheetKind): Field[] {
	return requiredFields[kind].filter((field) => !columns.fields.includes(field));
}

/** A heading that stands above several rows of headings is that of the row above, where its own is empty. */
function headingOf(rows: readonly (readonly string[])[], headingRow: number, column: number): string {
	for (let row = headingRow; row >= 0; row--) {
		const heading = rows[row]?.[column]?.trim() ?? '';
		if (heading !== '') return heading;
	}
	return '';
}

/** Our own export: what its columns say needs no guessing, and what names a row is its address. */
function ownTable(kind: SheetKind, headings: readonly string[]): Pick<Columns, 'fields' | 'guarded' | 'continues'> | null {
	if (kind !== 'ideas' && kind !== 'submissions') return null;
	const columns = new Map((tables[kind] as readonly Column[]).map((column) => [column.name, column]));
	const names = headings.map((heading) => (columns.has(heading) ? heading : heading.replace(/ \d+$/, '')));
	if (!headings.includes('address') || !names.every((name) => name === '' || columns.has(name))) return null;
	const continues = headings.map((heading, column) => (names[column] === heading ? null : headings.indexOf(names[column]!)));
	const fields = headings.map((heading) => {
		if (heading === 'address') return 'id';
		return (fieldsOf[kind] as readonly Field[]).find((field) => field !== 'id' && field === heading) ?? null;
	});
	return { fields, guarded: headings.map((heading) => columns.get(heading)?.type === 'text'), continues };
}

function knownHeadings(kind: SheetKind, names: NamesOfFields): Map<string, Field> {
	const known = new Map<string, Field>();
	const fields: readonly Field[] = fieldsOf[kind];
	// our own names first: another name of one field may be the name of another
	for (const field of fields)
		for (const name of [field, ...(names[field] ?? [])]) if (!known.has(plain(name))) known.set(plain(name), field);
	for (const field of fields) {
		for (const name of otherNames[field]?.split('|') ?? []) if (!known.has(plain(name))) known.set(plain(name), field);
	}
	return known;
}
