import assert from 'node:assert/strict';
import test from 'node:test';
import { strToU8, zipSync } from 'fflate';
import type { RefusalCode } from '#refusals/refusals.ts';
import { extract } from './extraction.server.ts';
import { aBomb, aDocx, anOdt, aPdf, pdfLines, pdfLock, pdfPicture, wordParagraph } from './example-files.ts';

const refuses = (bytes: Uint8Array, code: RefusalCode) => assert.rejects(extract(bytes), { name: 'Refusal', code });

test('the text of a DOCX is read in paragraphs', async () => {
	const docx = aDocx(wordParagraph('Governments &amp; others') + wordParagraph('Sénégal, 政府, الحكومات'));
	assert.deepEqual(await extract(docx), {
		text: 'Governments & others\n\nSénégal, 政府, الحكومات',
		extractor: 'docx-1',
		encoding: null,
		mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
	});
});

test('the text of an ODT is read with its lists and tables, without deleted text and marginal notes', async () => {
	const odt = anOdt(
		'<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Title</text:h>' +
			'<text:p>One<text:s text:c="2"/>two<office:annotation><text:p>aside</text:p></office:annotation> &amp; three<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p></text:note-body></text:note></text:p>' +
			'<text:list><text:list-item><text:p>first</text:p></text:list-item><text:list-item><text:p>second</text:p></text:list-item></text:list>' +
			'<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>'
	);
	const { text, extractor } = await extract(odt);
	assert.equal(extractor, 'odt-1');
	assert.deepEqual(text.split('\n\n'), ['Title', 'One two & three [foot]', '• first', '• second', 'a', 'b']);
});

test('the text of a PDF is read and its broken lines are joined', async () => {
	const pdf = aPdf([
		pdfLines(
			'The governments of all countries should take part in the talks on an equal footing with',
			'all other stakeholders, and the secretariat should publish what became of each proposal in',
			'plain words, in the six languages of the organisation and in good time for the meetings of',
			'the council.'
		),
		pdfLines('Second page (with brackets).')
	]);
	assert.deepEqual(await extract(pdf), {
		text: 'The governments of all countries should take part in the talks on an equal footing with all other stakeholders, and the secretariat should publish what became of each proposal in plain words, in the six languages of the organisation and in good time for the meetings of the council.\nSecond page (with brackets).',
		extractor: 'pdf-1',
		encoding: null,
		mediaType: 'application/pdf'
	});
});

test('plain text is read in its encoding, and Markdown keeps its lines', async () => {
	const { text, encoding, extractor } = await extract(Buffer.from([0x93, 0x63, 0x61, 0x66, 0xe9, 0x94]));
	assert.deepEqual([text, encoding, extractor], ['“café”', 'windows-1252', 'text-1']);
	const markdown = `# Title\n\n${'a line of a poem that is long enough to look as if a page had ended it\n'.repeat(4)}`;
	assert.equal((await extract(Buffer.from(markdown))).text, markdown);
});

test('a PDF of pictures only is refused', async () => {
	await refuses(aPdf([pdfPicture, pdfPicture]), 'file-of-pictures');
	await refuses(aPdf([pdfPicture + pdfLines('Scanned by a device')]), 'file-of-pictures');
	await refuses(aPdf(['']), 'file-of-pictures');
});

test('files protected by a password are refused', async () => {
	await refuses(aPdf([pdfLines('secret')], pdfLock), 'file-locked');
	await refuses(anOdt('<text:p>secret</text:p>', '<manifest:encryption-data/>'), 'file-locked');
	await refuses(
		Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
		'file-locked'
	);
});

test('a document with macros is refused by its content, whatever its name', async () => {
	await refuses(aDocx(wordParagraph('text'), { 'word/vbaProject.bin': strToU8('macro') }), 'file-with-macros');
	await refuses(anOdt('<text:p>text</text:p>', '', { 'Basic/Standard/Module1.xml': strToU8('<x/>') }), 'file-with-macros');
});

test('a zip that would unpack to 300 MB is refused without unpacking it', async () => {
	await refuses(aBomb(), 'file-inflates');
});

test('a zip that lies about its sizes gives no more memory than it claims', async () => {
	const honest = Buffer.from(aDocx(wordParagraph('x'.repeat(10_000))));
	const name = honest.lastIndexOf('word/document.xml');
	honest.writeUInt32LE(100, name - 46 + 24);
	await refuses(honest, 'file-broken');
});

test('truncated and damaged files are refused', async () => {
	const docx = aDocx(wordParagraph('text'));
	const odt = anOdt('<text:p>text</text:p>');
	await refuses(docx.subarray(0, docx.length - 30), 'file-broken');
	await refuses(odt.subarray(0, odt.length / 2), 'file-broken');
	await refuses(aDocx('<w:p><w:r><w:t>never closed'), 'file-broken');
	await refuses(Buffer.from('%PDF-1.4\nnothing follows'), 'file-broken');
});

test('old Word, pictures, other archives, empty and too large files are refused by name', async () => {
	await refuses(
		Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('WordDocument', 'utf16le')]),
		'file-of-old-word'
	);
	await refuses(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'file-kind-unknown');
	await refuses(zipSync({ 'xl/workbook.xml': strToU8('<x/>') }), 'file-kind-unknown');
	await refuses(Buffer.from([1, 2, 3, 0, 5, 200]), 'file-kind-unknown');
	await refuses(new Uint8Array(), 'file-empty');
	await refuses(Buffer.from(' \n\t '), 'file-empty');
	await refuses(new Uint8Array(20 * 1024 * 1024 + 1).fill(65), 'file-too-large');
});

test('a file that takes too long is given up', async () => {
	await assert.rejects(extract(aDocx(wordParagraph('text').repeat(10)), 0.001), { code: 'file-takes-too-long' });
});
