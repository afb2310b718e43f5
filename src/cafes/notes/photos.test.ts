import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe } from '#cafes/examples.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { fileOfPhoto, filePhoto, forgetPhotoOfErased, takePhotoAtDesk, throwPhotoAway } from '#cafes/notes/filing.server.ts';
import { photosOf } from '#cafes/notes/photo-lists.server.ts';
import { takePhotoOfTable } from '#cafes/notes/photos.server.ts';
import { addressOfSheet } from '#cafes/notes/sheet-codes.server.ts';
import { readSheet } from '#cafes/notes/sheet-reading.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { cardsOfPhoto, endPhoto, layAgain, openPhotoAgain, takeTypedBack, typeCard } from '#cafes/notes/typing.server.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { dropFile } from '#contributions/erasing.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { fileStore } from '#files/store.server.ts';
import { eraseTexts } from '#ideas/erasing.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-photos-'));
const files = fileStore(database, join(folder, 'files'));
const keys = topicKeys({ folder, secret: 'a secret of these tests' });
const staff: Actor = { kind: 'job', name: 'test' };
let pictures = 0;

async function aCafeOf(attribution: Attribution = 'group', topicId?: string) {
	const event = await anEvent(database, { attribution, ...(topicId === undefined ? {} : { topicId }) });
	const of = { topicId: event.topicId, eventId: event.eventId };
	await aCafe(database, { event: of });
	const code = (table: number, round: number) =>
		addressOfSheet(keys, of.topicId, 'https://talks.example.org', { code: event.code, table, round });
	const photos = () => photosOf(database, of, new Date());
	/** brought in at the desk and read; what it shows is the same in no two pictures */
	const bring = async (...said: string[]) => {
		const before = new Set((await photos()).map(({ photoId }) => photoId));
		await takePhotoAtDesk(database, files, of, aPicture(said, { shade: 240 - (pictures++ % 60) }), staff);
		const { photoId } = (await photos()).find((photo) => !before.has(photo.photoId))!;
		await readSheet(database, files, keys, { topicId: of.topicId, photoId });
		return { ...of, photoId };
	};
	const stateOf = async (photoId: string) => (await photos()).find((photo) => photo.photoId === photoId)!;
	return { of, code, bring, photos, stateOf };
}

const card = (text: string, revises: string | null = null) => ({
	...{ id: uuidv4(), text, revises, marker: 'concern' as const, language: 'fr' }
});

test('a photo of a printed sheet is filed under its table and round by its code, once; another event, another talk and a forged one are not', async () => {
	const { of, code, bring, stateOf } = await aCafeOf();
	const { photoId } = await bring(await code(3, 2));
	const { table, round, reading } = await stateOf(photoId);
	assert.deepEqual({ table, round, reading }, { table: 3, round: 2, reading: 'found' });
	const readingOf = async (...said: string[]) => {
		const one = await stateOf((await bring(...said)).photoId);
		assert.equal(one.table, null);
		return one.reading;
	};
	const sheet = await code(1, 1);
	assert.equal(await readingOf(sheet.replace('s=1.1', 's=2.1')), 'foreign', 'the signs are of another table');
	assert.equal(await readingOf(await code(9, 1)), 'foreign', 'no such table is planned');
	assert.equal(await readingOf(await (await aCafeOf('group', of.topicId)).code(1, 1)), 'elsewhere');
	assert.equal(await readingOf(await (await aCafeOf()).code(1, 1)), 'foreign');
	assert.equal(await readingOf(sheet, await code(1, 2)), 'several');
	assert.equal(await readingOf('https://example.org/'), 'none');
	assert.equal(await readingOf(), 'none');
	// a menu beside the sheet harms nothing
	assert.equal((await stateOf((await bring(sheet, 'https://example.org/menu')).photoId)).table, 1);
});

