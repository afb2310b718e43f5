import assert from 'node:assert/strict';
import test from 'node:test';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import { cancelEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { captionsOf } from '#townhalls/captions/lines.server.ts';
import { endStream, importCaptions, makeStream, streamsOf, takeCaptions } from '#townhalls/captions/taking.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';

const database = await testDatabase();

test('a body of several cues or voices that is sent again with its number adds nothing', async () => {
	const { event, staff } = await aTownHall(database);
	const { token } = await makeStream(database, event, 'en', staff);
	const bodies = [
		'00:00:01.000 --> 00:00:02.000 <v A>one\n00:00:02.000 --> 00:00:03.000 <v B>two\n',
		'WEBVTT\n\n00:05.000 --> 00:06.000\nthree\n\n00:06.000 --> 00:07.000\nfour\n',
		'<v A>five <v B>six'
	];
	const send = async (body: string, sequence: number) =>
		(await takeCaptions(database, token, { body, sequence, language: null })).taken;
	for (const [place, body] of bodies.entries()) assert.deepEqual([await send(body, place), await send(body, place)], [2, 0]);
	assert.equal((await captionsOf(database, event)).length, 6);
	await cancelEvent(database, event.topicId, event.eventId, { en: 'Flooded.' }, aSecretary);
	await assert.rejects(send('still', 99), { code: 'event-cancelled' });
});

test('whoever sends while the desk ends the stream is refused, not taken after the end', async () => {
	const { event, staff } = await aTownHall(database);
	const { token } = await makeStream(database, event, 'en', staff);
	const [stream] = await streamsOf(database, event);
	const outcome = await atOnce(database, [
		(transaction) => endStream(transaction, event, stream!.streamId, staff),
		(transaction) => takeCaptions(transaction, token, { body: 'after the end', sequence: null, language: null })
	]);
	assert.deepEqual(outcome, ['done', 'captions-unknown']);
	assert.deepEqual(await captionsOf(database, event), []);
});

test('a line that comes weeks after the beginning of its event is taken; an event that was called off gets no captions in any way', async () => {
	const begun = Date.now() - 60 * 86_400_000;
	const { event, staff } = await aTownHall(database, { startsAt: new Date(begun), endsAt: new Date(begun + 3_600_000) });
	const { token } = await makeStream(database, event, 'en', staff);
	const send = (body: string) => takeCaptions(database, token, { body, sequence: null, language: null });
	assert.equal((await send('still on')).taken, 1);
	assert.equal((await send('9000:00:00.000 --> 9001:00:00.000 far away')).taken, 1);
	const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\nBegun.\n';
	await importCaptions(database, event, { fileName: 'a.vtt', file, language: 'en', beginsMs: 3e9 }, staff);
	await importCaptions(database, event, { fileName: 'b.vtt', file, language: 'en', beginsMs: -5000 }, staff);
	assert.deepEqual(
		(await captionsOf(database, event)).map(({ startsMs }) => startsMs),
		[0, 2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1]
	);
	await cancelEvent(database, event.topicId, event.eventId, { en: 'Flooded.' }, aSecretary);
	await assert.rejects(makeStream(database, event, 'en', staff), { code: 'event-cancelled' });
	const again = { fileName: 'c.vtt', file, language: 'en', beginsMs: 0 };
	await assert.rejects(importCaptions(database, event, again, staff), { code: 'event-cancelled' });
});
