/** What a spreadsheet may bring in. People come in as who is invited: nobody is entered who has not been asked. */
export const sheetKinds = ['ideas', 'submissions', 'invitations', 'organisations'] as const;
export type SheetKind = (typeof sheetKinds)[number];

export function isSheetKind(text: unknown): text is SheetKind {
	return (sheetKinds as readonly unknown[]).includes(text);
}

/** Beyond these a sheet is refused before anything of it is kept. */
export const sheetLimits = { megabytes: 20, rows: 100_000, columns: 200, invitations: 5000 } as const;

/** A sheet as it was read: rows and cells in their places, so that a row's number is the one that a spreadsheet shows. */
export interface SheetRead {
	readonly rows: readonly (readonly string[])[];
	readonly format: 'csv' | 'xlsx' | 'ods';
	/** of a CSV file */
	readonly encoding: string | null;
	readonly delimiter: string | null;
	/** of a workbook */
	readonly name: string | null;
	readonly remarks: readonly Remark[];
}

/** Something to tell about a sheet, or about one cell of it; its sentence is the message `sheets.<code>`. */
export interface Remark {
	readonly code: RemarkCode;
	/** as a spreadsheet counts, from 1 */
	readonly row?: number;
	/** from 0 */
	readonly column?: number;
	readonly values?: Readonly<Record<string, string | number>>;
}

/** Keeps a sheet from being brought in. */
export const errorCodes = [
	'column-missing',
	'encoding-lost',
	'quote-open',
	'cells-beyond',
	'formula-empty',
	'cell-broken',
	'cell-empty',
	'cell-long',
	'cell-damaged',
	'group-unknown',
	'place-unknown',
	'question-unknown',
	'language-unknown',
	'email-wrong',
	'word-unknown',
	'id-twice'
] as const;
/** Said, and no hindrance. */
export const noteCodes = [
	'encoding-guessed',
	'formula-value',
	'merged-filled',
	'sheets-unread',
	'rows-above',
	'rows-empty',
	'row-twice'
] as const;
export type ErrorCode = (typeof errorCodes)[number];
export type NoteCode = (typeof noteCodes)[number];
export type RemarkCode = ErrorCode | NoteCode;

export function isError({ code }: Remark): boolean {
	return (errorCodes as readonly string[]).includes(code);
}

/** "A", "B" … "AA", as spreadsheets name their columns. */
export function columnName(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}
