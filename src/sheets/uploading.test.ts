import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { atOnce, testDatabase } from '#database/test-database.server.ts';
import { fileStore } from '#files/store.server.ts';
import { anOpenTopic, temporaryKeys } from '#ideas/examples.server.ts';
import { holding } from '#people/examples.ts';
import { aCsv } from '#sheets/examples.ts';
import { runSheetStep, tidySheets } from '#sheets/running.server.ts';
import { remarksOf, sheetOf, sheetsOf } from '#sheets/uploaded.server.ts';
import { mapSheet, startSheet, uploadSheet } from '#sheets/uploading.server.ts';

const database = await testDatabase();
const files = fileStore(database, await mkdtemp(join(tmpdir(), 'open-talks-sheets-')));
const work = { keys: await temporaryKeys(), files, origin: 'https://talks.example.org' };

/** A sheet of ideas at the desk, looked at. */
async function aSheet(...lines: string[]) {
	const { topicId } = await anOpenTopic(database);
	const rapporteur = holding('rapporteur', topicId);
	const { sha256 } = await files.put([aCsv(...lines)], { mediaType: 'text/csv', limit: 10_000 });
	const { sheetId } = await uploadSheet(database, { topicId, kind: 'ideas', sha256, fileName: 'ideas\0.csv' }, rapporteur);
	const sheet = { topicId, sheetId };
	await runSheetStep(database, work, 'preview', sheet);
	return { ...sheet, sheet, sha256, rapporteur, look: () => sheetOf(database, topicId, sheetId) };
}

test('a sheet is looked at, brought in once somebody says so, and then forgotten but for what came of it', async () => {
	const { topicId, sheetId, sheet, sha256, rapporteur, look } = await aSheet('Point', 'Listen first', 'Decide together');
	const { preview, outcome, fileName } = await look();
	assert.ok(preview && !('refused' in preview));
	assert.deepEqual([preview.rows, preview.added, preview.there, preview.errors], [2, 2, 0, 0]);
	assert.deepEqual([outcome, fileName], [null, 'ideas.csv']);

	await startSheet(database, topicId, sheetId, rapporteur);
	await runSheetStep(database, work, 'import', sheet);
	// asked twice
	await runSheetStep(database, work, 'import', sheet);
	const after = await look();
	assert.deepEqual([after.preview, after.outcome], [null, { rows: 2, added: 2 }]);
	assert.equal(await files.has(sha256), false);
	assert.deepEqual(
		(await sheetsOf(database, topicId)).map(({ added }) => added),
		[2]
	);
	await assert.rejects(startSheet(database, topicId, sheetId, rapporteur), { code: 'changed-meanwhile' });
});

test('a sheet with errors is not brought in, whoever asks', async () => {
	const { topicId, sheetId, sheet, rapporteur, look } = await aSheet('Point,Country', 'Listen first,Atlantis');
	assert.deepEqual(await remarksOf(database, topicId, sheetId), [
		{ code: 'place-unknown', row: 2, column: 1, values: { text: 'Atlantis' } }
	]);
	await assert.rejects(startSheet(database, topicId, sheetId, rapporteur), { code: 'sheet-has-errors' });
	await runSheetStep(database, work, 'import', sheet);
	assert.deepEqual((await look()).outcome, { refused: 'sheet-has-errors', values: {} });
});

test('the same mistake of many rows is kept by row for the file, and told once on the page', async () => {
	const lines = Array.from({ length: 40 }, (_, row) => `Idea ${row},Atlantis`);
	const { topicId, sheetId, look } = await aSheet('Point,Country', ...lines, 'Listen,Lemuria');
	const { preview } = await look();
	assert.ok(preview && !('refused' in preview));
	assert.equal((await remarksOf(database, topicId, sheetId)).length, 41);
	assert.deepEqual(
		[preview.errors, preview.toldInAll, preview.told],
		[
			41,
			2,
			[
				{ code: 'place-unknown', column: 1, values: { text: 'Atlantis' }, rows: [2, 3, 4], more: 37 },
				{ code: 'place-unknown', column: 1, values: { text: 'Lemuria' }, rows: [42], more: 0 }
			]
		]
	);
});

test('two who say at once what the columns mean both have, and the later one holds', async () => {
	const { topicId, sheetId, sheet, rapporteur, look } = await aSheet('What,Why', 'Listen first,It helps');
	const mapped = (fields: Record<string, string>) => ({ headingRow: 0, fields });
	const outcomes = await atOnce(database, [
		(transaction) => mapSheet(transaction, topicId, sheetId, mapped({ why: 'point' }), rapporteur),
		(transaction) => mapSheet(transaction, topicId, sheetId, mapped({ what: 'point', why: 'explanation' }), rapporteur)
	]);
	assert.deepEqual(outcomes, ['done', 'done']);
	await runSheetStep(database, work, 'preview', sheet);
	const { preview } = await look();
	assert.ok(preview && !('refused' in preview));
	assert.deepEqual(preview.first, [{ row: 2, cells: { point: 'Listen first', explanation: 'It helps' } }]);
});

test('a sheet that nobody brings in within a week goes, with its file and what was found in it', async () => {
	const { topicId, sheetId, sha256, look } = await aSheet('Point', 'A sheet of long ago');
	await tidySheets(database, files);
	assert.equal(await files.has(sha256), true);
	await tidySheets({ ...database, clockShift: 8 * 24 * 3_600_000 }, files);
	assert.equal(await files.has(sha256), false);
	assert.deepEqual([(await look()).preview, await remarksOf(database, topicId, sheetId)], [null, []]);
});
