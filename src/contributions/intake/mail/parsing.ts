import PostalMime, { addressParser } from 'postal-mime';
import { isRefusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import { kindOfFile } from '../recognising.ts';
import { automaticBy, type Automatic } from './automatic.ts';
import { reportIn, type Report } from './report.ts';
import { headOf, messageIdOf, readable, writerOf } from './head.ts';
import { textOfBytes, unflowed } from './body-text.ts';
import { textOfHtmlMail } from './html-mail.ts';
import { withTruePacking } from './packing.ts';
import { piecesOf, type MailPiece } from './quoting.ts';

/** What a mail holds, once it was read. */
export interface ParsedMail {
	readonly from: { readonly address: string; readonly name: string };
	readonly subject: string;
	readonly messageId: string;
	readonly automatic: Automatic | null;
	readonly report: Report | null;
	readonly pieces: readonly MailPiece[];
	readonly attached: readonly Attached[];
	/** why it is not taken at all */
	readonly refused: 'parts' | 'broken' | null;
}

export interface Attached {
	readonly name: string;
	/** null where it is no document that we read */
	readonly bytes: Uint8Array<ArrayBuffer> | null;
	readonly size: number;
	readonly refusal: RefusalCode | null;
}

export interface MailToParse {
	readonly bytes: Uint8Array;
	readonly sender: string | null;
	readonly ownAddress: string;
}

export const mailLimits = { parts: 200, nesting: 30, attached: 20, text: 2_000_000 } as const;

/** Reads a mail in this thread. One made to hurt may take long: `parseInThread` of parsing.server.ts gives it an end. */
export async function parseMail({ bytes, sender, ownAddress }: MailToParse): Promise<ParsedMail> {
	const blank = bytes.indexOf(10) === -1 ? bytes.length : endOfHead(bytes);
	const head = headOf(bytes.subarray(0, blank));
	const known = {
		from: writerOf(head),
		subject: readable(head.get('subject')?.[0]),
		messageId: messageIdOf(head),
		automatic: automaticBy({ head, sender, ownAddress })
	};
	const nothing = { report: null, pieces: [], attached: [] };
	let root: Part;
	try {
		root = await partsOf(bytes);
	} catch {
		return { ...known, ...nothing, refused: 'broken' };
	}
	if (howMany(root) > mailLimits.parts) return { ...known, ...nothing, refused: 'parts' };
	const found: Found = { texts: [], attached: [] };
	await gather(root, found, 0);
	return {
		...known,
		report: known.automatic === 'bounce' ? reportIn(leavesOf(root).map(leafText)) : null,
		pieces: found.texts.flatMap((text) => (typeof text === 'string' ? piecesOf(text.slice(0, mailLimits.text)) : [text])),
		attached: found.attached,
		refused: null
	};
}

/** A part as the parser holds it. */
interface Part {
	readonly childNodes: readonly Part[];
	readonly contentType: { readonly parsed: Structured; readonly multipart: string | false };
	readonly contentDisposition: { readonly parsed: Structured };
	readonly contentId?: string;
	readonly content: ArrayBuffer | null;
}

interface Structured {
	readonly value: string;
	readonly params: Readonly<Record<string, string>>;
}

/**
 * The parser's own answer has texts decoded already, by what the header says alone; the tree behind it, which its types leave out, has the
 * bytes. A test fails where another version of it holds them otherwise.
 */
class TreeParser extends PostalMime {
	declare readonly root: Part;
}

async function partsOf(bytes: Uint8Array): Promise<Part> {
	const parser = new TreeParser({
		forceRfc822Attachments: true,
		maxNestingDepth: mailLimits.nesting,
		maxHeadersSize: 1024 * 1024
	});
	await parser.parse(withTruePacking(bytes));
	return parser.root;
}

interface Found {
	readonly texts: (string | MailPiece)[];
	readonly attached: Attached[];
}

async function gather(part: Part, found: Found, forwarded: number): Promise<void> {
	const { multipart } = part.contentType;
	if (multipart === 'alternative') {
		const text = alternativeOf(part);
		if (text !== null) found.texts.push(text);
		for (const leaf of leavesOf(part)) if (!isText(leaf) && !leaf.contentId) attach(leaf, found);
	} else if (part.childNodes.length > 0) for (const child of part.childNodes) await gather(child, found, forwarded);
	else if (isText(part)) found.texts.push(leafText(part));
	else if (part.contentType.parsed.value === 'message/rfc822') await forward(part, found, forwarded);
	else if (!unneeded.test(part.contentType.parsed.value) && !(part.contentId && isPicture(part))) attach(part, found);
}

/** A mail within a mail is a quotation, with its attachments. */
async function forward(part: Part, found: Found, forwarded: number): Promise<void> {
	if (!part.content || forwarded >= 2) return;
	const bytes = new Uint8Array(part.content);
	const head = headOf(bytes.subarray(0, endOfHead(bytes)));
	const inner: Found = { texts: [], attached: found.attached };
	await gather(await partsOf(bytes), inner, forwarded + 1);
	const lines = ['from', 'date', 'subject'].map((field) => readable(head.get(field)?.[0]));
	const text = inner.texts.map((one) => (typeof one === 'string' ? one : one.text)).join('\n');
	found.texts.push({ kind: 'quoted', text: `${lines.filter(Boolean).join('\n')}\n\n${text}\n` });
}

/** Plain text where there is any, else the page. */
function alternativeOf(part: Part): string | null {
	const texts = leavesOf(part).filter(isText);
	const plain = texts.filter((leaf) => leaf.contentType.parsed.value === 'text/plain').map(leafText);
	const chosen = plain.some((text) => text.trim() !== '') ? plain : texts.map(leafText);
	return chosen.length > 0 ? chosen.join('\n') : null;
}

function leafText({ content, contentType }: Part): string {
	if (!content) return '';
	const { value, params } = contentType.parsed;
	const text = textOfBytes(new Uint8Array(content), params['charset']);
	if (value === 'text/html') return textOfHtmlMail(text);
	return /^flowed$/iu.test(params['format'] ?? '') ? unflowed(text, /^yes$/iu.test(params['delsp'] ?? '')) : text;
}

function attach(part: Part, found: Found): void {
	if (!part.content || found.attached.length >= mailLimits.attached) return;
	const bytes = new Uint8Array(part.content);
	const refused = whyNot(bytes);
	found.attached.push({
		name: nameOf(part) || `${found.attached.length + 1}`,
		bytes: refused === null ? bytes : null,
		size: bytes.length,
		refusal: refused
	});
}

function whyNot(bytes: Uint8Array): RefusalCode | null {
	try {
		kindOfFile(bytes);
		return null;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return error.code;
	}
}

function nameOf({ contentDisposition, contentType }: Part): string {
	const name = contentDisposition.parsed.params['filename'] ?? contentType.parsed.params['name'] ?? '';
	return readable(name.replaceAll(/[/\\]/gu, ' ')).slice(0, 200);
}

function isText({ contentType, contentDisposition, ...part }: Part): boolean {
	if (!/^text\/(?:plain|html)$/u.test(contentType.parsed.value)) return false;
	return contentDisposition.parsed.value !== 'attachment' && nameOf({ contentType, contentDisposition, ...part }) === '';
}

const isPicture = ({ contentType }: Part) => contentType.parsed.value.startsWith('image/');
/** Signatures of programs, and what a calendar would do. */
const unneeded =
	/^(?:application\/(?:pgp-|pkcs7-|x-pkcs7-)|text\/(?:calendar|x-vcard|vcard|rfc822-headers)|message\/(?:delivery|disposition)|application\/ms-tnef)/u;

function leavesOf(part: Part): Part[] {
	return part.childNodes.length === 0 ? [part] : part.childNodes.flatMap(leavesOf);
}

function howMany(part: Part): number {
	return part.childNodes.reduce((sum, child) => sum + howMany(child), 1);
}

function endOfHead(bytes: Uint8Array): number {
	const found = /\r?\n\r?\n|^\r?\n/u.exec(Buffer.from(bytes.subarray(0, 300_000)).toString('latin1'));
	return found ? found.index : bytes.length;
}

export function addressesIn(values: readonly string[]): string[] {
	return values
		.flatMap((value) => addressParser(value, { flatten: true }).map(({ address }) => (address ?? '').toLowerCase()))
		.filter(Boolean);
}
