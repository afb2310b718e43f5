import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { aBomb } from './example-files.ts';
import { sourceAt, zipSource } from './sources.server.ts';

const folder = await mkdtemp(join(tmpdir(), 'open-talks-sources-'));
after(() => rm(folder, { recursive: true }));

test('a folder and a zip of it give the same files, without those of systems', async () => {
	const files = { '001A.txt': 'a', 'more/002A.txt': 'b', '.DS_Store': 'x', '__MACOSX/001A.txt': 'x' };
	await mkdir(join(folder, 'in/more'), { recursive: true });
	await mkdir(join(folder, 'in/__MACOSX'));
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'in', name), text);
	await writeFile(
		join(folder, 'in.zip'),
		zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
	);
	for (const path of ['in', 'in.zip']) {
		const source = await sourceAt(join(folder, path));
		assert.deepEqual(source.names, ['001A.txt', 'more/002A.txt']);
		assert.equal(Buffer.from(await source.read('more/002A.txt')).toString(), 'b');
	}
});

test('what is no zip, what is not there and a bomb are refused', async () => {
	assert.throws(() => zipSource(strToU8('a letter')), { code: 'zip-needed' });
	assert.throws(() => zipSource(aBomb('001A.txt')), { code: 'file-inflates' });
	await assert.rejects(sourceAt(join(folder, 'missing')), { code: 'not-found' });
});

test('each entry of a zip is read as it was put in, whatever its name and however it is packed', async () => {
	const long = Buffer.from('Governments and others. '.repeat(5000));
	const files = {
		'001A.txt': long,
		'больше/002A.txt': strToU8('привет'),
		'empty.txt': new Uint8Array(),
		'plain.txt': [long, { level: 0 }] as [Uint8Array, { level: 0 }]
	};
	const zip = zipSync(files, { comment: 'x'.repeat(300) });
	// also where it does not begin at the beginning of its memory
	const shifted = Buffer.concat([Buffer.alloc(7), zip]).subarray(7);
	for (const bytes of [zip, shifted]) {
		const source = zipSource(bytes);
		assert.deepEqual(source.names, ['001A.txt', 'empty.txt', 'plain.txt', 'больше/002A.txt']);
		assert.deepEqual(Buffer.from(await source.read('001A.txt')), long);
		assert.deepEqual(Buffer.from(await source.read('plain.txt')), long);
		assert.equal(Buffer.from(await source.read('больше/002A.txt')).toString(), 'привет');
		assert.equal((await source.read('empty.txt')).length, 0);
		await assert.rejects(source.read('missing.txt'), { code: 'not-found' });
	}
	const cut = Buffer.from(zip);
	cut.fill(0xff, 60, 200);
	await assert.rejects(zipSource(cut).read('001A.txt'), { code: 'file-broken' });
	assert.throws(() => zipSource(zip.subarray(0, zip.length - 320)), { code: 'file-broken' });
});
