import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { beginRound } from '#cafes/leading.server.ts';
import { giveFeedback } from '#cafes/notes/feedback.server.ts';
import { takePhotoOfTable, takePhotoPart } from '#cafes/notes/photos.server.ts';
import { keepSeating } from '#cafes/seating/keeping.server.ts';
import { setPin } from '#cafes/seating/wishing.server.ts';
import { aPicture } from '#contributions/intake/paper/examples.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { cancelEvent } from '#events/planning.server.ts';
import { fileStore } from '#files/store.server.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();
const files = fileStore(database, join(await mkdtemp(join(tmpdir(), 'open-talks-archived-')), 'files'));
const staff: Actor = { kind: 'job', name: 'test' };

async function aRunningCafe() {
	const { topicId, eventId } = await aCafe(database);
	const of = { topicId, eventId };
	return { of, table: { ...of, tableNumber: 1 }, hostId: await appointHost(database, { ...of, host: aHost() }, staff) };
}

const bytes = aPicture(['A flip chart']);
const part = { round: 1, size: bytes.length, sha256: '0'.repeat(64), starts: 0, bytes: bytes.subarray(0, 100) };

test('in an archived topic no café goes on: no round, no host, no seat, no photo and no word of how it went', async () => {
	const { of, table, hostId } = await aRunningCafe();
	await database.query(`insert into topic_archivals (topic_id, archived_at) values ($1, now())`, [of.topicId]);
	const seating = { ...of, planVersion: 1, follows: null, method: 'search', seats: [] } as const;
	const acts = {
		round: () => beginRound(database, { ...of, roundNumber: 1 }, staff),
		host: () => appointHost(database, { ...of, host: aHost() }, staff),
		link: () => makeHostLink(database, { ...of, hostId }, staff),
		seating: () => keepSeating(database, seating, staff),
		pin: () => setPin(database, { ...of, guestId: uuidv4(), roundNumber: 1, tableNumber: 1 }, staff),
		feedback: () => giveFeedback(database, of, { id: uuidv4(), went: 1, words: '', language: 'en' }),
		part: () => takePhotoPart(database, files, table, { ...part, photoId: uuidv4() }),
		photo: () => takePhotoOfTable(database, files, table, { photoId: uuidv4(), round: 1, bytes })
	};
	for (const [what, act] of Object.entries(acts)) await assert.rejects(act, { code: 'topic-archived' }, what);
});

test('a café that was called off begins no round and takes no photo', async () => {
	const { of, table } = await aRunningCafe();
	await cancelEvent(database, of.topicId, of.eventId, { en: 'The room is flooded.' }, aSecretary);
	const cancelled = { code: 'event-cancelled' };
	await assert.rejects(beginRound(database, { ...of, roundNumber: 1 }, staff), cancelled);
	await assert.rejects(takePhotoOfTable(database, files, table, { photoId: uuidv4(), round: 1, bytes }), cancelled);
	await assert.rejects(takePhotoPart(database, files, table, { ...part, photoId: uuidv4() }), cancelled);
});

test('whoever has the link of a table fills no disk with photos that never become whole', async () => {
	const { table } = await aRunningCafe();
	await database.query(
		`
			insert into note_photos (topic_id, photo_id, event_id, table_number, round_number, source, size, wanted_sha256)
			select $1, gen_random_uuid(), $2, 1, 1, 'phone', 1000, sha256('')
			from generate_series(1, 200)`,
		[table.topicId, table.eventId]
	);
	const first = { ...part, photoId: uuidv4() };
	await assert.rejects(takePhotoPart(database, files, table, first), { code: 'tray-full' });
	// another table is none the worse
	await takePhotoPart(database, files, { ...table, tableNumber: 2 }, first);
});
