import { createHash } from 'node:crypto';
import type { Database, Queryable } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { invitedTo } from '#people/invitations/inviting.server.ts';
import { organisationsWith } from '#people/organisation-names.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { columnsAt, headingKeys, proposedColumns, withFields, type Columns, type NamesOfFields } from '#sheets/columns.ts';
import { draftsOf, type Draft, type InvitationOfSheet, type OrganisationOfSheet } from '#sheets/drafts.ts';
import { fieldsOf } from '#sheets/fields.ts';
import { hereOf } from '#sheets/here.server.ts';
import { readSheet } from '#sheets/reading.server.ts';
import { rowsBelow } from '#sheets/rows.ts';
import { isError, sheetLimits, type Remark, type SheetKind, type SheetRead } from '#sheets/sheet.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** What a person said of the columns of a sheet. */
export interface Mapping {
	readonly headingRow: number;
	/** a field by the key of its heading; empty: the column is not brought in */
	readonly fields: Readonly<Record<string, string>>;
}

/** A sheet that has been looked through whole: what would come in, what is there already, and what is wrong. */
export interface Prepared {
	readonly read: SheetRead;
	readonly columns: Columns;
	/** not empty, without the headings */
	readonly rows: number;
	/** what is not there yet, with the key of its row where one is kept */
	readonly fresh: readonly (Draft & { readonly key: Buffer | null })[];
	readonly drafts: readonly Draft[];
	readonly remarks: readonly Remark[];
	readonly errors: readonly Remark[];
}

/** @param topicId the nil topic for organisations */
export async function prepareSheet(
	database: Database,
	keys: TopicKeys,
	{ topicId, kind, slug }: { readonly topicId: string; readonly kind: SheetKind; readonly slug: string | null },
	bytes: Uint8Array,
	mapping: Mapping | null = null
): Promise<Prepared> {
	const read = await readSheet(bytes);
	const columns = await columnsOf(database, read, kind, mapping);
	const { rows, remarks: ofRows } = rowsBelow(read, columns, kind);
	if (kind === 'invitations' && rows.length > sheetLimits.invitations) {
		throw refusal('sheet-too-large', { rows: sheetLimits.invitations, columns: sheetLimits.columns });
	}
	const isMapped = !ofRows.some(({ code }) => code === 'column-missing');
	// without the column that matters every row would be told wrong
	const { drafts, remarks } = isMapped
		? draftsOf(rows, columns, kind, await hereOf(database, topicId))
		: { drafts: [], remarks: [] };
	const all = [...ofRows, ...remarks];
	const fresh = await notThere(database, keys, topicId, kind, slug, drafts);
	return { read, columns, rows: rows.length, fresh, drafts, remarks: all, errors: all.filter(isError) };
}

/** What marks a set of headings, in whatever order. */
export function markOfHeadings(headings: readonly string[]): Buffer {
	return createHash('sha256')
		.update(JSON.stringify(headingKeys(headings).sort()))
		.digest();
}

async function columnsOf(queryable: Queryable, read: SheetRead, kind: SheetKind, mapping: Mapping | null): Promise<Columns> {
	const names = namesOfFields(kind);
	if (mapping) return withFields(columnsAt(read.rows, kind, mapping.headingRow, names), kind, mapping.fields);
	const proposed = proposedColumns(read.rows, kind, names);
	const { rows } = await queryable.query<{ fields: Record<string, string> }>(
		`
			select fields
			from sheet_mappings
			where kind = $1 and headings = $2
			order by mapped_at desc
			limit 1`,
		[kind, markOfHeadings(proposed.headings)]
	);
	return rows[0] ? withFields(proposed, kind, rows[0].fields) : proposed;
}

function namesOfFields(kind: SheetKind): NamesOfFields {
	return Object.fromEntries(
		fieldsOf[kind].map((field) => [field, languageCodes.map((language) => speakerOf(language)(`sheets.field-${field}`))])
	);
}

async function notThere(
	database: Database,
	keys: TopicKeys,
	topicId: string,
	kind: SheetKind,
	slug: string | null,
	drafts: readonly Draft[]
): Promise<(Draft & { key: Buffer | null })[]> {
	if (drafts.length === 0) return [];
	const without = drafts.map((draft) => ({ ...draft, key: null }));
	if (kind === 'organisations') {
		const names = drafts.map(({ thing }) => (thing as OrganisationOfSheet).name);
		const there = await organisationsWith(database, names);
		return without.filter((_, index) => there[index] === null);
	}
	if (kind === 'invitations') {
		const { rows } = await database.query<{ at: Date }>(
			`select clock_timestamp() + $1::float8 * interval '1 millisecond' as at`,
			[database.clockShift]
		);
		const there = await invitedTo(database, topicId, rows[0]!.at);
		return without.filter(
			({ thing }) => !there.has(`${(thing as InvitationOfSheet).role} ${(thing as InvitationOfSheet).email}`)
		);
	}
	const hashes = await keys.hashAll(
		topicId,
		drafts.map(({ identity }) => identity)
	);
	const keyed = drafts.map((draft, index) => ({ ...draft, key: hashes[index]! }));
	const known = new Set<string>();
	for (let at = 0; at < keyed.length; at += 10_000) {
		const { rows } = await database.query<{ key: string }>(
			`select encode(row_key, 'hex') as key from sheet_rows where topic_id = $1 and row_key = any ($2::bytea[])`,
			[topicId, keyed.slice(at, at + 10_000).map(({ key }) => key)]
		);
		for (const { key } of rows) known.add(key);
	}
	// our own export of this very topic: what has an address here is here
	const here = slug === null ? null : `${kind} is /topics/${slug}/${kind}/`;
	return keyed.filter(({ key, identity }) => !known.has(key.toString('hex')) && !(here !== null && identity.startsWith(here)));
}
