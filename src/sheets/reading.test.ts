import fc from 'fast-check';
import iconv from 'iconv-lite';
import assert from 'node:assert/strict';
import test from 'node:test';
import { aBomb } from '#contributions/intake/example-files.ts';
import { csvLine } from '#files/csv.ts';
import { readWorkbook, writeWorkbook } from '#files/workbook.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import { csvRows, delimiterOf } from '#sheets/csv.ts';
import { aCsv, anOtherZip, anXlsx } from '#sheets/examples.ts';
import { readSheet } from '#sheets/reading.server.ts';

const refused = (code: string) => (error: unknown) => isRefusal(error) && error.code === code;

test('what CSV holds comes back, whatever it holds', () => {
	const table = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
			const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
			const text = rows.map((row) => `${row.map(quoted).join(delimiter)}\r\n`).join('');
			assert.deepEqual(csvRows(text, delimiter), { rows, openedAt: null });
		})
	);
});

test('our own CSV is read and written again byte for byte', () => {
	const table = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(table, (rows) => {
			const written = rows.map((row) => csvLine(row.map((value) => ({ value, isText: false })))).join('');
			const again = csvRows(written, ',').rows.map((row) => csvLine(row.map((value) => ({ value, isText: false }))));
			assert.equal(again.join(''), written);
		})
	);
});

test('our own workbook comes back cell for cell, whatever its texts hold', async () => {
	// what no XML holds, not even escaped, is refused where people write
	const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((cell) => cell.isWellFormed());
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (rows) => {
			const sheet = await readWorkbook(await whole(writeWorkbook('ideas', ['a', 'b', 'c'], following(rows))), 'xlsx');
			const read = sheet!.rows.map((row) => [0, 1, 2].map((column) => row[column] ?? ''));
			assert.deepEqual(read, [['a', 'b', 'c'], ...rows]);
		}),
		{ numRuns: 60 }
	);
});

test('the sign between the columns is found, or said by the file', () => {
	assert.equal(delimiterOf('a,b,c\n1,2,3\n'), ',');
	assert.equal(delimiterOf('a;b\n"1,5";2\n"1,7, and more";3\n'), ';');
	assert.equal(delimiterOf('a\tb\n1, or 2\t3\n'), '\t');
	assert.equal(delimiterOf('sep=|\na|b\n'), '|');
	assert.equal(delimiterOf('only one column\nwith words\n'), ',');
});

test('letters of many encodings are read, and what was guessed is said', async () => {
	const text = 'Идея;Пояснение\r\nОткрытые данные для всех жителей;Потому что это честно и полезно каждому\r\n';
	for (const [encoding, guessed] of [
		['utf-8', false],
		['utf-16le', false],
		['windows-1251', true]
	] as const) {
		const read = await readSheet(iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' }));
		assert.deepEqual(read.rows[1]![0], 'Открытые данные для всех жителей', encoding);
		assert.equal(read.delimiter, ';');
		assert.equal(
			read.remarks.some(({ code }) => code === 'encoding-guessed'),
			guessed
		);
	}
	const chinese = '想法,说明\r\n互联网治理应当对所有人开放,因为这关系到每一个人的生活和工作\r\n'.repeat(5);
	assert.equal((await readSheet(iconv.encode(chinese, 'gb18030'))).rows[1]![0], '互联网治理应当对所有人开放');
	const cut = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a,b\r\nc,d', 'utf16le'), Buffer.from([0x41])]);
	assert.deepEqual(
		(await readSheet(cut)).remarks.map(({ code }) => code),
		['encoding-lost']
	);
});

test('formulas are never computed: their kept value is taken and told, or missed', async () => {
	const sheet = await anXlsx(
		[
			['a', 'b'],
			[1, 2],
			[null, null]
		],
		{
			cells: new Map([
				['1,0', { value: 7, type: 'formula', formula: 'B2+5', formulaResult: 7 }],
				['2,1', { value: null, type: 'formula', formula: '1+1' }]
			])
		}
	);
	const { rows, remarks } = await readSheet(sheet);
	assert.equal(rows[1]![0], '7');
	assert.deepEqual(
		remarks.map(({ code, row, column }) => [code, row, column]),
		[
			['formula-value', 2, 0],
			['formula-empty', 3, 1]
		]
	);
});

test('merged cells say the same in each of their rows; dates of 1904 are the day that was meant', async () => {
	const rows = [
		['group', 'day'],
		['Academia', new Date('2024-02-03T00:00:00Z')],
		[null, new Date('2024-02-03T10:30:00Z')]
	];
	const sheet = await anXlsx(rows, { merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }], dateSystem: '1904' });
	const read = await readSheet(sheet);
	assert.deepEqual(read.rows.slice(1), [
		['Academia', '2024-02-03'],
		['Academia', '2024-02-03T10:30:00Z']
	]);
	assert.deepEqual(
		read.remarks.map(({ code, row }) => [code, row]),
		[['merged-filled', 2]]
	);
});

test('a quotation mark that never closes is told with its row', async () => {
	const { remarks } = await readSheet(aCsv('point,explanation', 'One,two', '"Three,four', 'five,six'));
	assert.deepEqual(remarks, [{ code: 'quote-open', row: 3 }]);
});

test('what is no sheet, or too much of one, is refused by name', async () => {
	await assert.rejects(readSheet(new Uint8Array()), refused('file-empty'));
	await assert.rejects(readSheet(Buffer.from('\r\n , \r\n')), refused('sheet-empty'));
	await assert.rejects(readSheet(Buffer.from('%PDF-1.4 and so on')), refused('sheet-needed'));
	await assert.rejects(readSheet(anOtherZip()), refused('sheet-needed'));
	await assert.rejects(readSheet(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])), refused('sheet-of-old-excel'));
	await assert.rejects(readSheet(aBomb('xl/worksheets/sheet1.xml')), refused('file-inflates'));
	await assert.rejects(readSheet(Buffer.from('a\n'.repeat(100_001))), refused('sheet-too-large'));
	const broken = (await anXlsx([['a'], ['b']])).slice(0, -40);
	await assert.rejects(readSheet(broken), refused('file-broken'));
	await assert.rejects(
		readSheet(await anXlsx([['a']], { cells: new Map([['1048575,16383', { value: 'b', type: 'string' }]]) })),
		isRefusal
	);
});

async function whole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
	return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

async function* following<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
	for (const row of rows) yield await Promise.resolve(row);
}
