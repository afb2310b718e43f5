import type { Database, Queryable } from '#database/connection.server.ts';
import type { JobProgress } from '#jobs/jobs.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import type { Field } from '#sheets/fields.ts';
import type { GroupedRemark } from '#sheets/grouping.ts';
import type { Remark, SheetKind, SheetRead } from '#sheets/sheet.ts';
import type { ShownRow } from '#sheets/showing.ts';
import { underWay } from '#sheets/steps.server.ts';

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
	/** what is said of rows and cells, each once, errors first; of many only the beginning */
	readonly told: readonly GroupedRemark[];
	readonly toldInAll: number;
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
	/** of the step that waits or runs */
	readonly progress: JobProgress | null;
}

export async function sheetOf(queryable: Queryable, topicId: string, sheetId: string): Promise<Sheet> {
	const { rows } = await queryable.query<Omit<Sheet, 'progress'>>(
		`
			select s.topic_id as "topicId", s.sheet_id as "sheetId", s.kind, s.file_name as "fileName", s.uploaded_at as "uploadedAt",
				p.outcome as preview, d.outcome
			from sheets s
			left join sheet_outcomes p on p.topic_id = s.topic_id and p.sheet_id = s.sheet_id and p.step = 'preview'
			left join sheet_outcomes d on d.topic_id = s.topic_id and d.sheet_id = s.sheet_id and d.step = 'import'
			where s.topic_id = $1 and s.sheet_id = $2`,
		[topicId, sheetId]
	);
	if (!rows[0]) throw refusal('not-found');
	return { ...rows[0], progress: await underWay(queryable, { topicId, sheetId }) };
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
		if ((await underWay(database, { topicId, sheetId })) === null) return;
		await new Promise((resolve) => setTimeout(resolve, 80));
	}
}
