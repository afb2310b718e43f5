import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, nilTopic, type Database, type Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { addJob, progressOf, type JobProgress } from '#jobs/jobs.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import { bringIn, mayBringIn, type BringingIn } from '#sheets/bringing-in.server.ts';
import type { Field } from '#sheets/fields.ts';
import { markOfHeadings, prepareSheet, type Mapping, type Prepared } from '#sheets/preparing.server.ts';
import { isError, type Remark, type SheetKind, type SheetRead } from '#sheets/sheet.ts';
import { firstRows, type ShownRow } from '#sheets/showing.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** What a look at a sheet found. */
export interface Found extends Pick<SheetRead, 'format' | 'encoding' | 'delimiter' | 'name'> {
	/** from 0 */
	readonly headingRow: number;
	readonly headings: readonly string[];
	readonly fields: readonly (Field | null)[];
	readonly rows: number;
	readonly added: number;
	readonly there: number;
	readonly errors: number;
	/** the first rows as they will be */
	readonly first: readonly ShownRow[];
}

export interface Done {
	readonly rows: number;
	readonly added: number;
}

export type Refused = { readonly refused: RefusalCode; readonly values: Readonly<Record<string, string | number>> };

/** A sheet at the desk, with what is known of it so far. */
export interface Sheet {
	readonly topicId: string;
	readonly sheetId: string;
	readonly kind: SheetKind;
	readonly fileName: string;
	readonly uploadedAt: Date;
	readonly preview: Found | Refused | null;
	readonly outcome: Done | Refused | null;
	/** errors first; of many only the beginning */
	readonly remarks: readonly Remark[];
	readonly remarksInAll: number;
	/** of the step that waits or runs */
	readonly progress: JobProgress | null;
}

const shownRemarks = 50;

type Step = 'preview' | 'import';
const taskOf: Readonly<Record<Step, string>> = { preview: 'sheets.preview', import: 'sheets.bring-in' };
const keyOf = (step: Step, sheetId: string) => `${step} sheet ${sheetId}`;

/** A file that lies in the file store already is looked at by a job. */
export async function uploadSheet(
	database: Database,
	{ topicId, kind, sha256, fileName }: { topicId: string; kind: SheetKind; sha256: string; fileName: string },
	actor: Actor
): Promise<{ sheetId: string }> {
	refuse(actor, kind, topicId);
	return inTransaction(database, async (transaction) => {
		const sheetId = uuidv7();
		await transaction.query(
			`
				insert into sheets (topic_id, sheet_id, kind, file_name, uploaded_at, uploaded_by)
				values ($1, $2, $3, $4, $5, $6)`,
			[topicId, sheetId, kind, fileName.replaceAll('\0', '').slice(0, 200), transaction.at, accountOf(actor)]
		);
		await transaction.query(
			`
				insert into sheet_files (topic_id, sheet_id, file_sha256)
				values ($1, $2, decode($3, 'hex'))`,
			[topicId, sheetId, sha256]
		);
		await addJob(transaction, taskOf.preview, { topicId, sheetId }, { jobKey: keyOf('preview', sheetId), watched: true });
		await record(transaction, { topicId, actor, did: 'uploaded', kind: 'sheet', thingId: sheetId, details: { kind } });
		return { sheetId };
	});
}

/** A person says what the columns mean: remembered for the next sheet with the same headings, and this one is looked at again. */
export async function mapSheet(
	database: Database,
	topicId: string,
	sheetId: string,
	mapping: Mapping,
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { kind, preview } = await sheetOf(transaction, topicId, sheetId);
		refuse(actor, kind, topicId);
		if (!preview || 'refused' in preview) throw refusal('not-found');
		const { headingRow, fields } = mapping;
		await transaction.query(
			`
				insert into sheet_mappings (topic_id, sheet_id, version, kind, headings, heading_row, fields, mapped_at, mapped_by)
				select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8
				from sheet_mappings
				where topic_id = $1 and sheet_id = $2`,
			[
				...[topicId, sheetId, kind, markOfHeadings(preview.headings), headingRow],
				...[JSON.stringify(fields), transaction.at, accountOf(actor)]
			]
		);
		await addJob(transaction, taskOf.preview, { topicId, sheetId }, { jobKey: keyOf('preview', sheetId), watched: true });
	});
}

