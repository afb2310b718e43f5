import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { nilTopic } from '#database/connection.server.ts';
import { csvLine } from '#files/csv.ts';
import type { Say } from '#languages/speaking.ts';
import { membershipKinds } from '#people/organisations/reading.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayBringIn } from '#sheets/bringing-in.server.ts';
import { adviceFor } from '#sheets/allowed.server.ts';
import type { GroupedRemark } from '#sheets/grouping.ts';
import { fieldsOf, isFieldOf, type Field } from '#sheets/fields.ts';
import { headingKeys } from '#sheets/columns.ts';
import { columnName, isError, isSheetKind, sheetLimits, type Remark, type SheetKind } from '#sheets/sheet.ts';
import { remarksOf, sheetOf, sheetsOf, stepDone, type Done, type Found, type Refused } from '#sheets/uploaded.server.ts';
import { mapSheet, startSheet, uploadSheet } from '#sheets/uploading.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import type { Topic } from '#topics/topic.ts';
import { localized, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { membershipNames } from '#web/desk/membership-names.server.ts';
import { groupName } from '#web/talk/group-names.server.ts';

/** Whose sheets a page shows: those of a topic, or the institution's (nil topic). */
export interface Whose {
	readonly topicId: string;
	readonly kinds: readonly SheetKind[];
	/** the address of their list */
	readonly base: string;
}

const kindsOfTopic = ['ideas', 'submissions', 'invitations'] as const;

/** Of a talk, as far as the reader may bring them in. */
export function sheetsOfTopic(
	{ locals }: { readonly locals: App.Locals },
	{ topicId, slug }: Pick<Topic, 'topicId' | 'slug'>
): Whose {
	const kinds = kindsOfTopic.filter((kind) => mayBringIn(locals.actor, kind, topicId));
	return { topicId, kinds, base: `/desk/topics/${slug}/sheets` };
}

export const sheetsOfInstitution: Whose = { topicId: nilTopic, kinds: ['organisations'], base: '/desk/organisations/sheets' };

export async function sheetsPage(event: RequestEvent, { topicId, kinds }: Whose) {
	const sheets = (await sheetsOf(contextOf(event).database, topicId)).filter(({ kind }) => kinds.includes(kind));
	return { kinds, sheets, megabytes: sheetLimits.megabytes };
}

/** Keeps the file, has it looked through, and leads on to what was found. */
export async function takeSheet(event: RequestEvent, typed: FormData, { topicId, kinds, base }: Whose): Promise<never> {
	const { database, files } = contextOf(event);
	const { actor, say } = event.locals;
	const kind = typed.get('kind') ?? kinds[0];
	const file = typed.get('sheet');
	if (!isSheetKind(kind) || !kinds.includes(kind)) throw refusal('not-allowed');
	if (!(file instanceof File) || file.name === '') throw new WrongInput({ sheet: say('sheets.file-needed') });
	if (file.size === 0) throw new WrongInput({ sheet: say('refusals.sheet-empty') });
	const wishes = { mediaType: 'application/octet-stream', limit: sheetLimits.megabytes * 1024 * 1024 };
	const { sha256 } = await files.put(file.stream(), wishes);
	const { sheetId } = await uploadSheet(database, { topicId, kind, sha256, fileName: file.name }, actor);
	await stepDone(database, topicId, sheetId);
	redirect(303, localized(event, `${base}/${sheetId}`));
}

export async function sheetPage(event: RequestEvent, { topicId, kinds }: Whose, sheetId: string) {
	const { database } = contextOf(event);
	const { say } = event.locals;
	const sheet = await sheetOf(database, topicId, idIn(sheetId));
	const { preview, outcome, progress, kind, fileName } = sheet;
	if (!kinds.includes(kind)) throw refusal('not-found');
	const found = preview && !('refused' in preview) ? preview : null;
	const { told: remarks, toldInAll: remarksInAll } = found ?? { told: [], toldInAll: 0 };
	const advice = await adviceFor(database, topicId, remarks, say);
	return {
		...{ kind, fileName, remarksInAll },
		refused: refusedIn(outcome, say) ?? refusedIn(preview, say),
		found: found && (await shown(event, kind, found)),
		done: outcome && !('refused' in outcome) ? outcome : null,
		remarks: remarks.map((remark) => ({
			place: placesOf(remark, found, say),
			sentence: sentenceOf(remark, say),
			advice: advice(remark, fieldOf(remark, found)),
			isError: isError(remark)
		})),
		progress: progress && { done: progress.done, total: progress.total }
	};
}

const mapping = z.object({ headingRow: z.coerce.number().int().min(1).max(1000) });

/** What a person says of the columns; the sheet is looked at again. */
export async function takeMapping(
	event: RequestEvent,
	typed: FormData,
	{ topicId, base }: Whose,
	sheetId: string
): Promise<never> {
	const { database } = contextOf(event);
	const { actor, say } = event.locals;
	const { preview, kind } = await sheetOf(database, topicId, idIn(sheetId));
	if (!preview || 'refused' in preview) throw refusal('not-found');
	const read = mapping.safeParse({ headingRow: typed.get('headingRow') });
	if (!read.success) throw new WrongInput({ headingRow: say('sheets.heading-row-wrong') });
	const headingRow = read.data.headingRow - 1;
	// other headings have other meanings: those of before say nothing about them
	const isSameRow = headingRow === preview.headingRow;
	const fields = Object.fromEntries(
		headingKeys(preview.headings).flatMap((key, column) => {
			const field = typed.get(`column-${column}`);
			if (!isSameRow || typeof field !== 'string') return [];
			return [[key, isFieldOf(kind, field) ? field : '']];
		})
	);
	await mapSheet(database, topicId, sheetId, { headingRow, fields }, actor);
	await stepDone(database, topicId, sheetId);
	redirect(303, localized(event, `${base}/${sheetId}`));
}

export async function takeStart(event: RequestEvent, { topicId, base }: Whose, sheetId: string): Promise<never> {
	const { database } = contextOf(event);
	await startSheet(database, topicId, idIn(sheetId), event.locals.actor);
	await stepDone(database, topicId, sheetId);
	redirect(303, localized(event, `${base}/${sheetId}`));
}

/** Everything that was said of rows and cells, to work through in a spreadsheet. */
export async function remarksFile(event: RequestEvent, { topicId, kinds }: Whose, sheetId: string): Promise<Response> {
	const { database } = contextOf(event);
	const { say } = event.locals;
	const { preview, fileName, kind } = await sheetOf(database, topicId, idIn(sheetId));
	if (!kinds.includes(kind)) throw refusal('not-found');
	const found = preview && !('refused' in preview) ? preview : null;
	const remarks = await remarksOf(database, topicId, sheetId);
	const advice = await adviceFor(database, topicId, remarks, say);
	const lines = [
		[say('sheets.what'), say('sheets.row'), say('sheets.cell'), ''].map((value) => ({ value, isText: true })),
		...remarks.map((remark) => {
			const cell = remark.row === undefined || remark.column === undefined ? '' : `${columnName(remark.column)}${remark.row}`;
			return [
				{ value: [sentenceOf(remark, say), advice(remark, fieldOf(remark, found))].filter(Boolean).join(' '), isText: true },
				{ value: remark.row ?? '', isText: false },
				{ value: cell, isText: true },
				{ value: say(isError(remark) ? 'sheets.is-error' : 'sheets.is-note'), isText: true }
			];
		})
	];
	const name = encodeURIComponent(`${fileName.replace(/\.\w+$/, '')}-remarks.csv`);
	return new Response(`\ufeff${lines.map(csvLine).join('')}`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename*=UTF-8''${name}`,
			'cache-control': 'private, no-store'
		}
	});
}

async function shown(event: RequestEvent, kind: SheetKind, found: Found) {
	const { database } = contextOf(event);
	const { say } = event.locals;
	const institution = await institutionSeen(database);
	const memberships = new Map(
		membershipNames(institution.texts, await membershipKinds(database), say).map(({ value, label }) => [value, label])
	);
	const named = (field: Field, text: string): string => {
		if (field === 'groups') return groupName(institution, text, say);
		if (field === 'memberships') return memberships.get(text) ?? text;
		if (field === 'country') return say.country(text);
		if (field === 'language') return say.languageName(text);
		const key =
			field === 'region'
				? `regions.${text}`
				: field === 'role'
					? `roles.${text}`
					: field === 'kind'
						? `organisations.kind-${text}`
						: '';
		return say.knows(key) ? say(key) : text;
	};
	const used = fieldsOf[kind].filter((field: Field) => found.first.some(({ cells }) => cells[field] !== undefined));
	const { format, encoding, delimiter, name, headings, fields, headingRow, rows, added, there, errors } = found;
	return {
		...{ rows, added, there, errors, headingRow: headingRow + 1 },
		readAs:
			format === 'csv'
				? say('sheets.read-csv', { encoding: encoding ?? '', delimiter: delimiter === '\t' ? 'tab' : (delimiter ?? ',') })
				: say('sheets.read-workbook', { format: format.toUpperCase(), name: name ?? '' }),
		columns: headings.map((heading, column) => ({
			letter: columnName(column),
			heading: heading || say('sheets.no-heading'),
			field: fields[column] ?? ''
		})),
		options: fieldsOf[kind].map((field) => ({ value: field, label: say(`sheets.field-${field}`) })),
		used: used.map((field) => ({ field, label: say(`sheets.field-${field}`) })),
		first: found.first.map(({ row, cells }) => ({
			row,
			cells: used.map((field: Field) =>
				[cells[field] ?? []]
					.flat()
					.map((text) => named(field, text))
					.join(', ')
			)
		}))
	};
}

/** "rows 4, 9, 12 and 37 more, column B (Group)" */
function placesOf({ rows, more, column }: GroupedRemark, found: Found | null, say: Say): string {
	const [row] = rows;
	if (row === undefined) return say('sheets.whole-sheet');
	const heading = (column === undefined ? '' : found?.headings[column]) || say('sheets.no-heading');
	const at = column === undefined ? null : { letter: columnName(column), heading };
	if (rows.length === 1) return at ? say('sheets.place-cell', { row, ...at }) : say('sheets.place-row', { row });
	const named = rows.map((one) => say.number(one));
	const listed = say.list(more > 0 ? [...named, say('sheets.rows-more', { more })] : named);
	return at ? say('sheets.place-cells', { rows: listed, ...at }) : say('sheets.place-rows', { rows: listed });
}

function sentenceOf({ code, values = {} }: Pick<Remark, 'code' | 'values'>, say: Say): string {
	const field = code === 'column-missing' && { field: say(`sheets.field-${String(values['field']) as Field}`) };
	return say(`sheets.${code}`, { ...values, ...field });
}

function fieldOf({ column }: Pick<Remark, 'column'>, found: Found | null): Field | null {
	return (column === undefined ? null : found?.fields[column]) ?? null;
}

function refusedIn(outcome: Found | Done | Refused | null, say: Say): string | null {
	return outcome && 'refused' in outcome ? say(`refusals.${outcome.refused}`, outcome.values) : null;
}

function idIn(text: string): string {
	if (!z.uuid().safeParse(text).success) throw refusal('not-found');
	return text;
}
