import { readFile } from 'node:fs/promises';
import type { Actor } from '#activity/actor.ts';
import { line, note, wrong } from '#cli/console.ts';
import { topicForImport } from '#contributions/intake/importing.server.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { adviceFor } from '#sheets/allowed.server.ts';
import { bringIn } from '#sheets/bringing-in.server.ts';
import type { Field } from '#sheets/fields.ts';
import { prepareSheet } from '#sheets/preparing.server.ts';
import { readSheet } from '#sheets/reading.server.ts';
import { columnName, isError, isSheetKind, sheetKinds, type Remark, type SheetKind } from '#sheets/sheet.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

export interface SheetReport {
	readonly rows: number;
	readonly added: number;
	readonly unchanged: number;
	/** an error keeps the whole sheet out */
	readonly errors: readonly {
		readonly row: number | null;
		readonly cell: string | null;
		readonly code: string;
		readonly sentence: string;
	}[];
	readonly notes: number;
}

/** The kind that was asked for; people are those to be invited. */
export function kindOfSheet(text: string | undefined): SheetKind {
	const kind = text === 'people' ? 'invitations' : text;
	if (!isSheetKind(kind)) throw wrong(`--kind is needed: ${sheetKinds.join(', ')}.`);
	return kind;
}

/** Looks a sheet through and brings it in, whole or not at all. */
export async function importSheet(
	database: Database,
	settings: Settings,
	{ path, kind, slug }: { path: string; kind: SheetKind; slug: string | null },
	actor: Actor
): Promise<SheetReport> {
	const bytes = await readFile(path);
	// no draft is made for what is no sheet
	if (slug !== null && (await topicIdAtAddress(database, slug)) === undefined) await readSheet(bytes);
	const { topicId, isNew } = slug === null ? { topicId: nilTopic, isNew: false } : await topicForImport(database, slug, actor);
	if (isNew) note(`A draft topic was made at /topics/${slug}.`);
	const keys = topicKeys({ folder: settings.data, secret: settings.secret ?? undefined });
	const prepared = await prepareSheet(database, keys, { topicId, kind, slug }, bytes);
	const { rows, drafts, fresh, errors, remarks } = prepared;
	const advice = await adviceFor(database, topicId, errors, speakerOf('en'));
	const told = {
		rows,
		errors: errors.map(({ code, row = null, column, values = {} }) => {
			const more = advice({ code, values }, column === undefined ? null : prepared.columns.fields[column]!);
			return {
				row,
				cell: row === null || column === undefined ? null : `${columnName(column)}${row}`,
				code,
				sentence: [sentenceOf({ code, values }), more].filter(Boolean).join(' ')
			};
		}),
		notes: remarks.filter((remark) => !isError(remark)).length
	};
	if (errors.length > 0) return { ...told, added: 0, unchanged: drafts.length - fresh.length };
	const origin = settings.origin ?? `http://localhost:${settings.port}`;
	const added = await inTransaction(database, (transaction) => bringIn(transaction, { topicId, kind, origin }, fresh, actor));
	return { ...told, added, unchanged: rows - added };
}

export function tellSheet({ rows, added, unchanged, errors, notes }: SheetReport): void {
	console.log(`rows    ${rows} (${added} added, ${unchanged} there already or twice)`);
	console.log(`errors  ${errors.length}`);
	console.log(`notes   ${notes}`);
	// the same mistake of many rows is one line
	const lines = Map.groupBy(errors, ({ sentence }) => sentence);
	for (const [sentence, same] of [...lines].slice(0, 50)) {
		const places = same.map(({ row, cell }) => cell ?? (row === null ? 'sheet' : `row ${row}`));
		const more = places.length > 4 ? ` … ${places.length - 3} more` : '';
		line(`${places.slice(0, more === '' ? 4 : 3).join(', ')}${more}: ${sentence}`);
	}
	if (lines.size > 50) console.log(`and ${lines.size - 50} other mistakes: --json has all of them`);
}

function sentenceOf({ code, values }: Required<Pick<Remark, 'code' | 'values'>>): string {
	const say = speakerOf('en');
	if (code === 'column-missing')
		return say('sheets.column-missing', { field: say(`sheets.field-${String(values['field']) as Field}`) });
	return say(`sheets.${code}`, values);
}