/** The person has seen the preview; asked twice, it adds nothing twice. */
export async function startSheet(database: Database, topicId: string, sheetId: string, actor: Actor): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { kind, preview, outcome } = await sheetOf(transaction, topicId, sheetId);
		refuse(actor, kind, topicId);
		if (!preview || 'refused' in preview || (outcome && !('refused' in outcome))) throw refusal('changed-meanwhile');
		if (preview.errors > 0) throw refusal('sheet-has-errors');
		await record(transaction, { topicId, actor, did: 'had brought in', kind: 'sheet', thingId: sheetId, details: { kind } });
		await addJob(transaction, taskOf.import, { topicId, sheetId }, { jobKey: keyOf('import', sheetId), watched: true });
	});
}

export async function sheetOf(queryable: Queryable, topicId: string, sheetId: string): Promise<Sheet> {
	const { rows } = await queryable.query<Omit<Sheet, 'progress'>>(
		`
			select s.topic_id as "topicId", s.sheet_id as "sheetId", s.kind, s.file_name as "fileName", s.uploaded_at as "uploadedAt",
				p.outcome as preview, d.outcome,
				jsonb_path_query_array(coalesce(p.remarks, '[]'), '$[0 to ${shownRemarks - 1}]') as remarks,
				jsonb_array_length(coalesce(p.remarks, '[]')) as "remarksInAll"
			from sheets s
			left join sheet_outcomes p on p.topic_id = s.topic_id and p.sheet_id = s.sheet_id and p.step = 'preview'
			left join sheet_outcomes d on d.topic_id = s.topic_id and d.sheet_id = s.sheet_id and d.step = 'import'
			where s.topic_id = $1 and s.sheet_id = $2`,
		[topicId, sheetId]
	);
	if (!rows[0]) throw refusal('not-found');
	const progress =
		(await underWay(queryable, topicId, keyOf('import', sheetId))) ??
		(await underWay(queryable, topicId, keyOf('preview', sheetId)));
	return { ...rows[0], progress };
}

/** All that was said of rows and cells, errors first. */
export async function remarksOf(queryable: Queryable, topicId: string, sheetId: string): Promise<Remark[]> {
	const { rows } = await queryable.query<{ remarks: Remark[] }>(
		`select remarks from sheet_outcomes where topic_id = $1 and sheet_id = $2 and step = 'preview'`,
		[topicId, sheetId]
	);
	return rows[0]?.remarks ?? [];
}

export interface ListedSheet {
	readonly sheetId: string;
	readonly kind: SheetKind;
	readonly fileName: string;
	readonly uploadedAt: Date;
	readonly added: number | null;
}

/** The sheets of a topic, the newest first. */
export async function sheetsOf(queryable: Queryable, topicId: string): Promise<ListedSheet[]> {
	const { rows } = await queryable.query<ListedSheet>(
		`
			select s.sheet_id as "sheetId", s.kind, s.file_name as "fileName", s.uploaded_at as "uploadedAt", (d.outcome ->> 'added')::int as added
			from sheets s
			left join sheet_outcomes d on d.topic_id = s.topic_id and d.sheet_id = s.sheet_id and d.step = 'import'
			where s.topic_id = $1
			order by s.sheet_id desc
			limit 20`,
		[topicId]
	);
	return rows;
}

/** Waits a little for the step that was just asked for, so that most people see its result at once, with script or without. */
export async function stepDone(database: Database, topicId: string, sheetId: string, milliseconds = 4000): Promise<void> {
	const until = performance.now() + milliseconds;
	while (performance.now() < until) {
		const { progress } = await sheetOf(database, topicId, sheetId);
		if (progress === null) return;
		await new Promise((resolve) => setTimeout(resolve, 80));
	}
}

export interface SheetWork {
	readonly keys: TopicKeys;
	readonly files: FileStore;
	readonly origin: string;
	readonly progress?: BringingIn['progress'];
}

