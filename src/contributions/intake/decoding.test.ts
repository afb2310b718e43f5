import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decode } from './decoding.ts';

const bytes = (...parts: (string | number[])[]) =>
	Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf-8') : Buffer.from(part))));

function reads(input: Uint8Array) {
	const { text, encoding } = decode(input);
	return [text, encoding];
}

test('plain ASCII and UTF-8 are read as UTF-8, with and without a mark', () => {
	assert.deepEqual(decode(bytes('Bali')), { text: 'Bali', encoding: 'utf-8', guessed: false, lost: 0 });
	assert.deepEqual(reads(bytes('Côte d’Ivoire')), ['Côte d’Ivoire', 'utf-8']);
	assert.deepEqual(reads(bytes([0xef, 0xbb, 0xbf], '各国政府')), ['各国政府', 'utf-8']);
	assert.deepEqual(reads(bytes('')), ['', 'utf-8']);
});

test('UTF-16 is read by its mark, and without one by its zero bytes', () => {
	for (const encoding of ['utf-16le', 'utf-16be']) {
		assert.deepEqual(reads(iconv.encode('Le rôle des États', encoding, { addBOM: true })), ['Le rôle des États', encoding]);
		assert.deepEqual(reads(iconv.encode('Le rôle des États', encoding, { addBOM: false })), ['Le rôle des États', encoding]);
		assert.deepEqual(reads(iconv.encode('Роль правительств в этом', encoding, { addBOM: false })), [
			'Роль правительств в этом',
			encoding
		]);
	}
});

test('the signs of Windows-1252 are read, and the bytes it leaves undefined are kept', () => {
	assert.deepEqual(reads(bytes('Experts', [0x92], ' caf', [0xe9], ' ', [0x80])), ['Experts’ café €', 'windows-1252']);
	assert.deepEqual(reads(bytes('a', [0x81], 'b')), ['a\u0081b', 'windows-1252']);
});

test('a file that mixes UTF-8 and Windows-1252 is read byte by byte', () => {
	const [text, encoding] = reads(bytes('São Paulo, Sénégal — ', [0x93], 'caf', [0xe9, 0x94], ' — Роль'));
	assert.equal(text, 'São Paulo, Sénégal — “café” — Роль');
	assert.equal(encoding, 'utf-8+windows-1252');
});

test('a capital letter with accent before a closing quotation mark is not taken for UTF-8', () => {
	assert.deepEqual(reads(bytes([0x93], 'CAF', [0xc9, 0x94], ' et th', [0xe9])), ['“CAFÉ” et thé', 'windows-1252']);
});

test('Cyrillic, Arabic and Chinese code pages are told apart as the last resort', () => {
	const russian = 'Правительства должны участвовать в управлении Интернетом наравне с другими заинтересованными сторонами.';
	const arabic = 'يجب أن تشارك الحكومات في حوكمة الإنترنت على قدم المساواة مع أصحاب المصلحة الآخرين';
	const chinese = '各国政府应与其他利益攸关方平等参与互联网治理。政府的作用是什么？';
	assert.deepEqual(reads(iconv.encode(russian, 'windows-1251')), [russian, 'windows-1251']);
	assert.deepEqual(reads(iconv.encode(arabic, 'windows-1256')), [arabic, 'windows-1256']);
	assert.deepEqual(reads(iconv.encode(chinese, 'gb18030')), [chinese, 'gb18030']);
});

test('a truncated UTF-16 file says that something was lost', () => {
	const { text, lost } = decode(Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42]));
	assert.deepEqual([text, lost], ['A\ufffd', 1]);
});

test('whatever was written in UTF-8 comes back', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
			assert.equal(decode(Buffer.from(text, 'utf-8')).text, text);
		})
	);
});

test('Western text in Windows-1252 comes back', () => {
	const word = fc.stringMatching(/^[a-z]{1,4}[éèàçñüö’–]?[a-z]{1,4}$/);
	fc.assert(
		fc.property(fc.array(word, { minLength: 1 }), (words) => {
			const text = words.join(' ');
			assert.equal(decode(iconv.encode(text, 'windows-1252')).text, text);
		})
	);
});

test('no byte is lost unsaid: any bytes give a text, and only what is counted as lost is not in it', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
			const { text, encoding, lost } = decode(input);
			if (lost > 0) return assert.match(encoding, /^utf-(16|32)/);
			if (encoding === 'utf-8+windows-1252') return;
			const own = encoding === 'windows-1252' ? windows1252(text) : iconv.encode(text, encoding, { addBOM: false });
			assert.deepEqual([...input.subarray(input.length - own.length)], [...own]);
			assert.equal([0, 2, 3, 4].includes(input.length - own.length), true);
		}),
		{ numRuns: 2000 }
	);
});

test('a mixed file keeps every byte: each character stands for its own UTF-8 or its one byte', () => {
	const part = fc.oneof(
		fc.constantFrom('é', '—', '政', 'Б').map((text) => Buffer.from(text)),
		fc.integer({ min: 32, max: 255 }).map((byte) => Buffer.from([byte]))
	);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			const input = Buffer.concat(parts);
			const { text, encoding } = decode(input);
			if (encoding !== 'utf-8+windows-1252') return;
			// the shortest and the longest that the characters can stand for
			const longest = Buffer.byteLength(text);
			assert.equal([...text].length <= input.length && input.length <= longest, true);
		})
	);
});

/** Windows-1252 as browsers read it: the five undefined bytes are control characters. */
function windows1252(text: string): Uint8Array {
	return Uint8Array.from([...text], (sign) =>
		sign >= '\u0080' && sign <= '\u009f' ? sign.charCodeAt(0) : (iconv.encode(sign, 'windows-1252')[0] ?? 0)
	);
}
