import { deflateRawSync } from 'node:zlib';
import { strToU8, zipSync, type Zippable } from 'fflate';

// Small files of each kind, written byte for byte by the tests that read them.

export function aDocx(paragraphs: string, more: Record<string, Uint8Array> = {}): Uint8Array {
	return zipSync({
		'[Content_Types].xml': xml(
			'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
		),
		'_rels/.rels': xml(
			'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
		),
		'word/document.xml': xml(
			`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs}</w:body></w:document>`
		),
		...more
	});
}

export const wordParagraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export function anOdt(body: string, manifest = '', more: Zippable = {}): Uint8Array {
	return zipSync({
		mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
		'META-INF/manifest.xml': xml(`<manifest:manifest>${manifest}</manifest:manifest>`),
		'content.xml': xml(
			`<office:document-content><office:automatic-styles><x>styles</x></office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`
		),
		...more
	});
}

/** A PDF whose pages are these content streams. `trailer` goes into its trailer, as for encryption. */
export function aPdf(pages: readonly string[], trailer = ''): Uint8Array {
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] >>`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
		...pages.flatMap((content, index) => [
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
			`<< /Length ${content.length} >>\nstream\n${content}\nendstream`
		])
	];
	let file = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = file.length;
		file += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const start = file.length;
	file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
	file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
	return Buffer.from(file, 'latin1');
}

/** A page of text, a line each. */
export function pdfLines(...lines: string[]): string {
	return `BT /F1 11 Tf 14 TL 50 780 Td ${lines.map((line) => `(${line.replaceAll(/[()\\]/gu, '\\$&')}) Tj T*`).join(' ')} ET`;
}

/** A page that shows a scan and no letter. */
export const pdfPicture = 'q 500 0 0 700 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \u0001\u0002\u0003\u0004 EI Q';

/** What a trailer of a PDF says that opens with a password only. */
export const pdfLock = `/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'a1'.repeat(32)}> /U <${'b2'.repeat(32)}> >>`;

/** A zip of 300 kB that says, and is right, that it unpacks to 300 MB. */
export function aBomb(name = 'word/document.xml'): Uint8Array {
	const size = 300_000_000;
	const zip = Buffer.from(zipSync({ [name]: [deflateRawSync(Buffer.alloc(size)), { level: 0 }] }));
	const directory = zip.lastIndexOf('PK\u0001\u0002');
	// in both headers: the method is deflate, the size is that of what was deflated
	zip.writeUInt16LE(8, 8);
	zip.writeUInt32LE(size, 22);
	zip.writeUInt16LE(8, directory + 10);
	zip.writeUInt32LE(size, directory + 24);
	return zip;
}

function xml(content: string): Uint8Array {
	return strToU8(`<?xml version="1.0" encoding="UTF-8"?>${content}`);
}
