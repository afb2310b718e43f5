import assert from 'node:assert/strict';
import test from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { aFormFile } from '#contributions/examples.ts';
import { aRapporteur, temporaryFiles } from '#contributions/examples.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { topicForImport } from './importing.server.ts';
import {
	previewAgain,
	runUploadStep,
	startImport,
	tidyUploads,
	uploadOf,
	uploadSubmissions,
	uploadsOf
} from './uploads.server.ts';

const database = await testDatabase();
const files = await temporaryFiles(database);
const { topicId } = await topicForImport(database, 'uploads', { kind: 'job', name: 'test' });
const ada = aRapporteur(topicId);

async function uploaded(bytes: Uint8Array) {
	const { sha256 } = await files.put([bytes], { mediaType: 'application/zip', limit: 1_000_000 });
	return uploadSubmissions(database, { topicId, sha256, fileName: 'all.zip' }, ada);
}

test('a zip is looked at first, and brought in when the rapporteur says so', async () => {
	const { importId } = await uploaded(zipSync({ '001A.txt': strToU8(aFormFile({ sector: 'Druids' })) }));
	const waiting = await uploadOf(database, topicId, importId);
	assert.deepEqual([waiting.preview, waiting.outcome, waiting.progress?.state], [null, null, 'waiting']);
	const upload = { topicId, importId };
	await runUploadStep(database, files, 'preview', upload);
	const counts = { read: 1, submissions: 1, added: 1, unchanged: 0, unknown: { sectors: ['Druids'], regions: [] }, errors: [] };
	assert.deepEqual((await uploadOf(database, topicId, importId)).preview, { ...counts, titles: ['The role of governments'] });
	assert.deepEqual(await submissionsOf(database, topicId), []);
	await startImport(database, topicId, importId, ada);
	const steps: [number, number | null][] = [];
	await runUploadStep(database, files, 'import', upload, {
		progress(done, total) {
			steps.push([done, total]);
			return Promise.resolve();
		}
	});
	assert.deepEqual(steps, [[1, 1]]);
	const done = await uploadOf(database, topicId, importId);
	assert.deepEqual([done.outcome, done.preview, done.sha256], [counts, null, null]);
	// a second click
	await runUploadStep(database, files, 'import', upload);
	assert.deepEqual((await uploadOf(database, topicId, importId)).outcome, counts);
	assert.equal((await submissionsOf(database, topicId)).length, 1);
	assert.deepEqual(
		(await uploadsOf(database, topicId)).map(({ fileName }) => fileName),
		['all.zip']
	);
});

test('a week later a zip that nobody brought in is gone, and of one that was the numbers are left', async () => {
	const { importId } = await uploaded(zipSync({ '002A.txt': strToU8(aFormFile({ sector: 'Bards' })) }));
	await runUploadStep(database, files, 'preview', { topicId, importId });
	await tidyUploads({ ...database, clockShift: 6 * 86_400_000 });
	assert.ok((await uploadOf(database, topicId, importId)).preview);
	await tidyUploads({ ...database, clockShift: 8 * 86_400_000 });
	await assert.rejects(uploadOf(database, topicId, importId), { code: 'not-found' });
	const unknown = { sectors: [], regions: [] };
	assert.deepEqual(
		(await uploadsOf(database, topicId)).map(({ outcome }) => outcome),
		[{ read: 1, submissions: 1, added: 1, unchanged: 0, unknown, errors: [] }]
	);
});

test('what is no zip ends with the reason', async () => {
	const { importId } = await uploaded(strToU8('a letter'));
	await runUploadStep(database, files, 'preview', { topicId, importId });
	assert.deepEqual((await uploadOf(database, topicId, importId)).preview, { refused: 'zip-needed' });
});

test('only rapporteurs of the topic upload and import', async () => {
	const { importId } = await uploaded(strToU8('a letter'));
	const visitor = { kind: 'visitor', visitorId: 'v' } as const;
	await assert.rejects(startImport(database, topicId, importId, visitor), { code: 'not-allowed' });
	await assert.rejects(startImport(database, topicId, topicId, ada), { code: 'not-found' });
	await assert.rejects(uploadSubmissions(database, { topicId, sha256: '0'.repeat(64), fileName: 'x' }, aRapporteur(importId)), {
		code: 'not-allowed'
	});
});

test('a name that ends half-way is kept without its end; only rapporteurs of the talk look at a zip again', async () => {
	const { sha256 } = await files.put([zipSync({})], { mediaType: 'application/zip', limit: 1_000_000 });
	const { importId } = await uploadSubmissions(database, { topicId, sha256, fileName: 'all\0.zip' }, ada);
	assert.equal((await uploadOf(database, topicId, importId)).fileName, 'all.zip');
	await assert.rejects(previewAgain(database, topicId, importId, { kind: 'visitor', visitorId: null }), { code: 'not-allowed' });
});
