import { refusal } from '#refusals/refusal.ts';
import { documentLimits, isZip, zipNames } from './zips.ts';

export type FileKind = 'pdf' | 'docx' | 'odt' | 'text';

export const mediaTypes: Readonly<Record<FileKind, string>> = {
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	odt: 'application/vnd.oasis.opendocument.text',
	text: 'text/plain'
};

export const largestFile = 20 * 1024 * 1024;

/** What a file is by its content; its name is not asked. Refuses what can be told to be unreadable without reading it all. */
export function kindOfFile(bytes: Uint8Array): FileKind {
	if (bytes.length === 0) throw refusal('file-empty');
	if (bytes.length > largestFile) throw refusal('file-too-large', { megabytes: largestFile / 1024 / 1024 });
	if (Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf';
	if (isZip(bytes)) return kindOfZip(bytes);
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw refusal(oldOffice(bytes));
	if (otherKinds.some((mark) => startsWith(bytes, mark))) throw refusal('file-kind-unknown');
	return 'text';
}

function kindOfZip(bytes: Uint8Array): FileKind {
	const names = new Set(zipNames(bytes, documentLimits));
	const all = [...names];
	if (all.some((name) => /(?:^|\/)vbaProject\.bin$/iu.test(name) || name.startsWith('Basic/'))) throw refusal('file-with-macros');
	if (
		names.has('word/document.xml') ||
		(names.has('[Content_Types].xml') && all.some((name) => /^word\/document\d*\.xml$/u.test(name)))
	)
		return 'docx';
	if (names.has('content.xml') && names.has('META-INF/manifest.xml')) return 'odt';
	throw refusal('file-kind-unknown');
}

/** An OLE container: Word before 2007, or a newer document that is locked by a password. Names in it are UTF-16. */
function oldOffice(bytes: Uint8Array) {
	const holds = (name: string) => Buffer.from(bytes).includes(Buffer.from(name, 'utf16le'));
	if (holds('EncryptedPackage')) return 'file-locked';
	return holds('WordDocument') ? 'file-of-old-word' : 'file-kind-unknown';
}

/** Pictures, sound, film, archives and RTF: no text that we read. */
const otherKinds: readonly (readonly number[])[] = [
	[0x89, 0x50, 0x4e, 0x47],
	[0xff, 0xd8, 0xff],
	[0x47, 0x49, 0x46, 0x38],
	[0x49, 0x49, 0x2a, 0x00],
	[0x4d, 0x4d, 0x00, 0x2a],
	[0x52, 0x49, 0x46, 0x46],
	[0x1f, 0x8b],
	[0x37, 0x7a, 0xbc, 0xaf],
	[0x52, 0x61, 0x72, 0x21],
	[0x7b, 0x5c, 0x72, 0x74, 0x66],
	[0x7f, 0x45, 0x4c, 0x46],
	[0x4d, 0x5a]
];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
	return mark.every((byte, at) => bytes[at] === byte);
}