test('the same picture comes once, and what a phone sent stays with its table where no code is found', async () => {
	const { of, code, photos } = await aCafeOf();
	const bytes = aPicture(['https://example.org/the same']);
	assert.equal(await takePhotoAtDesk(database, files, of, bytes, staff), true);
	assert.equal(await takePhotoAtDesk(database, files, of, bytes, staff), false);
	const host = { ...of, tableNumber: 2 };
	const [plain, sheet] = [uuidv4(), uuidv4()];
	await takePhotoOfTable(database, files, host, { photoId: plain, round: 1, bytes: aPicture([]) });
	await takePhotoOfTable(database, files, host, { photoId: sheet, round: 1, bytes: aPicture([await code(2, 3)]) });
	for (const photoId of [plain, sheet]) await readSheet(database, files, keys, { topicId: of.topicId, photoId });
	const where = Object.fromEntries((await photos()).map(({ photoId, table, round }) => [photoId, [table, round]]));
	assert.deepEqual(
		[where[plain], where[sheet]],
		[
			[2, 1],
			[2, 3]
		]
	);
});

test('cards typed from a photo become notes of its table and round, which rest on the photo', async () => {
	const { of, code, bring, stateOf } = await aCafeOf();
	const photo = await bring(await code(3, 2));
	const first = card('Les prix doivent baisser');
	await typeCard(database, photo, first, staff);
	await typeCard(database, photo, first, staff);
	await typeCard(database, photo, card('Share the fibre'), staff);
	assert.equal((await stateOf(photo.photoId)).cards, 2, 'sent twice it is one card');
	await assert.rejects(filePhoto(database, photo, { table: 1, round: 1 }, staff), { code: 'photo-typed' });
	await closeTables(database, of, staff);
	const wall = await wallOf(database, of.topicId, of.eventId);
	assert.deepEqual(
		wall.map(({ text, table, round, marker, language }) => ({ text, table, round, marker, language })),
		['Les prix doivent baisser', 'Share the fibre'].map((text) => ({
			text,
			table: 3,
			round: 2,
			marker: 'concern',
			language: 'fr'
		}))
	);
	const { cards, notes } = await stateOf(photo.photoId);
	assert.deepEqual({ cards, notes }, { cards: 0, notes: 2 });
	await throwPhotoAway(database, photo, staff);
	assert.equal((await wallOf(database, of.topicId, of.eventId)).length, 2, 'what was typed stays');
});

test('a photo goes with the first erasure of a note that was typed from it; what else was typed stays', async () => {
	const { of, code, bring, photos } = await aCafeOf();
	const photo = await bring(await code(3, 2));
	await typeCard(database, photo, card('Les prix doivent baisser'), staff);
	await typeCard(database, photo, card('Share the fibre'), staff);
	await closeTables(database, of, staff);
	const noteId = (await wallOf(database, of.topicId, of.eventId)).find(({ text }) => text === 'Share the fibre')!.noteId;
	const { sha256 } = await fileOfPhoto(database, photo);
	await inTransaction(database, (transaction) => eraseTexts(transaction, of.topicId, [noteId], staff));
	const { rows } = await database.query<{ task: string }>(
		`select task_identifier as task from graphile_worker.jobs where key = $1`,
		[`forget photo ${noteId}`]
	);
	assert.deepEqual(rows, [{ task: 'cafes.forget-photo' }]);
	await forgetPhotoOfErased(database, of.topicId, noteId);
	await forgetPhotoOfErased(database, of.topicId, noteId);
	assert.deepEqual(await photos(), []);
	await dropFile(database, files, sha256);
	assert.equal(await files.has(sha256), false);
	assert.deepEqual(
		(await wallOf(database, of.topicId, of.eventId)).map(({ text }) => text),
		['Les prix doivent baisser']
	);
});

test('a photo goes when the last note that was typed from it was taken back, and nobody types from it any more', async () => {
	const { of, code, bring, photos } = await aCafeOf();
	const photo = await bring(await code(3, 2));
	const [one, other] = [card('Les prix doivent baisser'), card('Share the fibre')];
	for (const typed of [one, other]) await typeCard(database, photo, typed, staff);
	await closeTables(database, of, staff);
	const takeBack = async ({ id }: typeof one) => {
		const table = { ...of, tableNumber: 3 };
		await takeCards(database, table, [aCard(table, { round: 2, place: 9, text: '', revises: id })]);
		await closeTables(database, of, staff);
	};
	await takeBack(one);
	await endPhoto(database, photo, 'typed', staff);
	assert.equal((await photos()).length, 1, 'another note rests on it');
	await takeBack(other);
	assert.deepEqual(await photos(), []);
});

