import { createHash } from 'node:crypto';
import { readLater } from '#cafes/notes/sheet-reading.server.ts';
import { isId } from '#cafes/notes/note.ts';
import { largestPhoto, partSize, withoutMetadata } from '#cafes/notes/pictures.ts';
import { isHarvestOver, type TableOfCafe } from '#cafes/notes/tray.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { headOfPicture, isTooLarge, mostPoints } from '#contributions/intake/paper/pictures.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** A part of a photo on its way, or all of it. */
export interface PhotoPart {
	/** UUID v4, made on the phone: the same photo comes under the same id */
	readonly photoId: string;
	/** null: it shows no round of its own */
	readonly round: number | null;
	/** of the whole photo */
	readonly size: number;
	/** of the whole photo, in hexadecimal */
	readonly sha256: string;
	readonly starts: number;
	readonly bytes: Uint8Array;
}

/**
 * Takes a part of a photo, in any order and as often as it comes, and keeps the photo when all of it is there.
 * @returns where the next missing byte is; the size of the photo where none is
 */
export async function takePhotoPart(
	database: Database,
	files: FileStore,
	table: TableOfCafe,
	part: PhotoPart
): Promise<{ next: number; isWhole: boolean }> {
	const { photoId, size, sha256, starts, bytes, round } = part;
	const { topicId, eventId } = table;
	if (!isId(photoId) || !/^[0-9a-f]{64}$/.test(sha256)) throw refusal('unreadable');
	const isWithin = Number.isInteger(starts) && starts >= 0 && bytes.length > 0 && starts + bytes.length <= size;
	if (!Number.isInteger(size) || size < 1 || !isWithin || bytes.length > partSize) throw refusal('unreadable');
	if (size > largestPhoto) throw refusal('file-too-large', { megabytes: largestPhoto / 1024 / 1024 });
	if (starts === 0) refuseUnusable(bytes);
	const whole = await inTransaction(database, async (transaction) => {
		await requireTakenNow(transaction, table, photoId);
		const { rounds } = await cafeOf(transaction, topicId, eventId);
		if (round !== null && !(round >= 1 && round <= rounds.length)) throw refusal('note-of-no-round', { round });
		await transaction.query(
			`insert into note_photos (topic_id, photo_id, event_id, table_number, round_number, source, size, wanted_sha256)
			values ($1, $2, $3, $4, $5, 'phone', $6, decode($7, 'hex'))
			on conflict (topic_id, photo_id) do nothing`,
			[topicId, photoId, eventId, table.tableNumber, round, size, sha256]
		);
		const known = await lockPhoto(transaction, topicId, photoId);
		if (known.eventId !== eventId || known.table !== table.tableNumber) throw refusal('note-of-other-table');
		if (known.size !== size || known.wanted !== sha256) throw refusal('unreadable');
		if (known.isWhole) return { next: size, parts: null };
		await transaction.query(
			`insert into note_photo_parts (topic_id, photo_id, starts, bytes) values ($1, $2, $3, $4)
			on conflict (topic_id, photo_id, starts) do nothing`,
			[topicId, photoId, starts, Buffer.from(bytes)]
		);
		return gathered(transaction, topicId, photoId, size);
	});
	if (whole.next < size) return { next: whole.next, isWhole: false };
	if (whole.parts) await keepWhole(database, files, topicId, photoId, whole.parts, sha256);
	return { next: size, isWhole: true };
}

/** The same from the plain form, whole and as the camera made it: its metadata is left out here. */
export async function takePhotoOfTable(
	database: Database,
	files: FileStore,
	{ topicId, eventId, tableNumber }: TableOfCafe,
	{ photoId, round, bytes }: Pick<PhotoPart, 'photoId' | 'round' | 'bytes'>
): Promise<void> {
	const head = refuseUnusable(bytes);
	await requireTakenNow(database, { topicId, eventId, tableNumber }, photoId);
	const { sha256, size } = await files.put([withoutMetadata(bytes)], { mediaType: head.mediaType, limit: largestPhoto });
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(
			`insert into note_photos (topic_id, photo_id, event_id, table_number, round_number, source, size, wanted_sha256, file_sha256, media_type)
			values ($1, $2, $3, $4, $5, 'phone', $6, decode($7, 'hex'), decode($7, 'hex'), $8)
			on conflict (topic_id, photo_id) do nothing`,
			[topicId, photoId, eventId, tableNumber, round, size, sha256, head.mediaType]
		);
		if (rowCount > 0) await readLater(transaction, { topicId, photoId });
	});
}

