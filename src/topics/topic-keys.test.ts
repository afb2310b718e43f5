import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { topicKeys } from '#topics/topic-keys.server.ts';

const topic = '01930000-0000-7000-8000-000000000001';
const other = '01930000-0000-7000-8000-000000000002';
const visitor = '3f1c2b9e-0d5b-4a51-9f5e-7a1f3c6f7b10';

const folders: string[] = [];
async function aFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'keys-'));
	folders.push(folder);
	return folder;
}
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

test('the same visitor has one hash in a topic and another in the next topic', async () => {
	const keys = topicKeys({ folder: await aFolder(), secret: 'a secret' });
	const first = await keys.hash(topic, visitor);
	assert.equal(first.length, 32);
	assert.deepEqual(await keys.hash(topic, visitor), first);
	assert.notDeepEqual(await keys.hash(other, visitor), first);
});

test('processes that make the key of a topic at once end with the same key', async () => {
	const folder = await aFolder();
	const hashes = await Promise.all(Array.from({ length: 20 }, () => topicKeys({ folder }).hash(topic, visitor)));
	assert.equal(new Set(hashes.map((hash) => hash.toString('hex'))).size, 1);
	assert.deepEqual((await readdir(join(folder, 'keys'))).sort(), [`${topic}.sealed`]);
});

test('key and secret can be read by their owner only', async () => {
	const folder = await aFolder();
	await topicKeys({ folder }).hash(topic, visitor);
	for (const file of ['secret', `keys/${topic}.sealed`]) assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
});

test('a key sealed with another secret is not opened, and no new one is made', async () => {
	const folder = await aFolder();
	const first = await topicKeys({ folder, secret: 'one' }).hash(topic, visitor);
	await assert.rejects(topicKeys({ folder, secret: 'two' }).hash(topic, visitor), /another OPEN_TALKS_SECRET/);
	assert.deepEqual(await topicKeys({ folder, secret: 'one' }).hash(topic, visitor), first);
});

test('a destroyed key stays destroyed, also before its first use', async () => {
	const folder = await aFolder();
	const keys = topicKeys({ folder });
	await keys.hash(topic, visitor);
	const before = await readFile(join(folder, 'keys', `${topic}.sealed`));
	await keys.destroy(topic);
	await keys.destroy(other);
	for (const gone of [topic, other]) {
		await assert.rejects(keys.hash(gone, visitor), { code: 'topic-archived', status: 409 });
		await assert.rejects(topicKeys({ folder }).hash(gone, visitor), { code: 'topic-archived' });
	}
	assert.equal(before.length, 61);
	assert.equal((await readFile(join(folder, 'keys', `${topic}.sealed`))).length, 0);
});

test('a folder that could not be written is tried again', async () => {
	const folder = await aFolder();
	const keys = topicKeys({ folder, secret: 'a secret' });
	await writeFile(join(folder, 'keys'), 'in the way');
	await assert.rejects(keys.hash(topic, visitor), { code: 'ENOTDIR' });
	await rm(join(folder, 'keys'));
	assert.equal((await keys.hash(topic, visitor)).length, 32);
});