test('two who type at once lose nothing: each card stands, and two wordings of one stand beside each other', async () => {
	const { code, bring } = await aCafeOf();
	const photo = await bring(await code(1, 1));
	const first = card('As read by one');
	await typeCard(database, photo, first, staff);
	const outcomes = await atOnce(database, [
		(transaction) => typeCard(transaction, photo, card('Ada read this', first.id), staff),
		(transaction) => typeCard(transaction, photo, card('Ben read that', first.id), staff)
	]);
	assert.deepEqual(outcomes, ['done', 'done']);
	await typeCard(database, photo, card('Something else'), staff);
	const cards = await cardsOfPhoto(database, photo, { ...photo, tableNumber: 1 });
	assert.deepEqual(cards.map(({ wordings }) => wordings.map(({ text }) => text).sort()).sort(), [
		['Ada read this', 'Ben read that'],
		['Something else']
	]);
});

test('a card that was taken back is laid again in its words, and a photo that was done is opened again', async () => {
	const { code, bring, stateOf, of } = await aCafeOf();
	const photo = await bring(await code(1, 1));
	const first = card('Once');
	await typeCard(database, photo, first, staff);
	await takeTypedBack(database, photo, first.id, staff);
	const [gone] = await cardsOfPhoto(database, photo, { ...photo, tableNumber: 1 });
	assert.deepEqual([gone!.wordings.length, gone!.takenBack!.text, (await stateOf(photo.photoId)).cards], [0, 'Once', 0]);
	await layAgain(database, photo, first.id, staff);
	await layAgain(database, photo, first.id, staff);
	const [back] = await cardsOfPhoto(database, photo, { ...photo, tableNumber: 1 });
	assert.deepEqual(
		back!.wordings.map(({ text }) => text),
		['Once']
	);
	await endPhoto(database, photo, 'typed', staff);
	assert.equal((await stateOf(photo.photoId)).outcome, 'typed');
	await openPhotoAgain(database, photo, staff);
	assert.equal((await stateOf(photo.photoId)).outcome, null);
	await assert.rejects(endHarvest(database, of, staff), { code: 'photos-wait', values: { count: 1 } });
});

test('under the Chatham House rule no photo outlives the harvest, and no note says from which it was typed', async () => {
	const { of, code, bring, photos } = await aCafeOf('chatham');
	const photo = await bring(await code(2, 1));
	await typeCard(database, photo, card('Nobody knows'), staff);
	await endPhoto(database, photo, 'typed', staff);
	await closeTables(database, of, staff);
	const rows = async (table: string) => (await database.query(`select from ${table} where topic_id = $1`, [of.topicId])).rowCount;
	assert.deepEqual([await rows('note_sources'), await rows('note_photo_cards')], [0, 0]);
	await endHarvest(database, of, staff);
	assert.deepEqual(await photos(), []);
	assert.equal((await wallOf(database, of.topicId, of.eventId)).length, 1);
	const dropped = await database.query(`select from graphile_worker.jobs where task_identifier = 'contributions.drop-file'`);
	assert.ok(dropped.rowCount > 0, 'its file goes, too');
});

test('who has no office brings in and types nothing, and a photo without a table takes no card', async () => {
	const { of, bring } = await aCafeOf();
	const visitor: Actor = { kind: 'visitor', visitorId: 'x' };
	await assert.rejects(takePhotoAtDesk(database, files, of, aPicture([]), visitor), { code: 'not-allowed' });
	const photo = await bring();
	await assert.rejects(typeCard(database, photo, card('A'), visitor), { code: 'not-allowed' });
	await assert.rejects(typeCard(database, photo, card('A'), staff), { code: 'photo-not-filed' });
	await filePhoto(database, photo, { table: 1, round: 1 }, staff);
	await typeCard(database, photo, card('A'), staff);
	await assert.rejects(filePhoto(database, { ...photo, photoId: uuidv4() }, { table: 1, round: 1 }, staff), {
		code: 'not-found'
	});
	await assert.rejects(takePhotoAtDesk(database, files, of, Buffer.from('no picture'), staff), { code: 'picture-kind-unknown' });
});
