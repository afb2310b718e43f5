import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { dropLater } from '#contributions/erasing.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { FileStore, StoredFile } from '#files/store.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { lockForm } from './forms.server.ts';
import { mayHandlePaper } from './may.ts';
import { headOfPicture, isTooLarge, largestPicture, mostPoints } from './pictures.ts';

const readScanJob = 'contributions.read-scan';

export interface Picture {
	readonly bytes: Uint8Array;
	readonly name: string;
}

/**
 * Keeps a picture of a form; a job reads its code. Refuses what is no JPEG or PNG, and one with more points than may be decoded: of its
 * bytes only the head is looked at here.
 * @returns false where the same picture is there already
 */
export async function takeScan(
	database: Database,
	files: FileStore,
	topicId: string,
	{ bytes, name }: Picture,
	actor: Actor
): Promise<boolean> {
	if (!mayHandlePaper(actor, topicId)) throw refusal('not-allowed');
	const head = headOfPicture(bytes);
	if (!head) throw refusal('picture-kind-unknown');
	if (isTooLarge(head)) throw refusal('picture-too-large', { millions: mostPoints / 1_000_000 });
	const stored = await files.put([bytes], { mediaType: head.mediaType, limit: largestPicture });
	return inTransaction(database, async (transaction) => {
		const topic = await topicOf(transaction, topicId);
		if (topic.archivedAt !== null) throw refusal('topic-archived');
		return note(transaction, topicId, stored, name, actor);
	});
}

async function note(
	transaction: Transaction,
	topicId: string,
	{ sha256, size, mediaType }: StoredFile,
	name: string,
	actor: Actor
): Promise<boolean> {
	const scanId = uuidv7();
	const { rowCount } = await transaction.query(
		`
			insert into paper_scans (topic_id, scan_id, file_sha256, file_name, media_type, size, uploaded_at, uploaded_by)
			values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8)
			on conflict (topic_id, file_sha256) do nothing`,
		[topicId, scanId, sha256, name.replaceAll('\0', '').slice(0, 200), mediaType, size, transaction.at, accountOf(actor)]
	);
	if (rowCount === 0) return false;
	await addJob(transaction, readScanJob, { topicId, scanId }, { jobKey: `read scan ${scanId}`, queue: 'pictures' });
	await record(transaction, { topicId, actor, did: 'uploaded', kind: 'paper', thingId: scanId });
	return true;
}

export type ReadingOutcome = 'found' | 'none' | 'several' | 'foreign' | 'elsewhere' | 'broken';

export interface NamedScan {
	readonly topicId: string;
	readonly scanId: string;
}

/** A person says by its number which form a picture shows; also of one that was filed otherwise. */
export async function fileScan(database: Database, scan: NamedScan, number: number, actor: Actor): Promise<void> {
	const { topicId, scanId } = scan;
	if (!mayHandlePaper(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(
			`select from paper_scans where topic_id = $1 and scan_id = $2 and file_sha256 is not null for update`,
			[topicId, scanId]
		);
		if (rowCount === 0) throw refusal('not-found');
		const outcome = await lockForm(transaction, topicId, number);
		if (outcome === 'taken-back') throw refusal('form-taken-back', { number });
		if (outcome === 'typed' && (await isErased(transaction, topicId, number))) throw refusal('erased');
		await fileTo(transaction, scan, number, accountOf(actor));
		await record(transaction, { topicId, actor, did: 'filed', kind: 'paper', thingId: scanId, details: { form: number } });
	});
}

/** A picture that is of no use, or shows what it should not, is thrown away; of a form that was typed it may still be. */
export async function throwScanAway(database: Database, { topicId, scanId }: NamedScan, actor: Actor): Promise<void> {
	if (!mayHandlePaper(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ sha256: string | null }>(
			`delete from paper_scans where topic_id = $1 and scan_id = $2 returning encode(file_sha256, 'hex') as sha256`,
			[topicId, scanId]
		);
		if (!rows[0]) throw refusal('not-found');
		await dropLater(transaction, topicId, rows[0].sha256 === null ? [] : [rows[0].sha256]);
		await record(transaction, { topicId, actor, did: 'removed', kind: 'paper', thingId: scanId });
	});
}

export async function isFiled(transaction: Transaction, { topicId, scanId }: NamedScan): Promise<boolean> {
	const { rowCount } = await transaction.query(`select from paper_filings where topic_id = $1 and scan_id = $2`, [
		topicId,
		scanId
	]);
	return rowCount > 0;
}

/** Its author had what was typed from it erased: no new picture may bring the words back. */
export async function isErased(transaction: Transaction, topicId: string, number: number): Promise<boolean> {
	const { rowCount } = await transaction.query(
		`select from paper_texts join erasures using (topic_id, contribution_id) where topic_id = $1 and form_number = $2`,
		[topicId, number]
	);
	return rowCount > 0;
}

export async function fileTo(
	transaction: Transaction,
	{ topicId, scanId }: NamedScan,
	number: number,
	by: string | null
): Promise<void> {
	await transaction.query(
		`
			insert into paper_filings (topic_id, scan_id, version, form_number, filed_at, filed_by)
			select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
			from paper_filings
			where topic_id = $1 and scan_id = $2`,
		[topicId, scanId, number, transaction.at, by]
	);
}

export interface Scan {
	readonly scanId: string;
	readonly fileName: string;
	readonly uploadedAt: Date;
	/** null: not read yet */
	readonly outcome: ReadingOutcome | null;
}

export const scansOnAPage = 50;

/**
 * Pictures of which nobody knows yet what form they show, the newest first, a page of them.
 * @param before the last one of the page before
 */
export async function unfiledScans(queryable: Queryable, topicId: string, before: string | null = null): Promise<Scan[]> {
	const { rows } = await queryable.query<Scan>(
		`
			select s.scan_id as "scanId", s.file_name as "fileName", s.uploaded_at as "uploadedAt", r.outcome
			from paper_scans s
			left join paper_readings r using (topic_id, scan_id)
			where s.topic_id = $1 and s.file_sha256 is not null and not exists (
				select from paper_filings f where f.topic_id = s.topic_id and f.scan_id = s.scan_id)
				and ($2::uuid is null or s.scan_id < $2)
			order by s.scan_id desc
			limit ${scansOnAPage}`,
		[topicId, before]
	);
	return rows;
}

/** The bytes of a picture, by its id; refuses what was forgotten. */
export async function fileOfScan(
	queryable: Queryable,
	{ topicId, scanId }: NamedScan
): Promise<{ sha256: string; mediaType: string; size: number }> {
	const { rows } = await queryable.query<{ sha256: string; mediaType: string; size: number }>(
		`
			select encode(file_sha256, 'hex') as sha256, media_type as "mediaType", size
			from paper_scans
			where topic_id = $1 and scan_id = $2 and file_sha256 is not null`,
		[topicId, scanId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}
