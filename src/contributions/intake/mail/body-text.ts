import iconv from 'iconv-lite';
import { decode } from '../decoding.ts';

/**
 * The text of one part. What its header says of its encoding is believed where the bytes agree; programs that write "iso-8859-1" or
 * nothing at all over whatever they send are many, and so are those that forget to say that they packed it.
 */
export function textOfBytes(bytes: Uint8Array, charset: string | undefined): string {
	const text = decoded(bytes, charset?.trim().toLowerCase() ?? '');
	const packed = unpacked(text);
	return (packed === null ? text : decoded(packed, '')).replaceAll('\0', '\ufffd').toWellFormed();
}

function decoded(bytes: Uint8Array, charset: string): string {
	if (bytes.length === 0) return '';
	if (/^utf-?7$/u.test(charset)) return iconv.decode(Buffer.from(bytes), 'utf-7');
	if (vague.has(charset) || !iconv.encodingExists(charset)) return decode(bytes).text;
	// what is valid UTF-8 beyond ASCII is UTF-8, whatever stands above it; the wide ones may look like it
	if (!/^(?:utf|ucs|iso-2022|hz)/u.test(charset) && isUtf8(bytes)) return new TextDecoder().decode(bytes);
	const text = iconv.decode(Buffer.from(bytes), charset);
	return text.includes('\ufffd') ? decode(bytes).text : text;
}

/** Declared by programs that do not know. */
const vague = new Set([
	'',
	'us-ascii',
	'ascii',
	'iso-8859-1',
	'latin1',
	'windows-1252',
	'cp1252',
	'utf-8',
	'utf8',
	'unknown-8bit',
	'x-unknown',
	'8bit'
]);

function isUtf8(bytes: Uint8Array): boolean {
	if (!bytes.some((byte) => byte > 0x7f)) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** Base64 or quoted-printable of which the header said nothing. */
function unpacked(text: string): Uint8Array | null {
	const lines = text.trim().split(/\r?\n/u);
	const width = lines[0]!.length;
	if (
		width >= 60 &&
		lines.length > 1 &&
		lines.slice(0, -1).every((line) => line.length === width && /^[A-Za-z0-9+/]+$/u.test(line)) &&
		/^[A-Za-z0-9+/]*={0,2}$/u.test(lines.at(-1)!)
	)
		return Buffer.from(lines.join(''), 'base64');
	const escapes = text.match(/=(?:[89A-F][0-9A-F])/gu)?.length ?? 0;
	if (escapes < 4 || !/=\r?\n/u.test(text) || /[^\n\r\t -~]/u.test(text)) return null;
	const joined = text
		.replaceAll(/=[ \t]*\r?\n/gu, '')
		.replaceAll(/=([0-9A-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(joined, 'latin1');
}

/** format=flowed (RFC 3676): a line that ends with a space goes on in the next, within the same depth of quotation. */
export function unflowed(text: string, delSp: boolean): string {
	const lines: { depth: number; text: string; flows: boolean }[] = [];
	for (const line of text.split(/\r?\n/u)) {
		const [, marks = '', rest = ''] = /^(>*) ?(.*)$/su.exec(line)!;
		const flows = rest.endsWith(' ') && rest !== '-- ';
		const last = lines.at(-1);
		const part = flows && delSp ? rest.slice(0, -1) : rest;
		if (last?.flows && last.depth === marks.length && rest !== '-- ') Object.assign(last, { text: last.text + part, flows });
		else lines.push({ depth: marks.length, text: part, flows });
	}
	return lines.map(({ depth, text: line }) => (depth > 0 ? `${'>'.repeat(depth)} ${line}` : line)).join('\n');
}
