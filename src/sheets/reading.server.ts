import { decode } from '#contributions/intake/decoding.ts';
import { documentLimits, isZip, zipNames } from '#contributions/intake/zips.ts';
import { formatOfWorkbook, readWorkbook, type WorkbookSheet } from '#files/workbook.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import { csvRows, delimiterOf } from '#sheets/csv.ts';
import { sheetLimits, type Remark, type SheetRead } from '#sheets/sheet.ts';

/** A CSV, XLSX or ODS file, whatever its name says. Refuses what is none, and what is too large to be looked through. */
export async function readSheet(bytes: Uint8Array): Promise<SheetRead> {
	if (bytes.length === 0) throw refusal('file-empty');
	if (bytes.length > sheetLimits.megabytes * 1024 * 1024) throw refusal('file-too-large', { megabytes: sheetLimits.megabytes });
	const read = isZip(bytes) ? await readZip(bytes) : readText(bytes);
	if (read.rows.every((row) => row.every((cell) => cell.trim() === ''))) throw refusal('sheet-empty');
	const rows = read.rows.length;
	const columns = read.rows.reduce((most, row) => Math.max(most, row.length), 0);
	if (rows > sheetLimits.rows || columns > sheetLimits.columns) {
		throw refusal('sheet-too-large', { rows: sheetLimits.rows, columns: sheetLimits.columns });
	}
	return read;
}

function readText(bytes: Uint8Array): SheetRead {
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
		throw refusal(Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'file-locked' : 'sheet-of-old-excel');
	}
	const { text, encoding, guessed, lost } = decode(bytes);
	if (isOtherKind(text)) throw refusal('sheet-needed');
	const delimiter = delimiterOf(text);
	const { rows, openedAt } = csvRows(text, delimiter);
	if (/^sep=[,;|\t]\r?(?:\n|$)/i.test(text)) rows[0] = [];
	const remarks: Remark[] = [];
	if (lost > 0) remarks.push({ code: 'encoding-lost', values: { count: lost, encoding } });
	else if (guessed) remarks.push({ code: 'encoding-guessed', values: { encoding } });
	if (openedAt !== null) remarks.push({ code: 'quote-open', row: openedAt });
	return { rows, format: 'csv', encoding, delimiter, name: null, remarks };
}

/** A PDF, a picture, a program: full of control characters that no table has. A few of them are told of cell by cell. */
function isOtherKind(text: string): boolean {
	const start = text.slice(0, 4096);
	if (/^%PDF-|^\{\\rtf|^\u0089PNG|^GIF8|^\u007fELF/.test(start)) return true;
	// eslint-disable-next-line no-control-regex -- it is these that are counted
	const odd = start.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
	return odd > 8 && odd * 20 > start.length;
}

async function readZip(bytes: Uint8Array): Promise<SheetRead> {
	// what the library unpacks by itself has no limit
	const names = zipNames(bytes, documentLimits);
	if (names.some((name) => /(?:^|\/)vbaProject\.bin$/iu.test(name) || name.startsWith('Basic/')))
		throw refusal('file-with-macros');
	const format = formatOfWorkbook(bytes);
	if (format === null) throw refusal('sheet-needed');
	const sheet = await opened(bytes, format);
	if (!sheet) throw refusal('sheet-empty');
	const { rows } = sheet;
	const remarks: Remark[] = [];
	if (sheet.others.length > 0) {
		const sheets = sheet.others.slice(0, 5).join(', ');
		remarks.push({ code: 'sheets-unread', values: { read: sheet.name, count: sheet.others.length, sheets } });
	}
	for (const { row, column, isEmpty } of sheet.formulas) {
		remarks.push({ code: isEmpty ? 'formula-empty' : 'formula-value', row: row + 1, column });
	}
	for (const { row, column } of sheet.broken) remarks.push({ code: 'cell-broken', row: row + 1, column });
	for (const merge of sheet.merges) fill(rows, merge, remarks);
	return { rows, format, encoding: null, delimiter: null, name: sheet.name, remarks };
}

async function opened(bytes: Uint8Array, format: 'xlsx' | 'ods'): Promise<WorkbookSheet | null> {
	try {
		return await readWorkbook(bytes, format);
	} catch (error) {
		if (isRefusal(error)) throw error;
		const name = error instanceof Error ? error.name : '';
		throw Object.assign(refusal(name === 'EncryptedFileError' ? 'file-locked' : 'file-broken'), { cause: error });
	}
}

/** What one cell says for several is said by each of them. */
function fill(rows: string[][], { row, column, toRow, toColumn }: WorkbookSheet['merges'][number], remarks: Remark[]): void {
	const value = rows[row]?.[column] ?? '';
	if (value === '') return;
	remarks.push({ code: 'merged-filled', row: row + 1, column, values: { count: toRow - row + 1 } });
	for (let at = row; at <= Math.min(toRow, rows.length - 1); at++) {
		const cells = (rows[at] ??= []);
		for (let cell = column; cell <= Math.min(toColumn, sheetLimits.columns); cell++) {
			while (cells.length <= cell) cells.push('');
			cells[cell] = value;
		}
	}
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
	return mark.every((byte, at) => bytes[at] === byte);
}
