import { record } from '#activity/recording.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { isRapporteur } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { dropLater } from '#contributions/erasing.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { addJob, progressOf, type JobProgress } from '#jobs/jobs.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import { importSubmissions, previewSubmissions, type ImportReport, type ImportWishes } from './importing.server.ts';
import { zipSource } from './sources.server.ts';

/** A zip of submissions at the desk, with what is known of it so far. */
export interface Upload {
	readonly importId: string;
	readonly fileName: string;
	/** null: brought in, and gone */
	readonly sha256: string | null;
	readonly uploadedAt: Date;
	readonly preview: UploadOutcome | null;
	readonly outcome: UploadOutcome | null;
	/** of the step that waits or runs */
	readonly progress: JobProgress | null;
}

export type UploadOutcome = (ImportReport & { readonly titles?: readonly string[] }) | { readonly refused: RefusalCode };

type Step = 'preview' | 'import';

/** A zip that lies in the file store already is looked at by a job. */
export async function uploadSubmissions(
	database: Database,
	{ topicId, sha256, fileName }: { topicId: string; sha256: string; fileName: string },
	actor: Actor
): Promise<{ importId: string }> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const importId = uuidv7();
		await transaction.query(
			`
				insert into imports (topic_id, import_id, file_sha256, file_name, uploaded_at, uploaded_by)
				values ($1, $2, decode($3, 'hex'), $4, $5, $6)`,
			[topicId, importId, sha256, fileName.replaceAll('\0', '').slice(0, 200), transaction.at, accountOf(actor)]
		);
		await addJob(transaction, taskOf.preview, { topicId, importId }, { jobKey: keyOf('preview', importId), watched: true });
		await record(transaction, { topicId, actor, did: 'uploaded', kind: 'topic', thingId: topicId, details: { importId } });
		return { importId };
	});
}

/**
 * The person has seen the preview, and has the submissions brought in by a job; asked twice it runs once after the other and adds nothing
 * twice.
 */
export async function startImport(database: Database, topicId: string, importId: string, actor: Actor): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await uploadOf(transaction, topicId, importId);
		await addJob(transaction, taskOf.import, { topicId, importId }, { jobKey: keyOf('import', importId), watched: true });
	});
}

export async function uploadOf(queryable: Queryable, topicId: string, importId: string): Promise<Upload> {
	const { rows } = await queryable.query<Omit<Upload, 'progress'>>(`${selectUploads} and i.import_id = $2`, [topicId, importId]);
	const upload = rows[0];
	if (!upload) throw refusal('not-found');
	const progress =
		(await progressOf(queryable, topicId, keyOf('import', importId))) ??
		(await progressOf(queryable, topicId, keyOf('preview', importId)));
	return { ...upload, progress: progress && isUnderWay(progress) ? progress : null };
}

/** The zips of a topic, the newest first. */
export async function uploadsOf(queryable: Queryable, topicId: string): Promise<Omit<Upload, 'progress'>[]> {
	const { rows } = await queryable.query<Omit<Upload, 'progress'>>(`${selectUploads} order by i.import_id desc limit 20`, [
		topicId
	]);
	return rows;
}

/** Looks at an uploaded zip again: after a person has corrected what a sector or region means. */
export async function previewAgain(database: Database, topicId: string, importId: string, actor: Actor): Promise<void> {
	if (!isRapporteur(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, (transaction) =>
		addJob(transaction, taskOf.preview, { topicId, importId }, { jobKey: keyOf('preview', importId), watched: true })
	);
}

/** The work of the two jobs; a zip that is refused ends as an outcome that says why. */
export async function runUploadStep(
	database: Database,
	files: FileStore,
	step: Step,
	{ topicId, importId }: { topicId: string; importId: string },
	wishes: ImportWishes = {}
): Promise<void> {
	const { sha256 } = await uploadOf(database, topicId, importId);
	// brought in by a job that ran before this one
	if (sha256 === null) return;
	const outcome = await outcomeOf(async () => {
		const source = zipSource(await bytesOf(files, sha256));
		if (step === 'preview') return previewSubmissions(database, source, topicId, wishes);
		return importSubmissions(database, files, source, topicId, { kind: 'job', name: 'import' }, wishes);
	});
	await inTransaction(database, async (transaction) => {
		await transaction.query(
			`
				insert into import_outcomes (topic_id, import_id, step, outcome, at)
				values ($1, $2, $3, $4, $5)
				on conflict (topic_id, import_id, step) do update set outcome = excluded.outcome, at = excluded.at`,
			[topicId, importId, step, JSON.stringify(outcome), transaction.at]
		);
		if (step === 'import' && !('refused' in outcome)) await forgetZip(transaction, { topicId, importId, sha256 });
	});
}

/** The words of people stand in what came in: a second copy would outlive their erasure. */
async function forgetZip(
	transaction: Transaction,
	{ topicId, importId, sha256 }: { topicId: string; importId: string; sha256: string }
): Promise<void> {
	const key = [topicId, importId];
	await transaction.query(`update imports set file_sha256 = null where topic_id = $1 and import_id = $2`, key);
	await transaction.query(`delete from import_outcomes where topic_id = $1 and import_id = $2 and step = 'preview'`, key);
	await dropLater(transaction, topicId, [sha256]);
}

/** A week later zips that nobody brought in go, and of the others what their forms said; the numbers stay. For the jobs process. */
export async function tidyUploads(database: Database): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const before = new Date(transaction.at.getTime() - 7 * 24 * 3_600_000);
		const { rows } = await transaction.query<{ topicId: string; sha256: string }>(
			`
				delete from imports
				where uploaded_at < $1 and file_sha256 is not null
				returning topic_id as "topicId", encode(file_sha256, 'hex') as sha256`,
			[before]
		);
		for (const { topicId, sha256 } of rows) await dropLater(transaction, topicId, [sha256]);
		await transaction.query(
			`
				update import_outcomes
				set outcome = outcome || '{"errors": [], "unknown": {"sectors": [], "regions": []}}'
				where at < $1 and step = 'import' and not outcome ? 'refused'
					and (outcome -> 'errors' <> '[]' or outcome -> 'unknown' <> '{"sectors": [], "regions": []}')`,
			[before]
		);
	});
}

const taskOf: Readonly<Record<Step, string>> = { preview: 'contributions.preview-import', import: 'contributions.import' };

function keyOf(step: Step, importId: string): string {
	return `${step} ${importId}`;
}

function isUnderWay({ state }: JobProgress): boolean {
	return state === 'waiting' || state === 'running';
}

async function outcomeOf(work: () => Promise<ImportReport>): Promise<UploadOutcome> {
	try {
		return await work();
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return { refused: error.code };
	}
}

const selectUploads = `
	select i.import_id as "importId", i.file_name as "fileName", encode(i.file_sha256, 'hex') as sha256, i.uploaded_at as "uploadedAt",
		p.outcome as preview, d.outcome
	from imports i
	left join import_outcomes p on p.topic_id = i.topic_id and p.import_id = i.import_id and p.step = 'preview'
	left join import_outcomes d on d.topic_id = i.topic_id and d.import_id = i.import_id and d.step = 'import'
	where i.topic_id = $1`;