/** More photos than any table takes; what a disk survives. */
const mostPhotos = 200;

/** Refuses `topic-archived`, `event-cancelled`, `harvest-over`, and `tray-full` where a table has sent more than anybody will look at. */
async function requireTakenNow(
	queryable: Queryable,
	{ topicId, eventId, tableNumber }: TableOfCafe,
	photoId: string
): Promise<void> {
	await requireOpenTopic(queryable, topicId);
	if ((await eventOf(queryable, topicId, eventId)).state === 'cancelled') throw refusal('event-cancelled');
	if (await isHarvestOver(queryable, topicId, eventId)) throw refusal('harvest-over');
	const { rows } = await queryable.query<{ photos: number }>(
		// one that is on its way goes on
		`
			select count(*)::int as photos
			from note_photos
			where topic_id = $1 and event_id = $2 and table_number = $3
				and not exists (select from note_photos where topic_id = $1 and photo_id = $4)`,
		[topicId, eventId, tableNumber, photoId]
	);
	if (rows[0]!.photos >= mostPhotos) throw refusal('tray-full');
}

/** Refuses what is no picture that can be shown and read; nothing of it is decoded. */
export function refuseUnusable(bytes: Uint8Array) {
	if (bytes.length > largestPhoto) throw refusal('file-too-large', { megabytes: largestPhoto / 1024 / 1024 });
	const head = headOfPicture(bytes);
	if (!head) throw refusal('picture-kind-unknown');
	if (isTooLarge(head)) throw refusal('picture-too-large', { millions: mostPoints / 1_000_000 });
	return head;
}

async function lockPhoto(transaction: Transaction, topicId: string, photoId: string) {
	const { rows } = await transaction.query<{ eventId: string; table: number; size: number; wanted: string; isWhole: boolean }>(
		`
			select event_id as "eventId", table_number as "table", size, encode(wanted_sha256, 'hex') as wanted,
				file_sha256 is not null as "isWhole"
			from note_photos
			where topic_id = $1 and photo_id = $2
			for update`,
		[topicId, photoId]
	);
	return rows[0]!;
}

/** What there is without a gap from the first byte on, and the parts where that is all. */
async function gathered(transaction: Transaction, topicId: string, photoId: string, size: number) {
	const { rows } = await transaction.query<{ starts: number; length: number }>(
		`select starts, length(bytes) as length from note_photo_parts where topic_id = $1 and photo_id = $2 order by starts`,
		[topicId, photoId]
	);
	let next = 0;
	for (const { starts, length } of rows) if (starts <= next) next = Math.max(next, starts + length);
	if (next < size) return { next, parts: null };
	const parts = await transaction.query<{ starts: number; bytes: Buffer }>(
		`select starts, bytes from note_photo_parts where topic_id = $1 and photo_id = $2 order by starts`,
		[topicId, photoId]
	);
	const whole = Buffer.alloc(size);
	for (const { starts, bytes } of parts.rows) bytes.copy(whole, starts);
	return { next, parts: whole };
}

/** A photo that is not what its phone said is forgotten, so that it can come again. */
async function keepWhole(database: Database, files: FileStore, topicId: string, photoId: string, whole: Buffer, sha256: string) {
	const isAsSaid = createHash('sha256').update(whole).digest('hex') === sha256;
	const stored = isAsSaid
		? await files.put([withoutMetadata(whole)], { mediaType: headOfPicture(whole)!.mediaType, limit: largestPhoto })
		: null;
	await inTransaction(database, async (transaction) => {
		await transaction.query('delete from note_photo_parts where topic_id = $1 and photo_id = $2', [topicId, photoId]);
		if (stored) {
			await transaction.query(
				`update note_photos set file_sha256 = decode($3, 'hex'), media_type = $4 where topic_id = $1 and photo_id = $2`,
				[topicId, photoId, stored.sha256, stored.mediaType]
			);
			await readLater(transaction, { topicId, photoId });
		} else await transaction.query('delete from note_photos where topic_id = $1 and photo_id = $2', [topicId, photoId]);
	});
	if (!stored) throw refusal('unreadable');
}
