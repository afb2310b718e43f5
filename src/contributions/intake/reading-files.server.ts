import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { refusal } from '#refusals/refusal.ts';
import { decode } from './decoding.ts';
import { joinHardWraps } from './hard-wraps.ts';
import { textOfHtml, textOfOpenDocument } from './markup.ts';
import { kindOfFile, mediaTypes, type FileKind } from './recognising.ts';
import { documentLimits, unzipped } from './zips.ts';

export interface Extraction {
	readonly text: string;
	/** which reader and which version of it: a text read by another one is another version, the old one stays */
	readonly extractor: string;
	/** of a plain text */
	readonly encoding: string | null;
	readonly mediaType: string;
}

/** Versions go up whenever the same bytes may give another text. */
const extractors: Readonly<Record<FileKind, string>> = { pdf: 'pdf-1', docx: 'docx-1', odt: 'odt-1', text: 'text-1' };

/**
 * The text of a DOCX, PDF, ODT, plain text or Markdown file, read in this thread. It may take long and much memory on a file made to
 * hurt: `extract` of extraction.server.ts runs it where both have an end.
 */
export async function readFileText(bytes: Uint8Array): Promise<Extraction> {
	const kind = kindOfFile(bytes);
	const { text, encoding } = await readers[kind](bytes);
	if (!/[\p{L}\p{N}]/u.test(text)) throw refusal(kind === 'pdf' ? 'file-of-pictures' : 'file-empty');
	if (text.includes('\0') || !text.isWellFormed()) throw refusal('file-kind-unknown');
	return { text, extractor: extractors[kind], encoding: encoding ?? null, mediaType: mediaTypes[kind] };
}

interface Reading {
	readonly text: string;
	readonly encoding?: string;
}

const readers: Readonly<Record<FileKind, (bytes: Uint8Array) => Promise<Reading> | Reading>> = {
	text: readPlainText,
	docx: readDocx,
	odt: readOdt,
	pdf: readPdf
};

function readPlainText(bytes: Uint8Array): Reading {
	const { text, encoding, lost } = decode(bytes);
	// pairs of bytes that are no characters, or control characters that no text has
	if (lost > 0 || holdsControls(text)) throw refusal('file-kind-unknown');
	return { text: looksLikeMarkdown(text) ? text : joinHardWraps(text), encoding };
}

/** Below the space only tab, line ends, form feed, escape and the end sign of old systems are found in texts. */
function holdsControls(text: string): boolean {
	const found = /[\p{Cc}]/gu;
	for (const [sign] of text.matchAll(found)) if (sign < ' ' && !'\t\n\v\f\r\u001a\u001b'.includes(sign)) return true;
	return false;
}

function looksLikeMarkdown(text: string): boolean {
	return /^(?:#{1,6} |```|~~~|\|.*\|$)/mu.test(text);
}

async function readDocx(bytes: Uint8Array): Promise<Reading> {
	// what mammoth unpacks by itself has no limit: it is given the parts that hold text, already unpacked within ours
	const parts = unzipped(bytes, documentLimits, (name) =>
		/^(?:\[Content_Types\]\.xml|(?:_rels|word)\/.*\.(?:xml|rels))$/u.test(name)
	);
	try {
		const buffer = Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }));
		const noPicture = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
		const { value } = await mammoth.convertToHtml({ buffer }, { convertImage: noPicture, externalFileAccess: false });
		return { text: textOfHtml(value) };
	} catch (error) {
		throw Object.assign(refusal('file-broken'), { cause: error });
	}
}

function readOdt(bytes: Uint8Array): Reading {
	const parts = unzipped(bytes, documentLimits, (name) => name === 'content.xml' || name === 'META-INF/manifest.xml');
	const utf8 = new TextDecoder();
	if (utf8.decode(parts.get('META-INF/manifest.xml')).includes('encryption-data')) throw refusal('file-locked');
	const content = utf8.decode(parts.get('content.xml'));
	if (!content.trimEnd().endsWith('>')) throw refusal('file-broken');
	return { text: textOfOpenDocument(content) };
}

async function readPdf(bytes: Uint8Array): Promise<Reading> {
	const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf');
	try {
		const pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0, stopAtErrors: false });
		const pages: string[] = [];
		let withoutText = 0;
		for (let number = 1; number <= pdf.numPages; number++) {
			const page = await pdf.getPage(number);
			const { items } = await page.getTextContent();
			const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
			if (text.replaceAll(/\P{L}/gu, '').length < 40) {
				const { OPS } = await getResolvedPDFJS();
				const { fnArray } = await page.getOperatorList();
				if (fnArray.some((operation) => operation === OPS.paintImageXObject || operation === OPS.paintInlineImageXObject))
					withoutText += 1;
			}
			pages.push(text);
			page.cleanup();
		}
		if (withoutText * 2 > pdf.numPages) throw refusal('file-of-pictures');
		return { text: joinHardWraps(pages.join('\n')) };
	} catch (error) {
		if (error instanceof Error && error.name === 'PasswordException') throw refusal('file-locked');
		if (error instanceof Error && error.name === 'Refusal') throw error;
		throw Object.assign(refusal('file-broken'), { cause: error });
	}
}
