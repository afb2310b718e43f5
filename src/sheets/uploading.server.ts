import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { refusal } from '#refusals/refusal.ts';
import { mayBringIn } from '#sheets/bringing-in.server.ts';
import { markOfHeadings, type Mapping } from '#sheets/preparing.server.ts';
import type { SheetKind } from '#sheets/sheet.ts';
import { askForImport, askForPreview } from '#sheets/steps.server.ts';
import { sheetOf } from '#sheets/uploaded.server.ts';

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
		await askForPreview(transaction, { topicId, sheetId });
		await record(transaction, { topicId, actor, did: 'uploaded', kind: 'sheet', thingId: sheetId, details: { kind } });
		return { sheetId };
	});
}

/** A person says what the columns mean: remembered for the next sheet with the same headings, and this one is looked at again. */
export async function mapSheet(
	database: Database | Transaction,
	topicId: string,
	sheetId: string,
	mapping: Mapping,
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await lockSheet(transaction, topicId, sheetId);
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
		await askForPreview(transaction, { topicId, sheetId });
	});
}

/** The person has seen the preview; asked twice, it adds nothing twice. */
export async function startSheet(
	database: Database | Transaction,
	topicId: string,
	sheetId: string,
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await lockSheet(transaction, topicId, sheetId);
		const { kind, preview, outcome } = await sheetOf(transaction, topicId, sheetId);
		refuse(actor, kind, topicId);
		if (!preview || 'refused' in preview || (outcome && !('refused' in outcome))) throw refusal('changed-meanwhile');
		if (preview.errors > 0) throw refusal('sheet-has-errors');
		await record(transaction, { topicId, actor, did: 'had brought in', kind: 'sheet', thingId: sheetId, details: { kind } });
		await askForImport(transaction, { topicId, sheetId });
	});
}

function refuse(actor: Actor, kind: SheetKind, topicId: string): void {
	if (!mayBringIn(actor, kind, topicId)) throw refusal('not-allowed');
	if ((kind === 'organisations') !== (topicId === nilTopic)) throw refusal('not-found');
}

/** Whoever says something of a sheet comes one after the other. */
async function lockSheet(transaction: Transaction, topicId: string, sheetId: string): Promise<void> {
	await transaction.query(`select from sheets where topic_id = $1 and sheet_id = $2 for no key update`, [topicId, sheetId]);
}
