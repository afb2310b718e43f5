import { inTransaction, nilTopic, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import { bringIn, type BringingIn } from '#sheets/bringing-in.server.ts';
import { prepareSheet, type Mapping, type Prepared } from '#sheets/preparing.server.ts';
import { grouped } from '#sheets/grouping.ts';
import { isError, type Remark } from '#sheets/sheet.ts';
import { firstRows } from '#sheets/showing.ts';
import type { Step } from '#sheets/steps.server.ts';
import { sheetOf, type Done, type Found, type Refused, type Sheet } from '#sheets/uploaded.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

export interface SheetWork {
	readonly keys: TopicKeys;
	readonly files: FileStore;
	readonly origin: string;
	readonly progress?: BringingIn['progress'];
}

/** The work of the two jobs; a sheet that is refused ends as an outcome that says why. */
export async function runSheetStep(
	database: Database,
	work: SheetWork,
	step: Step,
	{ topicId, sheetId }: { topicId: string; sheetId: string }
): Promise<void> {
	const sheet = await sheetOf(database, topicId, sheetId);
	const file = await fileOf(database, topicId, sheetId);
	// brought in by a job that ran before this one
	if (file === null) return;
	const mapping = await mappingOf(database, topicId, sheetId);
	const slug = topicId === nilTopic ? null : (await topicOf(database, topicId)).slug;
	const prepared = await orRefused(async () =>
		prepareSheet(database, work.keys, { topicId, kind: sheet.kind, slug }, await bytesOf(work.files, file), mapping)
	);
	if ('refused' in prepared) return keep(database, sheet, step, prepared);
	if (step === 'preview') {
		const remarks = remarksOn(prepared);
		return keep(database, sheet, 'preview', found(prepared, remarks), remarks);
	}
	const done = await orRefused(() => bringInWhole(database, work, sheet, prepared));
	if ('refused' in done) await keep(database, sheet, 'import', done);
	else await work.files.remove(file);
}

async function bringInWhole(database: Database, work: SheetWork, sheet: Sheet, prepared: Prepared): Promise<Done> {
	if (prepared.errors.length > 0) throw refusal('sheet-has-errors');
	const { topicId, sheetId, kind } = sheet;
	const wishes = { topicId, kind, origin: work.origin, ...(work.progress && { progress: work.progress }) };
	return inTransaction(database, async (transaction) => {
		const added = await bringIn(transaction, wishes, prepared.fresh, { kind: 'job', name: 'sheets' }, sheetId);
		const done: Done = { rows: prepared.rows, added };
		await keep(transaction, sheet, 'import', done);
		// the words of people stand in what came in: a second copy would outlive their erasure
		await transaction.query(`delete from sheet_outcomes where topic_id = $1 and sheet_id = $2 and step = 'preview'`, [
			topicId,
			sheetId
		]);
		await transaction.query(`delete from sheet_files where topic_id = $1 and sheet_id = $2`, [topicId, sheetId]);
		return done;
	});
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

const mostTold = 50;

function found({ read, columns, rows, fresh, drafts, errors }: Prepared, remarks: readonly Remark[]): Found {
	const told = grouped(remarks);
	const { format, encoding, delimiter, name } = read;
	const { headingRow, headings, fields } = columns;
	return {
		...{ format, encoding, delimiter, name, headingRow, headings, fields, rows },
		added: fresh.length,
		there: drafts.length - fresh.length,
		errors: errors.length,
		first: firstRows(drafts),
		told: told.slice(0, mostTold),
		toldInAll: told.length
	};
}

/** Errors first. */
function remarksOn({ errors, remarks }: Prepared): Remark[] {
	return [...errors, ...remarks.filter((remark) => !isError(remark))];
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

async function keep(
	database: Database | Transaction,
	{ topicId, sheetId }: Sheet,
	step: Step,
	outcome: Found | Done | Refused,
	remarks: readonly Remark[] = []
): Promise<void> {
	await inTransaction(database, (transaction) =>
		transaction.query(
			`
				insert into sheet_outcomes (topic_id, sheet_id, step, outcome, remarks, at)
				values ($1, $2, $3, $4, $5, $6)
				on conflict (topic_id, sheet_id, step) do update
				set outcome = excluded.outcome, remarks = excluded.remarks, at = excluded.at`,
			[topicId, sheetId, step, JSON.stringify(outcome), JSON.stringify(remarks), transaction.at]
		)
	);
}
