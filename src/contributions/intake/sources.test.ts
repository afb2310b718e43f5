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
