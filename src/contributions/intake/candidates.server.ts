import { createHash } from 'node:crypto';
import { submissionLimits } from '#contributions/submission.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import { decode } from './decoding.ts';
import { extract } from './extraction.server.ts';
import { joinHardWraps } from './hard-wraps.ts';
import { kindOfFile, mediaTypes } from './recognising.ts';
import type { FileSource } from './sources.server.ts';
import { submissionForm, type SubmissionForm } from './submission-forms.ts';

/** A submission as its files hold it, before anything of it is stored. */
export interface Candidate {
	/** the same for the same bytes, whatever the names of the files: what was brought in once is not brought in again */
	readonly importKey: string;
	/** the form's file as text, header and all; empty where it is no plain text */
	readonly text: string;
	readonly form: SubmissionForm;
	readonly parts: readonly CandidatePart[];
}

export interface CandidatePart {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly mediaType: string;
	/** what is read at the desk: the text with its broken lines joined */
	readonly text: string;
	readonly extractor: string;
	readonly encoding: string | null;
	readonly refusal: RefusalCode | null;
}

/** A file that could not be read, and why. */
export interface FileError {
	readonly file: string;
	readonly refusal: RefusalCode;
}

/** Reads the files of one submission. Where its form cannot be read there is none; an attached file that cannot is kept unread. */
export async function readCandidate(
	source: FileSource,
	{ form: formName, attached: attachedName }: { form: string; attached?: string },
	errors: FileError[]
): Promise<Candidate | undefined> {
	const main = await readPart(source, formName, errors);
	if (!main || main.refusal) return undefined;
	const attached = attachedName === undefined ? undefined : await readPart(source, attachedName, errors);
	const form = submissionForm(main.whole) ?? withoutForm(formName, main.text);
	const parts = [main, ...(attached ? [attached] : [])];
	return {
		importKey: keyOf(parts),
		text: main.whole,
		form: { ...form, title: [...form.title].slice(0, submissionLimits.title).join('') },
		parts: parts.map(({ whole: _, ...part }) => part)
	};
}

type ReadPart = CandidatePart & { readonly whole: string };

async function readPart(source: FileSource, name: string, errors: FileError[]): Promise<ReadPart | undefined> {
	let bytes: Uint8Array | undefined;
	try {
		bytes = await source.read(name);
		return { name: baseName(name), bytes, ...(await readBytes(bytes)), refusal: null };
	} catch (error) {
		if (!isRefusal(error)) throw error;
		errors.push({ file: name, refusal: error.code });
		if (!bytes || bytes.length === 0) return undefined;
		const nothing = { whole: '', text: '', extractor: 'none', encoding: null };
		return { name: baseName(name), bytes, mediaType: 'application/octet-stream', ...nothing, refusal: error.code };
	}
}

/** Plain text is read here; whatever else in a thread with an end. */
async function readBytes(bytes: Uint8Array) {
	if (kindOfFile(bytes) !== 'text') {
		const { text, extractor, encoding, mediaType } = await extract(bytes);
		return { whole: '', text, extractor, encoding, mediaType };
	}
	const { text: whole, encoding, lost } = decode(bytes);
	if (lost > 0 || whole.includes('\0') || !whole.isWellFormed()) throw refusal('file-kind-unknown');
	if (whole.trim() === '') throw refusal('file-empty');
	const form = submissionForm(whole);
	const text = form ? [form.abstract, form.document].map(joinHardWraps).filter(Boolean).join('\n\n') : joinHardWraps(whole);
	return { whole, text, extractor: form ? 'form-1' : 'text-1', encoding, mediaType: mediaTypes.text };
}

/** A text without a header: its first line is its title, its file's name where that is too long for one. */
function withoutForm(name: string, text: string): SubmissionForm {
	const first =
		/\S.*/u
			.exec(text)?.[0]
			.trim()
			.replace(/^#+\s*/u, '') ?? '';
	const title = first !== '' && [...first].length <= 200 ? first : baseName(name).replace(/\.[^.]+$/u, '');
	const nothing = { area: '', entitledBy: '', region: '', organization: '', sector: '', keywords: [], attached: 0 };
	return { title, ...nothing, abstract: '', document: text };
}

function keyOf(parts: readonly ReadPart[]): string {
	const digest = createHash('sha256');
	for (const { bytes } of parts) digest.update(createHash('sha256').update(bytes).digest());
	return digest.digest('hex');
}

function baseName(name: string): string {
	return name.slice(name.lastIndexOf('/') + 1);
}
