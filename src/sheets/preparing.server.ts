import { createHash } from 'node:crypto';
import type { Database, Queryable } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { invitedTo } from '#people/invitations/inviting.server.ts';
import { organisationsWith } from '#people/organisation-names.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { columnsAt, headingKeys, proposedColumns, withFields, type Columns, type NamesOfFields } from '#sheets/columns.ts';
import { draftsOf, draftsOfKind, type Draft, type Fresh } from '#sheets/drafts.ts';
import { fieldsOf } from '#sheets/fields.ts';
import { hereOf } from '#sheets/here.server.ts';
import { readSheet } from '#sheets/reading.server.ts';
import { keysKnown } from '#sheets/remembering.server.ts';
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
	readonly fresh: readonly Fresh[];
	readonly drafts: readonly Draft[];
	readonly remarks: readonly Remark[];
	readonly errors: readonly Remark[];
}

/** Where a sheet of which kind is to come in. */
export interface Destination {
	/** the nil topic for organisations */
	readonly topicId: string;
	readonly kind: SheetKind;
	/** the address of the topic; null: it has none */
	readonly slug: string | null;
}

/** Looks through a sheet, and writes nothing. Throws refusals for what cannot be read or is too large. */
export async function prepareSheet(
	database: Database,
	keys: TopicKeys,
	destination: Destination,
	bytes: Uint8Array,
	mapping: Mapping | null = null
): Promise<Prepared> {
	const { topicId, kind } = destination;
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
	const fresh = await notThere(database, keys, destination, drafts);
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
	{ topicId, kind, slug }: Destination,
	drafts: readonly Draft[]
): Promise<Fresh[]> {
	if (drafts.length === 0) return [];
	switch (kind) {
		case 'organisations':
			return organisationsNotThere(database, drafts);
		case 'invitations':
			return guestsNotInvited(database, topicId, drafts);
		case 'ideas':
		case 'submissions': {
			const fresh = await rowsNotThere(database, keys, topicId, drafts);
			if (slug === null) return fresh;
			// our own export of this very topic: what has an address here is here
			const here = `${kind} is /topics/${slug}/${kind}/`;
			return fresh.filter(({ identity }) => !identity.startsWith(here));
		}
	}
}

async function organisationsNotThere(database: Database, drafts: readonly Draft[]): Promise<Fresh[]> {
	const organisations = draftsOfKind(drafts, 'organisations');
	const there = await organisationsWith(
		database,
		organisations.map(({ thing }) => thing.name)
	);
	return organisations.filter((_, index) => there[index] === null).map((draft) => ({ ...draft, key: null }));
}

async function guestsNotInvited(database: Database, topicId: string, drafts: readonly Draft[]): Promise<Fresh[]> {
	const { rows } = await database.query<{ at: Date }>(`select clock_timestamp() + $1::float8 * interval '1 millisecond' as at`, [
		database.clockShift
	]);
	const there = await invitedTo(database, topicId, rows[0]!.at);
	return draftsOfKind(drafts, 'invitations')
		.filter(({ thing: { role, email } }) => !there.has(`${role} ${email}`))
		.map((draft) => ({ ...draft, key: null }));
}

async function rowsNotThere(database: Database, keys: TopicKeys, topicId: string, drafts: readonly Draft[]): Promise<Fresh[]> {
	const hashes = await keys.hashAll(
		topicId,
		drafts.map(({ identity }) => identity)
	);
	const known = await keysKnown(database, topicId, hashes);
	return drafts.map((draft, index) => ({ ...draft, key: hashes[index]! })).filter(({ key }) => !known.has(key.toString('hex')));
}