/** The work of the two jobs; a sheet that is refused ends as an outcome that says why. */
export async function runSheetStep(
	database: Database,
	{ keys, files, origin, progress }: SheetWork,
	step: Step,
	{ topicId, sheetId }: { topicId: string; sheetId: string }
): Promise<void> {
	const sheet = await sheetOf(database, topicId, sheetId);
	const file = await fileOf(database, topicId, sheetId);
	// brought in by a job that ran before this one
	if (file === null) return;
	const slug = topicId === nilTopic ? null : (await topicOf(database, topicId)).slug;
	const prepared = await orRefused(async () =>
		prepareSheet(
			database,
			keys,
			{ topicId, kind: sheet.kind, slug },
			await bytesOf(files, file),
			await mappingOf(database, topicId, sheetId)
		)
	);
	if (step === 'preview' || 'refused' in prepared) {
		const remarks = 'refused' in prepared ? [] : [...prepared.errors, ...prepared.remarks.filter((remark) => !isError(remark))];
		const outcome = 'refused' in prepared ? prepared : found(prepared);
		await keep(database, topicId, sheetId, step, outcome, remarks);
		return;
	}
	const actor: Actor = { kind: 'job', name: 'sheets' };
	const work = { topicId, kind: sheet.kind, origin, ...(progress && { progress }) };
	const done = await orRefused(async () => {
		if (prepared.errors.length > 0) throw refusal('sheet-has-errors');
		return inTransaction(database, async (transaction) => {
			const added = await bringIn(transaction, work, prepared.fresh, actor, sheetId);
			const outcome: Done = { rows: prepared.rows, added };
			await transaction.query(writeOutcome, [topicId, sheetId, 'import', JSON.stringify(outcome), '[]', transaction.at]);
			// the words of people stand in what came in: a second copy would outlive their erasure
			await transaction.query(`delete from sheet_outcomes where topic_id = $1 and sheet_id = $2 and step = 'preview'`, [
				topicId,
				sheetId
			]);
			await transaction.query(`delete from sheet_files where topic_id = $1 and sheet_id = $2`, [topicId, sheetId]);
			return outcome;
		});
	});
	if ('refused' in done) await keep(database, topicId, sheetId, 'import', done, []);
	else await files.remove(file);
}

/** Sheets that nobody brought in within a week go, and their files with them. */
export async function tidySheets(database: Database, files: FileStore): Promise<void> {
	const gone = await inTransaction(database, (transaction) =>
		transaction.query<{ sha256: string }>(
			`
				with old as (
					delete from sheet_files f
					using sheets s
					where s.topic_id = f.topic_id and s.sheet_id = f.sheet_id and s.uploaded_at < $1::timestamptz - interval '7 days'
					returning f.topic_id, f.sheet_id, f.file_sha256
				), forgotten as (
					delete from sheet_outcomes o
					using old
					where o.topic_id = old.topic_id and o.sheet_id = old.sheet_id
				)
				select encode(file_sha256, 'hex') as sha256 from old`,
			[transaction.at]
		)
	);
	for (const { sha256 } of gone.rows) await files.remove(sha256);
}

function refuse(actor: Actor, kind: SheetKind, topicId: string): void {
	if (!mayBringIn(actor, kind, topicId)) throw refusal('not-allowed');
	if ((kind === 'organisations') !== (topicId === nilTopic)) throw refusal('not-found');
}

function found({ read, columns, rows, fresh, drafts, errors }: Prepared): Found {
	const { format, encoding, delimiter, name } = read;
	const { headingRow, headings, fields } = columns;
	return {
		...{ format, encoding, delimiter, name, headingRow, headings, fields, rows },
		added: fresh.length,
		there: drafts.length - fresh.length,
		errors: errors.length,
		first: firstRows(drafts)
	};
}

async function underWay(queryable: Queryable, topicId: string, jobKey: string): Promise<JobProgress | null> {
	const progress = await progressOf(queryable, topicId, jobKey);
	return progress && (progress.state === 'waiting' || progress.state === 'running') ? progress : null;
}

async function fileOf(queryable: Queryable, topicId: string, sheetId: string): Promise<string | null> {
	const { rows } = await queryable.query<{ sha256: string }>(
		`select encode(file_sha256, 'hex') as sha256 from sheet_files where topic_id = $1 and sheet_id = $2`,
		[topicId, sheetId]
	);
	return rows[0]?.sha256 ?? null;
}

async function mappingOf(queryable: Queryable, topicId: string, sheetId: string): Promise<Mapping | null> {
	const { rows } = await queryable.query<Mapping>(
		`
			select heading_row as "headingRow", fields
			from sheet_mappings
			where topic_id = $1 and sheet_id = $2
			order by version desc
			limit 1`,
		[topicId, sheetId]
	);
	return rows[0] ?? null;
}

async function orRefused<Result extends object>(work: () => Promise<Result>): Promise<Result | Refused> {
	try {
		return await work();
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return { refused: error.code, values: error.values };
	}
}

const writeOutcome = `
	insert into sheet_outcomes (topic_id, sheet_id, step, outcome, remarks, at)
	values ($1, $2, $3, $4, $5, $6)
	on conflict (topic_id, sheet_id, step) do update
	set outcome = excluded.outcome, remarks = excluded.remarks, at = excluded.at`;

async function keep(
	database: Database,
	topicId: string,
	sheetId: string,
	step: Step,
	outcome: object,
	remarks: readonly Remark[]
): Promise<void> {
	await inTransaction(database, (transaction) =>
		transaction.query(writeOutcome, [topicId, sheetId, step, JSON.stringify(outcome), JSON.stringify(remarks), transaction.at])
	);
}
