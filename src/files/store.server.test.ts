import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { testDatabase } from '#database/test-database.server.ts';
import { bytesOf, fileStore } from './store.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-files-'));
after(() => rm(folder, { recursive: true }));
const store = fileStore(database, folder, 1000);
const limit = 500;

test('a file is kept under its digest, once however often it is sent, and read back byte for byte', async () => {
	const bytes = Buffer.from('Information Document');
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const sent = { mediaType: 'text/plain', limit };
	assert.deepEqual(await store.put([bytes.subarray(0, 5), bytes.subarray(5)], sent), {
		sha256,
		size: 20,
		mediaType: 'text/plain'
	});
	assert.equal((await store.put([bytes], sent)).sha256, sha256);
	assert.deepEqual(Buffer.from(await bytesOf(store, sha256)), bytes);
	const { rows } = await database.query(`select size, media_type from files where sha256 = $1`, [Buffer.from(sha256, 'hex')]);
	assert.deepEqual(rows, [{ size: 20, media_type: 'text/plain' }]);
});

test('a file larger than allowed is refused while it comes, and nothing of it stays', async () => {
	let read = 0;
	function* endless() {
		for (;;) {
			read += 100;
			yield Buffer.alloc(100);
		}
	}
	await assert.rejects(store.put(endless(), { mediaType: 'text/plain', limit }), { code: 'file-too-large' });
	assert.equal(read, 600);
	assert.deepEqual(await readdir(join(folder, 'arriving')), []);
});

test('a store that is full refuses', async () => {
	const part = (fill: number) => store.put([Buffer.alloc(450, fill)], { mediaType: 'text/plain', limit });
	await part(1);
	await part(2);
	await assert.rejects(part(3), { code: 'store-full' });
});

test('a sender that breaks off leaves nothing', async () => {
	async function* broken() {
		yield Buffer.from('half');
		await Promise.resolve();
		throw new Error('connection lost');
	}
	const before = await database.query(`select from files`);
	await assert.rejects(store.put(broken(), { mediaType: 'text/plain', limit }), /connection lost/u);
	assert.deepEqual(await readdir(join(folder, 'arriving')), []);
	assert.equal((await database.query(`select from files`)).rowCount, before.rowCount);
});

test('what is not there is refused, also under a name that would leave the folder', async () => {
	await assert.rejects(store.open('0'.repeat(64)), { code: 'not-found' });
	await assert.rejects(store.open('../../../etc/passwd'), { code: 'not-found' });
});

test('a removed file is gone, and a file whose row outlived it is mended by sending it again', async () => {
	const { sha256 } = await store.put([Buffer.from('x')], { mediaType: 'text/plain', limit });
	await rm(join(folder, sha256.slice(0, 2), sha256.slice(2)));
	assert.equal(await store.has(sha256), false);
	await store.put([Buffer.from('x')], { mediaType: 'text/plain', limit });
	assert.equal(await store.has(sha256), true);
	await store.remove(sha256);
	assert.equal(await store.has(sha256), false);
	assert.equal((await database.query(`select from files where sha256 = $1`, [Buffer.from(sha256, 'hex')])).rowCount, 0);
});

test('a file that was sent again since is not removed as an old one', async () => {
	const { sha256 } = await store.put([Buffer.from('y')], { mediaType: 'text/plain', limit });
	const before = new Date();
	await database.query(`update files set stored_at = stored_at - interval '2 days' where sha256 = $1`, [
		Buffer.from(sha256, 'hex')
	]);
	await store.put([Buffer.from('y')], { mediaType: 'text/plain', limit });
	await store.remove(sha256, before);
	assert.equal(await store.has(sha256), true);
	await store.remove(sha256, new Date(Date.now() + 60_000));
	assert.equal(await store.has(sha256), false);
});

test('of a file that is sent and removed at the same time both its row and its bytes stay, or neither', async () => {
	const roomy = fileStore(database, folder);
	for (let round = 0; round < 60; round++) {
		const bytes = Buffer.from(`round ${round}`);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const put = () => roomy.put([bytes], { mediaType: 'text/plain', limit });
		if (round % 2 === 0) await put();
		// the removal comes at another moment of the sending each time
		const removed = new Promise((resolve) => setTimeout(resolve, round % 12)).then(() => roomy.remove(sha256));
		await Promise.all([put(), removed, ...(round % 3 === 0 ? [put()] : [])]);
		const { rowCount } = await database.query('select from files where sha256 = $1', [Buffer.from(sha256, 'hex')]);
		assert.equal(await roomy.has(sha256), rowCount === 1, `round ${round}`);
	}
});
