import assert from 'node:assert/strict';
import test from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { aVisitor } from '#ideas/examples.server.ts';
import { correctLine, makeTranscript, nameSpeakers, transcriptBefore } from '#townhalls/captions/correcting.server.ts';
import { captionsOf, historyOf, speakersOf } from '#townhalls/captions/lines.server.ts';
import {
	captionImports,
	endStream,
	importCaptions,
	makeStream,
	removeImport,
	streamsOf,
	takeCaptions
} from '#townhalls/captions/taking.server.ts';
import { aTownHall } from '#townhalls/examples.server.ts';

const database = await testDatabase();

const refusedAs = (code: string) => (error: unknown) => (error as { code?: string }).code === code;
const file =
	'WEBVTT\n\n00:01.000 --> 00:04.000\n<v CHAIR>Good morning.\n\n00:04.000 --> 00:03.000\nbroken\n\n00:06.000 --> 00:09.000\n<v A. DIALLO>Access is a rihgt.\n';
const aFile = { fileName: 'bali.vtt', file, language: 'en', beginsMs: 60_000 };

async function send(token: string, body: string, sequence: number | null = null) {
	return (await takeCaptions(database, token, { body, sequence, language: null })).taken;
}

test('lines are taken from a stream, each once, also when they come in reverse order', async () => {
	const { event, staff } = await aTownHall(database);
	const { token } = await makeStream(database, event, 'en', staff);
	for (const sequence of [3, 2, 1, 2]) await send(token, `CHAIR: line ${sequence}\n`, sequence);
	assert.deepEqual(
		(await captionsOf(database, event)).map(({ text, speaker }) => [speaker, text]),
		[1, 2, 3].map((number) => ['CHAIR', `line ${number}`])
	);
	assert.equal(await send(token, '00:00:05.000 --> 00:00:06.000 early words\nand words without a time\n'), 2);
	assert.equal((await captionsOf(database, event))[0]!.text, 'early words');
	assert.deepEqual(
		(await captionsOf(database, event, { search: 'EARLY' })).map(({ startsMs }) => startsMs),
		[5000]
	);
	assert.equal((await captionsOf(database, event, { last: 1 }))[0]!.text, 'and words without a time');
	await assert.rejects(send(token, '  \n'), refusedAs('unusable-text'));
	await assert.rejects(send(token.slice(0, -4) + 'AAAA', 'forged'), refusedAs('captions-unknown'));
	await assert.rejects(send('short', 'forged'), refusedAs('captions-unknown'));
	const [stream] = await streamsOf(database, event);
	assert.equal(stream!.lines, 5);
	await endStream(database, event, stream!.streamId, staff);
	await assert.rejects(send(token, 'too late'), refusedAs('captions-unknown'));
});

test('a file is read as far as it can be, and its lines are taken back together', async () => {
	const { event, staff } = await aTownHall(database);
	const { importId, lines, problems } = await importCaptions(database, event, aFile, staff);
	assert.deepEqual([lines, problems], [2, [{ line: 6, what: 'ends-before' }]]);
	assert.deepEqual(
		(await captionsOf(database, event)).map(({ startsMs, speaker }) => [startsMs, speaker]),
		[
			[61_000, 'CHAIR'],
			[66_000, 'A. DIALLO']
		]
	);
	assert.deepEqual((await captionImports(database, event))[0]!.problems, problems);
	await removeImport(database, event, importId, staff);
	assert.deepEqual(await captionsOf(database, event), []);
	await assert.rejects(importCaptions(database, event, { ...aFile, file: 'Dear all' }, staff), refusedAs('no-captions'));
	await assert.rejects(importCaptions(database, event, aFile, aVisitor('anyone')), refusedAs('not-allowed'));
});

test('a correction stands beside what came, and speakers are named once for all', async () => {
	const { event, staff } = await aTownHall(database);
	await importCaptions(database, event, aFile, staff);
	await correctLine(database, event, { number: 2, text: 'Access is a right.', seen: 0 }, staff);
	await assert.rejects(correctLine(database, event, { number: 2, text: 'Axes', seen: 0 }, staff), refusedAs('changed-meanwhile'));
	await nameSpeakers(database, event, { 'A. DIALLO': 'Amina Diallo', CHAIR: '', nobody: 'x' }, staff);
	assert.deepEqual(
		(await captionsOf(database, event)).map(({ speaker, text }) => [speaker, text]),
		[
			[null, 'CHAIR: Good morning.'],
			['Amina Diallo', 'Access is a right.']
		]
	);
	assert.deepEqual(
		(await historyOf(database, event, 2)).map(({ version, text }) => [version, text]),
		[
			[1, 'Access is a right.'],
			[0, 'Access is a rihgt.']
		]
	);
	assert.deepEqual(
		(await speakersOf(database, event)).map(({ label, name }) => [label, name]),
		[
			['CHAIR', ''],
			['A. DIALLO', 'Amina Diallo']
		]
	);
});

test('the transcript is a text from which a rapporteur draws ideas, and a correction makes its next version', async () => {
	const { event, topicId, staff } = await aTownHall(database);
	await assert.rejects(makeTranscript(database, event, 'Transcript', staff), refusedAs('no-captions'));
	await importCaptions(database, event, aFile, staff);
	const { number } = await makeTranscript(database, event, 'Transcript', staff);
	assert.deepEqual(await makeTranscript(database, event, 'Transcript', staff), { number });
	const made = (await transcriptBefore(database, event))!;
	assert.equal(made.text, '[1:01] CHAIR: Good morning.\n\n[1:06] A. DIALLO: Access is a rihgt.');
	const starts = made.text.indexOf('Access');
	const quotes = [{ part: 0, textVersion: 1, spans: [{ starts, ends: starts + 6 }] }];
	const drawing = { topicId, contributionId: made.contributionId, quotes, requestKey: null };
	const wording = { point: 'Access is a right', explanation: '', sources: '', questionId: null, language: 'en' };
	assert.equal((await drawIdea(database, drawing, wording, staff)).number, 1);
	await correctLine(database, event, { number: 2, text: 'Access is a right.', seen: 0 }, staff);
	await makeTranscript(database, event, 'Transcript', staff);
	assert.equal((await transcriptBefore(database, event))!.version, 2);
});

test('under the Chatham House rule no speaker and no time is written anywhere', async () => {
	const { event, topicId, staff } = await aTownHall(database, { attribution: 'chatham' });
	const { token } = await makeStream(database, event, 'en', staff);
	await send(token, 'AMINA DIALLO: what I say', 1);
	await importCaptions(database, event, aFile, staff);
	await makeTranscript(database, event, 'Transcript', staff);
	assert.equal((await transcriptBefore(database, event))!.text, 'what I say Good morning. Access is a rihgt.');
	const { rows } = await database.query(
		`select from caption_lines where topic_id = $1 and (speaker is not null or starts_ms is not null or ends_ms is not null)`,
		[topicId]
	);
	assert.equal(rows.length, 0);
	const { rows: moves } = await database.query(`select from event_moves where topic_id = $1`, [topicId]);
	assert.equal(moves.length, 0);
	const { rows: all } = await database.query<{ at: Date }>(`select received_at as at from contributions where topic_id = $1`, [
		topicId
	]);
	assert.deepEqual(
		all.map(({ at }) => at.getTime()),
		[event.startsAt.getTime()]
	);
});
