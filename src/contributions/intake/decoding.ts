import { analyse } from 'chardet';
import iconv from 'iconv-lite';

/**
 * Bytes to text, with the encoding named. Files of a consultation come from everywhere: most are UTF-8 or Windows-1252, some hold both
 * (a form saved in one and a quotation pasted in the other), a few are Cyrillic, Arabic or Chinese code pages.
 *
 * The method: a byte order mark decides; then valid UTF-8; then UTF-16 by the position of its zero bytes. Of what is left, the bytes above
 * 127 that are no UTF-8 tell: in Western text they stand alone between ASCII letters (Windows-1252, mixed with UTF-8 where some sequences
 * are valid); in other scripts they stand in runs, and chardet's statistics choose among the code pages.
 *
 * What always holds: no byte disappears. `lost` counts the places where a sign of replacement stands for bytes that no encoding explained,
 * and bytes that Windows-1252 leaves undefined become the control characters of the same number.
 */
export interface Decoded {
	readonly text: string;
	/** in the spelling of the WHATWG's list, or `utf-8+windows-1252` */
	readonly encoding: string;
	/** whether the encoding was guessed from statistics rather than known */
	readonly guessed: boolean;
	/** number of U+FFFD that stand for bytes that could not be read */
	readonly lost: number;
}

export function decode(bytes: Uint8Array): Decoded {
	return byMark(bytes) ?? asUtf8(bytes) ?? asUtf16WithoutMark(bytes) ?? asCodePage(bytes);
}

const marks: readonly { mark: readonly number[]; encoding: string }[] = [
	{ mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
	{ mark: [0xff, 0xfe, 0x00, 0x00], encoding: 'utf-32le' },
	{ mark: [0x00, 0x00, 0xfe, 0xff], encoding: 'utf-32be' },
	{ mark: [0xff, 0xfe], encoding: 'utf-16le' },
	{ mark: [0xfe, 0xff], encoding: 'utf-16be' }
];

function byMark(bytes: Uint8Array): Decoded | undefined {
	for (const { mark, encoding } of marks) {
		if (!mark.every((byte, at) => bytes[at] === byte)) continue;
		const rest = bytes.subarray(mark.length);
		// a mark of UTF-8 before Windows-1252 is common where files were glued together
		if (encoding === 'utf-8') return asUtf8(rest) ?? asCodePage(rest);
		return asWideCharacters(rest, encoding, false);
	}
	return undefined;
}

function asUtf8(bytes: Uint8Array): Decoded | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		// UTF-16 of ASCII letters is valid UTF-8 too, full of NUL
		return looksLikeUtf16(bytes) ? undefined : { text, encoding: 'utf-8', guessed: false, lost: 0 };
	} catch {
		return undefined;
	}
}

/** 'le' or 'be' where one half of the byte pairs is mostly zero: Latin letters, digits, spaces and line ends of UTF-16. */
function looksLikeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
	if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
	const pairs = bytes.length / 2;
	let high = 0;
	let low = 0;
	for (let at = 0; at < bytes.length; at += 2) {
		if (bytes[at] === 0) high += 1;
		if (bytes[at + 1] === 0) low += 1;
	}
	// in running text of any script at least one character in ten is a space, digit, line end or ASCII sign
	if (low >= pairs / 10 && high === 0) return 'utf-16le';
	if (high >= pairs / 10 && low === 0) return 'utf-16be';
	return undefined;
}

function asUtf16WithoutMark(bytes: Uint8Array): Decoded | undefined {
	const encoding = looksLikeUtf16(bytes);
	return encoding && asWideCharacters(bytes, encoding, true);
}

function asWideCharacters(bytes: Uint8Array, encoding: string, guessed: boolean): Decoded {
	const width = encoding.startsWith('utf-32') ? 4 : 2;
	const whole = bytes.subarray(0, bytes.length - (bytes.length % width));
	const text = iconv.decode(whole, encoding, { stripBOM: false });
	const written = iconv.encode(text, encoding, { addBOM: false });
	let changed = 0;
	for (let at = 0; at < whole.length; at += width) if (!sameBytes(whole, written, at, width)) changed += 1;
	const cut = whole.length < bytes.length;
	return { text: cut ? text + '\ufffd' : text, encoding, guessed, lost: changed + (cut ? 1 : 0) };
}

