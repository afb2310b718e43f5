import { count } from '#activity/counting.server.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { isRapporteur, isSecretariat } from '#activity/staff.ts';
import { keepExtractedText } from '#contributions/parts.server.ts';
import { receiveContribution } from '#contributions/receiving.server.ts';
import { writeSubmission } from '#contributions/submitting.server.ts';
import { wordsIn } from '#contributions/words.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { detectLanguage } from '#languages/detection.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { openTopic } from '#topics/opening.server.ts';
import { readCandidate, type Candidate, type FileError } from './candidates.server.ts';
import { meaningsOf, type Meanings } from './meanings.server.ts';
import { largestFile } from './recognising.ts';
import type { FileSource } from './sources.server.ts';
import { submissionsInFiles } from './submission-forms.ts';

/** What became of the files: `read` counts files, `added` and `unchanged` submissions. */
export interface ImportReport {
	readonly read: number;
	readonly submissions: number;
	readonly added: number;
	readonly unchanged: number;
	/** as written, each once: what a person has to say the meaning of */
	readonly unknown: { readonly sectors: readonly string[]; readonly regions: readonly string[] };
	readonly errors: readonly FileError[];
}

export interface ImportWishes {
	/** under which the texts were published where they come from */
	readonly licence?: string;
	/** called after each submission */
	readonly progress?: (done: number, total: number) => Promise<void>;
}

const batchSize = 25;

/**
 * Brings in the submissions of a folder or zip, 25 a transaction; broken off in the middle and run again it goes on, and what was brought
 * in before is not added twice.
 */
export async function importSubmissions(
	database: Database,
	files: FileStore,
	source: FileSource,
	topicId: string,
	actor: Actor,
	{ licence = 'not-stated', progress }: ImportWishes = {}
): Promise<ImportReport> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	const meanings = await meaningsOf(database, topicId);
	const tally = new Tally(source, meanings);
	for await (const batch of inBatches(tally.candidates(progress))) {
		const known = await keysKnown(database, topicId, batch);
		const fresh = batch.filter(({ importKey }) => !known.has(importKey));
		const prepared: Prepared[] = [];
		for (const candidate of fresh) prepared.push(await prepare(files, candidate));
		const added =
			fresh.length === 0 ? 0 : await inTransaction(database, (transaction) => add(transaction, { topicId, licence }, prepared));
		tally.noteBatch(batch.length, added);
	}
	const report = tally.report();
	await inTransaction(database, (transaction) =>
		record(transaction, {
			topicId,
			actor,
			did: 'imported',
			kind: 'topic',
			thingId: topicId,
			details: { added: report.added, unchanged: report.unchanged }
		})
	);
	return report;
}

/** The same without writing anything: what an import would find. */
export async function previewSubmissions(
	database: Database,
	source: FileSource,
	topicId: string,
	{ progress }: ImportWishes = {}
): Promise<ImportReport & { readonly titles: readonly string[] }> {
	const tally = new Tally(source, await meaningsOf(database, topicId));
	const titles: string[] = [];
	for await (const batch of inBatches(tally.candidates(progress))) {
		const known = await keysKnown(database, topicId, batch);
		tally.noteBatch(batch.length, batch.filter(({ importKey }) => !known.has(importKey)).length);
		titles.push(...batch.map(({ form }) => form.title));
	}
	return { ...tally.report(), titles };
}

/** The topic at an address, or a new draft there. */
export async function topicForImport(
	database: Database,
	slug: string,
	actor: Actor
): Promise<{ topicId: string; isNew: boolean }> {
	const topicId = await topicIdAtAddress(database, slug);
	if (topicId !== undefined) return { topicId, isNew: false };
	if (!isSecretariat(actor)) throw refusal('not-found');
	const title = slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');
	const words = { texts: { title: { en: title } }, defaultLanguage: 'en', languages: ['en'], address: slug };
	return { topicId: (await openTopic(database, words, actor)).topicId, isNew: true };
}

/** Goes through the submissions of a source and counts what it finds. */
class Tally {
	readonly #source: FileSource;
	readonly #meanings: Meanings;
	readonly #errors: FileError[] = [];
	readonly #sectors = new Set<string>();
	readonly #regions = new Set<string>();
	#submissions = 0;
	#added = 0;

	constructor(source: FileSource, meanings: Meanings) {
		this.#source = source;
		this.#meanings = meanings;
	}

