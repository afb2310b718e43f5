import { looksLikeSheet, sheetInCode } from '#cafes/notes/sheet-codes.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { codesInPicture } from '#contributions/intake/paper/reading.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

const readSheetJob = 'cafes.read-sheet';

export interface NamedPhoto {
	readonly topicId: string;
	readonly photoId: string;
}

/** What was found in a photo when a code was looked for. */
export type SheetReading = 'found' | 'none' | 'several' | 'foreign' | 'elsewhere' | 'broken';

/** A job looks for the code of a sheet in a photo that is whole. */
export async function readLater(transaction: Transaction, { topicId, photoId }: NamedPhoto): Promise<void> {
	await addJob(transaction, readSheetJob, { topicId, photoId }, { jobKey: `read sheet ${photoId}`, queue: 'pictures' });
}

/** Looks for the code of a sheet in a photo, once, and files the photo under its table and round. For the jobs process. */
export async function readSheet(database: Database, files: FileStore, keys: TopicKeys, photo: NamedPhoto): Promise<void> {
	const { topicId, photoId } = photo;
	const { rows } = await database.query<{ sha256: string; code: string; eventId: string }>(
		`
			select encode(p.file_sha256, 'hex') as sha256, code, event_id as "eventId"
			from note_photos p
			join event_codes using (topic_id, event_id)
			where p.topic_id = $1 and p.photo_id = $2 and p.file_sha256 is not null and p.reading is null`,
		[topicId, photoId]
	);
	if (!rows[0]) return;
	const { sha256, code, eventId } = rows[0];
	const said = await codesInPicture(await bytesOf(files, sha256));
	const { reading, table, round } = await whatIsShown(keys, topicId, code, said);
	await inTransaction(database, async (transaction) => {
		const isPlanned = reading === 'found' && (await hasPlace(transaction, { topicId, eventId }, table, round));
		const isFiledSince = isPlanned && (await cardsTyped(transaction, photo)) > 0;
		await transaction.query(
			`
				update note_photos
				set reading = $3, table_number = case when $4 then $5 else table_number end,
					round_number = case when $4 then $6 else round_number end
				where topic_id = $1 and photo_id = $2 and reading is null`,
			[topicId, photoId, reading === 'found' && !isPlanned ? 'foreign' : reading, isPlanned && !isFiledSince, table, round]
		);
	});
}

async function whatIsShown(
	keys: TopicKeys,
	topicId: string,
	code: string,
	said: readonly string[] | null
): Promise<{ reading: SheetReading; table: number; round: number }> {
	const nowhere = { table: 0, round: 0 };
	if (said === null) return { reading: 'broken', ...nowhere };
	const sheets = (await Promise.all([...new Set(said)].map((text) => sheetInCode(keys, topicId, text)))).filter(
		(sheet) => sheet !== null
	);
	const [first, ...others] = sheets;
	if (!first) return { reading: said.some(looksLikeSheet) ? 'foreign' : 'none', ...nowhere };
	if (others.length > 0) return { reading: 'several', ...nowhere };
	return first.code === code
		? { reading: 'found', table: first.table, round: first.round }
		: { reading: 'elsewhere', ...nowhere };
}

/** Whether the café has such a table and round. */
export async function hasPlace(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	table: number,
	round: number
): Promise<boolean> {
	const { tables, rounds } = await cafeOf(queryable, topicId, eventId);
	return tables.some(({ tableNumber }) => tableNumber === table) && rounds.some(({ roundNumber }) => roundNumber === round);
}

/** How many cards were typed from a photo. */
export async function cardsTyped(transaction: Transaction, { topicId, photoId }: NamedPhoto): Promise<number> {
	const { rows } = await transaction.query<{ cards: number }>(
		`
			select (select count(*)::int from note_photo_cards where topic_id = $1 and photo_id = $2)
				+ (select count(*)::int from note_sources where topic_id = $1 and photo_id = $2) as cards`,
		[topicId, photoId]
	);
	return rows[0]!.cards;
}