function sameBytes(one: Uint8Array, other: Uint8Array, from: number, length: number): boolean {
	for (let at = from; at < from + length; at++) if (one[at] !== other[at]) return false;
	return true;
}

function asCodePage(bytes: Uint8Array): Decoded {
	const found = survey(bytes);
	if (found.inRuns * 10 < found.foreign * 3) {
		if (found.sequences === 0) return { text: windows1252(bytes), encoding: 'windows-1252', guessed: true, lost: 0 };
		return { text: mixed(bytes), encoding: 'utf-8+windows-1252', guessed: true, lost: 0 };
	}
	for (const { name } of analyse(bytes)) {
		const encoding = codePages[name];
		if (encoding === undefined) continue;
		const text = iconv.decode(bytes, encoding);
		// only what gives the very same bytes back has read all of them
		if (iconv.encode(text, encoding).equals(bytes)) return { text, encoding, guessed: true, lost: 0 };
	}
	return { text: windows1252(bytes), encoding: 'windows-1252', guessed: true, lost: 0 };
}

/** chardet's names of what may be chosen by statistics alone, and ours. */
const codePages: Readonly<Record<string, string>> = {
	'windows-1250': 'windows-1250',
	'windows-1251': 'windows-1251',
	'windows-1253': 'windows-1253',
	'windows-1254': 'windows-1254',
	'windows-1255': 'windows-1255',
	'windows-1256': 'windows-1256',
	'ISO-8859-5': 'iso-8859-5',
	'ISO-8859-6': 'iso-8859-6',
	'ISO-8859-7': 'iso-8859-7',
	'ISO-8859-8': 'iso-8859-8',
	'KOI8-R': 'koi8-r',
	GB18030: 'gb18030',
	Big5: 'big5',
	Shift_JIS: 'shift_jis',
	'EUC-JP': 'euc-jp',
	'EUC-KR': 'euc-kr'
};

/** Counts the valid sequences of UTF-8, the other bytes above 127, and how many of these stand three or more in a row. */
function survey(bytes: Uint8Array) {
	let sequences = 0;
	let foreign = 0;
	let inRuns = 0;
	let run = 0;
	const endRun = () => {
		if (run >= 3) inRuns += run;
		run = 0;
	};
	for (let at = 0; at < bytes.length;) {
		const length = sequenceAt(bytes, at);
		if (length > 1) sequences += 1;
		if (length > 0) {
			endRun();
			at += length;
		} else {
			foreign += 1;
			run += 1;
			at += 1;
		}
	}
	endRun();
	return { sequences, foreign, inRuns };
}

function mixed(bytes: Uint8Array): string {
	const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	let text = '';
	for (let at = 0; at < bytes.length;) {
		const start = at;
		for (let length = sequenceAt(bytes, at); length > 0; length = sequenceAt(bytes, at)) at += length;
		text += utf8.decode(bytes.subarray(start, at));
		if (at < bytes.length) text += windows1252(bytes.subarray(at, (at += 1)));
	}
	return text;
}

/** Length of the UTF-8 character that begins here: 1 for ASCII, 0 where none does or where it reads more likely as Windows-1252. */
function sequenceAt(bytes: Uint8Array, at: number): number {
	const first = bytes[at];
	if (first === undefined) return 0;
	if (first < 0x80) return 1;
	const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
	if (length === 0 || at + length > bytes.length) return 0;
	for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
	const second = bytes[at + 1] ?? 0;
	// overlong forms, surrogates, beyond U+10FFFF
	if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) || (first === 0xf0 && second < 0x90)) return 0;
	if (first === 0xf4 && second > 0x8f) return 0;
	if (length === 2 && first > 0xc5 && closesAWord(second) && !neighbours(bytes, at, length)) return 0;
	return length;
}

/** A quotation mark, dash, ellipsis or hard space of Windows-1252, as after the last letter of "CAFÉ”". */
function closesAWord(byte: number): boolean {
	return byte === 0x85 || (byte >= 0x91 && byte <= 0x97) || byte === 0xa0 || byte === 0xab || byte === 0xbb;
}

/** Whether another byte above 127 touches the sequence, as within a Cyrillic or Arabic word. */
function neighbours(bytes: Uint8Array, at: number, length: number): boolean {
	return (bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + length] ?? 0) >= 0x80;
}

function windows1252(bytes: Uint8Array): string {
	return new TextDecoder('windows-1252').decode(bytes);
}