	async *candidates(progress: ImportWishes['progress']): AsyncGenerator<Candidate> {
		const found = submissionsInFiles(this.#source.names);
		const seen = new Set<string>();
		for (const [index, files] of found.entries()) {
			const candidate = await readCandidate(this.#source, files, this.#errors);
			await progress?.(index + 1, found.length);
			// the same bytes under two names are one submission
			if (!candidate || seen.has(candidate.importKey)) continue;
			seen.add(candidate.importKey);
			const { sector, region } = candidate.form;
			if (this.#meanings.groupsOf(sector).unknown) this.#sectors.add(sector);
			if (this.#meanings.placeOf(region).unknown) this.#regions.add(region);
			yield candidate;
		}
	}

	noteBatch(submissions: number, added: number): void {
		this.#submissions += submissions;
		this.#added += added;
	}

	report(): ImportReport {
		return {
			read: this.#source.names.length,
			submissions: this.#submissions,
			added: this.#added,
			unchanged: this.#submissions - this.#added,
			unknown: { sectors: [...this.#sectors].sort(), regions: [...this.#regions].sort() },
			errors: this.#errors
		};
	}
}

interface Prepared {
	readonly candidate: Candidate;
	readonly files: readonly { readonly sha256: string; readonly name: string }[];
	readonly language: string;
	readonly words: number;
}

/** What takes time is done before the transaction: the files are stored, the language is told, the words are counted. */
async function prepare(store: FileStore, candidate: Candidate): Promise<Prepared> {
	const files = [];
	for (const { bytes, mediaType, name } of candidate.parts) {
		files.push({ sha256: (await store.put([bytes], { mediaType, limit: largestFile })).sha256, name });
	}
	const words = candidate.parts.reduce((sum, { text }) => sum + wordsIn(text), 0);
	return { candidate, files, language: await detectLanguage(candidate.parts[0]?.text ?? ''), words };
}

async function add(
	transaction: Transaction,
	{ topicId, licence }: { topicId: string; licence: string },
	prepared: readonly Prepared[]
): Promise<number> {
	const before = await meaningsOf(transaction, topicId);
	// organisations before participants, as wherever both are locked
	const organisations = await organisationsNamed(
		transaction,
		prepared.map(({ candidate }) => ({
			name: candidate.form.organization,
			country: before.placeOf(candidate.form.region).country
		}))
	);
	// a second import into the same topic waits here, and then finds what this one added; so does who corrects a meaning
	await nextNumber(transaction, topicId, 'participants', 0);
	const meanings = await meaningsOf(transaction, topicId);
	const known = await keysKnown(
		transaction,
		topicId,
		prepared.map(({ candidate }) => candidate)
	);
	const fresh = prepared
		.map((each, index) => ({ ...each, organisationId: organisations[index] ?? null }))
		.filter(({ candidate }) => !known.has(candidate.importKey));
	const participants = await bringInParticipants(
		transaction,
		topicId,
		fresh.map(({ candidate, organisationId }) => {
			const { country, region } = meanings.placeOf(candidate.form.region);
			const { groups } = meanings.groupsOf(candidate.form.sector);
			return { groups, country, region, organisationId, capacity: null, reads: [] };
		})
	);
	for (const [index, each] of fresh.entries()) await addOne(transaction, topicId, licence, each, participants[index]!);
	if (fresh.length > 0) await count(transaction, topicId, 'submissions', fresh.length);
	return fresh.length;
}

async function addOne(
	transaction: Transaction,
	topicId: string,
	licence: string,
	{ candidate, files, language, words }: Prepared,
	participant: { number: number; profile: number }
): Promise<void> {
	const { form, parts, text, importKey } = candidate;
	const { contributionId } = await receiveContribution(transaction, {
		topicId,
		kind: 'submission',
		channel: 'import',
		participant,
		attribution: form.entitledBy === '' ? 'group' : 'named',
		name: form.entitledBy,
		text,
		language,
		licence
	});
	await writeSubmission(transaction, {
		topicId,
		contributionId,
		title: form.title,
		abstract: form.abstract,
		keywords: form.keywords.join(', '),
		area: form.area,
		entitledBy: form.entitledBy,
		organisationAsWritten: form.organization,
		sectorAsWritten: form.sector,
		regionAsWritten: form.region,
		importKey,
		words,
		files
	});
	for (const [index, { text: read, extractor, encoding, refusal: refused }] of parts.entries()) {
		const part = { topicId, contributionId, part: index + 1, extractor, encoding, text: read, refusal: refused };
		await keepExtractedText(transaction, part, transaction.at);
	}
}

async function keysKnown(
	queryable: Pick<Database, 'query'>,
	topicId: string,
	candidates: readonly Candidate[]
): Promise<Set<string>> {
	const { rows } = await queryable.query<{ key: string }>(
		`select import_key as key from submissions where topic_id = $1 and import_key = any ($2::text[])`,
		[topicId, candidates.map(({ importKey }) => importKey)]
	);
	return new Set(rows.map(({ key }) => key));
}

async function* inBatches(candidates: AsyncIterable<Candidate>): AsyncGenerator<Candidate[]> {
	let batch: Candidate[] = [];
	for await (const candidate of candidates) {
		batch.push(candidate);
		if (batch.length < batchSize) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}
