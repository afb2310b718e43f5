import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { refuseUnusable } from '#cafes/notes/photos.server.ts';
import { largestPhoto, withoutMetadata } from '#cafes/notes/pictures.ts';
import { cardsTyped, hasPlace, readLater, type NamedPhoto } from '#cafes/notes/sheet-reading.server.ts';
import { isHarvestOver } from '#cafes/notes/tray.server.ts';
import { dropLater } from '#contributions/erasing.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { forgetPhotoJob } from '#ideas/erasing.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Takes a photo of any table in at the desk; a job finds its table. @returns false where the same picture of this café is there already */
export async function takePhotoAtDesk(
	database: Database,
	files: FileStore,
	{ topicId, eventId }: OfEvent,
	bytes: Uint8Array,
	actor: Actor
): Promise<boolean> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	const head = refuseUnusable(bytes);
	const { sha256, size } = await files.put([withoutMetadata(bytes)], { mediaType: head.mediaType, limit: largestPhoto });
	return inTransaction(database, async (transaction) => {
		await requireOpenTopic(transaction, topicId);
		await holdPhotos(transaction, eventId);
		if (await isHarvestOver(transaction, topicId, eventId)) throw refusal('harvest-over');
		const photoId = uuidv4();
		const { rowCount } = await transaction.query(
			`insert into note_photos (topic_id, photo_id, event_id, source, size, wanted_sha256, file_sha256, media_type)
			select $1, $2, $3, 'desk', $4, decode($5, 'hex'), decode($5, 'hex'), $6
			where not exists (select from note_photos where topic_id = $1 and event_id = $3 and file_sha256 = decode($5, 'hex'))`,
			[topicId, photoId, eventId, size, sha256, head.mediaType]
		);
		if (rowCount === 0) return false;
		await readLater(transaction, { topicId, photoId });
		await record(transaction, { topicId, actor, did: 'uploaded', kind: 'table-photo', thingId: photoId });
		return true;
	});
}

/** A person says which table and round a photo shows; also of one that was filed otherwise, as long as nothing was typed from it. */
export async function filePhoto(
	database: Database,
	photo: NamedPhoto & OfEvent,
	{ table, round }: { readonly table: number; readonly round: number },
	actor: Actor
): Promise<void> {
	const { topicId, photoId } = photo;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockPhotoOf(transaction, photo);
		if (!(await hasPlace(transaction, photo, table, round))) throw refusal('note-of-no-round', { round });
		if ((await cardsTyped(transaction, photo)) > 0) throw refusal('photo-typed');
		await transaction.query('update note_photos set table_number = $3, round_number = $4 where topic_id = $1 and photo_id = $2', [
			...[topicId, photoId, table, round]
		]);
		await record(transaction, { topicId, actor, did: 'filed', kind: 'table-photo', thingId: photoId, details: { table, round } });
	});
}

/** A photo that is of no use, or shows what it should not. What was typed from it stays. */
export async function throwPhotoAway(database: Database, photo: NamedPhoto & OfEvent, actor: Actor): Promise<void> {
	const { topicId, photoId } = photo;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockPhotoOf(transaction, photo);
		await dropPhotos(transaction, topicId, 'photo_id', photoId);
		await record(transaction, { topicId, actor, did: 'removed', kind: 'table-photo', thingId: photoId });
	});
}

/** Whoever wrote on a sheet can be known by their hand: under the Chatham House rule no photo outlives the harvest. */
export async function forgetPhotos(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await holdPhotos(transaction, eventId);
	await dropPhotos(transaction, topicId, 'event_id', eventId);
}

/**
 * A note whose words were erased stands in its photo, too, in somebody's hand: that goes with the first erasure, whatever else was typed from it. What was typed
 * stays. For the jobs process.
 */
export async function forgetPhotoOfErased(database: Database, topicId: string, noteId: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ photoId: string }>(
			`select photo_id as "photoId" from note_sources where topic_id = $1 and contribution_id = $2`,
			[topicId, noteId]
		);
		for (const { photoId } of rows) await forgetPhoto(transaction, topicId, photoId);
	});
}

/** What was taken back may still be read in its photo as long as something rests on it: with the last note the photo goes, once nobody types from it any more. */
export async function forgetPhotoOfWithdrawn(transaction: Transaction, topicId: string, noteId: string): Promise<void> {
	const { rows } = await transaction.query<{ photoId: string }>(
		`
			select p.photo_id as "photoId"
			from note_sources own
			join note_photos p using (topic_id, photo_id)
			join note_photo_ends ended using (topic_id, photo_id)
			where own.topic_id = $1 and own.contribution_id = $2
				and not exists (select from note_photo_cards c where c.topic_id = p.topic_id and c.photo_id = p.photo_id)
				and not exists (
					select from note_sources s
					where s.topic_id = p.topic_id and s.photo_id = p.photo_id
						and not exists (select from withdrawals w where w.topic_id = s.topic_id and w.contribution_id = s.contribution_id))
			for update of p`,
		[topicId, noteId]
	);
	for (const { photoId } of rows) await forgetPhoto(transaction, topicId, photoId);
}

async function forgetPhoto(transaction: Transaction, topicId: string, photoId: string): Promise<void> {
	await dropPhotos(transaction, topicId, 'photo_id', photoId);
	const actor = { kind: 'job', name: forgetPhotoJob } as const;
	await record(transaction, { topicId, actor, did: 'removed', kind: 'table-photo', thingId: photoId });
}

async function dropPhotos(transaction: Transaction, topicId: string, column: 'photo_id' | 'event_id', id: string): Promise<void> {
	const { rows } = await transaction.query<{ sha256: string }>(
		`delete from note_photos where topic_id = $1 and ${column} = $2 returning encode(file_sha256, 'hex') as sha256`,
		[topicId, id]
	);
	await dropLater(
		transaction,
		topicId,
		rows.flatMap(({ sha256 }) => sha256 ?? [])
	);
}

/** A photo of this café, which nobody else files, types from or throws away until the transaction ends. */
export async function lockPhotoOf(
	transaction: Transaction,
	{ topicId, eventId, photoId }: NamedPhoto & OfEvent
): Promise<{ table: number | null; round: number | null }> {
	const { rows } = await transaction.query<{ table: number | null; round: number | null }>(
		`
			select table_number as "table", round_number as round
			from note_photos
			where topic_id = $1 and photo_id = $2 and event_id = $3 and file_sha256 is not null
			for update`,
		[topicId, photoId, eventId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

/** The bytes of a photo of this café. */
export async function fileOfPhoto(
	queryable: Queryable,
	{ topicId, eventId, photoId }: NamedPhoto & OfEvent
): Promise<{ sha256: string; mediaType: string }> {
	const { rows } = await queryable.query<{ sha256: string; mediaType: string }>(
		`
			select encode(file_sha256, 'hex') as sha256, media_type as "mediaType"
			from note_photos
			where topic_id = $1 and photo_id = $2 and event_id = $3 and file_sha256 is not null`,
		[topicId, photoId, eventId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

async function holdPhotos(transaction: Transaction, eventId: string): Promise<void> {
	await transaction.query(`select pg_advisory_xact_lock(hashtextextended('photos ' || $1, 0))`, [eventId]);
}
