import { zipSync, strToU8 } from 'fflate';
import { writeXlsx } from 'hucre/xlsx';

export function aCsv(...lines: string[]): Uint8Array {
	return Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
}

/** A workbook of one sheet. */
export async function anXlsx(
	rows: (string | number | boolean | Date | null)[][],
	more: Partial<Parameters<typeof writeXlsx>[0]['sheets'][0]> & { dateSystem?: '1904' } = {}
): Promise<Uint8Array> {
	const { dateSystem, ...sheet } = more;
	return writeXlsx({ sheets: [{ name: 'Sheet', rows, ...sheet }], ...(dateSystem && { dateSystem }) });
}

/** A zip that is no workbook. */
export function anOtherZip(): Uint8Array {
	return zipSync({ 'a.txt': strToU8('a') });
}
