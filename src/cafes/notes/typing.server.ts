import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { lockPhotoOf } from '#cafes/notes/filing.server.ts';
import { placeOf, threadsOf, type Marker } from '#cafes/notes/note.ts';
import type { NamedPhoto } from '#cafes/notes/sheet-reading.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { holdTray, trayOf, type TableOfCafe, type WaitingNote } from '#cafes/notes/tray.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { isBlank } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';

type PhotoOfCafe = NamedPhoto & OfEvent;

/** One point, as somebody at the desk read it in a photo. */
export interface TypedCard {
	/** UUID v4, made with the form: sent twice it is one card */
	readonly id: string;
	readonly text: string;
	readonly marker: Marker;
	readonly language: string;
	/** the wording that it says anew; two that say the same one anew both stand */
	readonly revises: string | null;
}

/** All that is typed at the desk comes as from one phone. */
const desk = '00000000-0000-4000-8000-00000000de5c';
/** After which a photo that somebody took on is free again. */
const minutesOfAClaim = 15;

/** A card of the table and round that the photo shows; it waits in their tray, and becomes a note when the table is closed. */
export async function typeCard(
	database: Database | Transaction,
	photo: PhotoOfCafe,
	card: TypedCard,
	actor: Actor
): Promise<void> {
	await typing(database, photo, actor, (transaction, table, round) => lay(transaction, photo, table, { ...card, round }));
}

/** Takes a card back; it can be laid again as it was. */
export async function takeTypedBack(database: Database, photo: PhotoOfCafe, cardId: string, actor: Actor): Promise<void> {
	await typing(database, photo, actor, async (transaction, table) => {
		const card = (await trayOf(transaction, table)).find(({ id }) => id === cardId);
		if (!card) throw refusal('not-found');
		await lay(transaction, photo, table, { ...card, id: uuidv4(), text: '', revises: cardId });
	});
}

/** Lays a card again that was taken back, in the words that it had. */
export async function layAgain(database: Database, photo: PhotoOfCafe, cardId: string, actor: Actor): Promise<void> {
	await typing(database, photo, actor, async (transaction, table) => {
		const tray = await trayOf(transaction, table);
		const card = tray.find(({ id }) => id === cardId);
		if (!card) throw refusal('not-found');
		// pressed twice it is laid once
		const takenBack = tray.find(({ revises, text }) => revises === cardId && isBlank(text));
		if (!takenBack || tray.some(({ revises }) => revises === takenBack.id)) return;
		await lay(transaction, photo, table, { ...card, id: uuidv4(), revises: takenBack.id });
	});
}

async function typing(
	database: Database | Transaction,
	photo: PhotoOfCafe,
	actor: Actor,
	write: (transaction: Transaction, table: TableOfCafe, round: number) => Promise<void>
): Promise<void> {
	const { topicId, eventId } = photo;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { table, round } = await lockPhotoOf(transaction, photo);
		if (table === null || round === null) throw refusal('photo-not-filed');
		const where = { topicId, eventId, tableNumber: table };
		await holdTray(transaction, where);
		await write(transaction, where, round);
	});
}

type Written = Pick<WaitingNote, 'id' | 'round' | 'marker' | 'language' | 'text' | 'revises'>;

async function lay(
	transaction: Transaction,
	{ topicId, photoId }: PhotoOfCafe,
	table: TableOfCafe,
	{ id, round, marker, language, text, revises }: Written
): Promise<void> {
	const place = (await trayOf(transaction, table)).reduce((most, card) => Math.max(most, card.place), 0) + 1;
	const card = { id, round, marker, language, text, revises, place, phone: desk, table: placeOf(table) };
	const [answer] = await takeCards(transaction, table, [{ ...card, group: null, name: null, isRehearsal: false }]);
	if (!answer) throw refusal('unreadable');
	if (answer.refused) throw answer.refused;
	if (revises !== null) return;
	await transaction.query(
		`insert into note_photo_cards (topic_id, note_id, photo_id) values ($1, $2, $3) on conflict (topic_id, note_id) do nothing`,
		[topicId, id, photoId]
	);
}

export type PhotoOutcome = 'typed' | 'passed-over';

/** All that stands in the photo is typed, or there is nothing to type. It can be opened again. */
export async function endPhoto(database: Database, photo: PhotoOfCafe, outcome: PhotoOutcome, actor: Actor): Promise<void> {
	const { topicId, photoId } = photo;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockPhotoOf(transaction, photo);
		const { rowCount } = await transaction.query(
			`
				insert into note_photo_ends (topic_id, photo_id, outcome, cards)
				select $1, $2, $3, (select count(*) from note_photo_cards where topic_id = $1 and photo_id = $2)
				on conflict (topic_id, photo_id) do nothing`,
			[topicId, photoId, outcome]
		);
		await transaction.query('delete from note_photo_claims where topic_id = $1 and photo_id = $2', [topicId, photoId]);
		if (rowCount === 0) return;
		const did = outcome === 'typed' ? 'typed' : 'passed over';
		await record(transaction, { topicId, actor, did, kind: 'table-photo', thingId: photoId });
	});
}

/** There was more to type. */
export async function openPhotoAgain(database: Database, photo: PhotoOfCafe, actor: Actor): Promise<void> {
	const { topicId, photoId } = photo;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await lockPhotoOf(transaction, photo);
		await transaction.query('delete from note_photo_ends where topic_id = $1 and photo_id = $2', [topicId, photoId]);
	});
}

/** Somebody says that they type from this photo now; somebody else's stays theirs until it lapses. @returns whether it is the asker's */
export async function claimPhoto(
	database: Database,
	photo: PhotoOfCafe,
	actor: Actor,
	{ takesOver = false } = {}
): Promise<boolean> {
	const { topicId, photoId } = photo;
	if (!mayRunCafe(actor, topicId) || actor.kind !== 'account') throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await lockPhotoOf(transaction, photo);
		const { rowCount } = await transaction.query(
			`
				insert into note_photo_claims (topic_id, photo_id, account_id, lapses_at)
				values ($1, $2, $3, $4::timestamptz + make_interval(mins => ${minutesOfAClaim}))
				on conflict (topic_id, photo_id) do update
				set account_id = excluded.account_id, lapses_at = excluded.lapses_at
				where note_photo_claims.account_id = excluded.account_id or note_photo_claims.lapses_at <= $4 or $5`,
			[topicId, photoId, actor.accountId, transaction.at, takesOver]
		);
		return rowCount > 0;
	});
}

/** A card as it was typed from a photo, with the wordings of it that stand; none where it was taken back. */
export interface CardOfPhoto {
	readonly wordings: readonly WaitingNote[];
	/** where it was taken back: the last words that it had */
	readonly takenBack: WaitingNote | null;
}

/** What was typed from a photo and waits in its tray, in the order in which it was typed. */
export async function cardsOfPhoto(queryable: Queryable, photo: NamedPhoto, table: TableOfCafe): Promise<CardOfPhoto[]> {
	const { rows } = await queryable.query<{ noteId: string }>(
		`select note_id as "noteId" from note_photo_cards where topic_id = $1 and photo_id = $2`,
		[photo.topicId, photo.photoId]
	);
	const own = new Set(rows.map(({ noteId }) => noteId));
	return threadsOf(await trayOf(queryable, table))
		.filter(({ first }) => own.has(first.id))
		.map(({ wordings, written }) => ({
			wordings,
			takenBack: wordings.length > 0 ? null : (written.findLast(({ text }) => !isBlank(text)) ?? null)
		}));
}
