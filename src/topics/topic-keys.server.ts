import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { instanceSecret, keyFor } from '#database/secret.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * One random key per topic, under which a visitor or account becomes the keyed hash of participant_links: the one bridge from a
 * participant to a person. The keys lie beside the database, never in it, sealed by the secret of the instance; a copy of either
 * alone tells nothing. When a topic is archived its key is destroyed, and nobody can walk the bridge again.
 */
export interface TopicKeys {
	/** HMAC-SHA256 of the id under the topic's key, which is made at its first use. Refuses `topic-archived` once the key is destroyed. */
	hash(topicId: string, visitorOrAccountId: string): Promise<Buffer>;
	/** The same of many. */
	hashAll(topicId: string, ids: readonly string[]): Promise<Buffer[]>;
	/** For good: the sealed key is overwritten, and an empty file stays so that no process makes a new one. */
	destroy(topicId: string): Promise<void>;
}

/** @param secret OPEN_TALKS_SECRET; without it the file `secret` of the data folder (made at the first use, for its owner alone) is taken */
export function topicKeys({ folder, secret }: { folder: string; secret?: string | undefined }): TopicKeys {
	const kept = new Map<string, { key: Promise<KeyObject>; until: number }>();
	let sealing: Promise<Buffer> | undefined;
	const sealingKey = () => (sealing ??= instanceSecret({ folder, secret }).then((found) => keyFor(found, 'topic keys')));

	function keyOf(topicId: string): Promise<KeyObject> {
		const now = performance.now();
		const known = kept.get(topicId);
		if (known && known.until > now) return known.key;
		const key = sealingKey().then((sealer) => openOrMake(fileOf(folder, topicId), sealer, topicId));
		kept.set(topicId, { key, until: now + rereadAfter });
		// what failed once (a full disk) may succeed the next time
		key.catch(() => kept.delete(topicId));
		return key;
	}

	return {
		async hash(topicId, id) {
			return hashed(await keyOf(topicId), id);
		},
		async hashAll(topicId, ids) {
			const key = await keyOf(topicId);
			return ids.map((id) => hashed(key, id));
		},
		async destroy(topicId) {
			await overwrite(fileOf(folder, topicId));
			kept.delete(topicId);
		}
	};
}

function hashed(key: KeyObject, id: string): Buffer {
	return createHmac('sha256', key).update(id).digest();
}

// the other processes learn of a destroyed key within this time (ms)
const rereadAfter = 60_000;
const version = 1;
const sealedLength = 1 + 12 + 16 + 32;

function fileOf(folder: string, topicId: string): string {
	if (!/^[0-9a-f-]{36}$/.test(topicId)) throw new Error(`not the id of a topic: ${topicId}`);
	return join(folder, 'keys', `${topicId}.sealed`);
}

async function openOrMake(file: string, sealer: Buffer, topicId: string): Promise<KeyObject> {
	const sealed = await readOrCreate(file, () => seal(randomBytes(32), sealer, topicId));
	if (sealed.length === 0) throw refusal('topic-archived');
	return createSecretKey(unseal(sealed, sealer, topicId));
}

function seal(key: Buffer, sealer: Buffer, topicId: string): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', sealer, nonce).setAAD(Buffer.from(topicId));
	const body = Buffer.concat([cipher.update(key), cipher.final()]);
	return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body]);
}

function unseal(sealed: Buffer, sealer: Buffer, topicId: string): Buffer {
	if (sealed.length !== sealedLength || sealed[0] !== version) throw new Error(`the sealed key of topic ${topicId} is damaged`);
	const opener = createDecipheriv('aes-256-gcm', sealer, sealed.subarray(1, 13)).setAAD(Buffer.from(topicId));
	opener.setAuthTag(sealed.subarray(13, 29));
	try {
		return Buffer.concat([opener.update(sealed.subarray(29)), opener.final()]);
	} catch (cause) {
		throw new Error(`the key of topic ${topicId} was sealed with another OPEN_TALKS_SECRET`, { cause });
	}
}

/** Two processes may come here at once: a finished file is linked into its place, which only one of them can do. */
async function readOrCreate(file: string, make: () => Buffer): Promise<Buffer> {
	const present = await readFile(file).catch(absent);
	if (present) return present;
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	const draft = await written(file, make());
	try {
		await link(draft, file);
		await synced(dirname(file));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		await unlink(draft);
	}
	return readFile(file);
}

async function overwrite(file: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	const present = await open(file, 'r+').catch(absent);
	if (present) {
		await present.write(randomBytes(sealedLength), 0, sealedLength, 0);
		await present.sync();
		await present.close();
	}
	await rename(await written(file, Buffer.alloc(0)), file);
	await synced(dirname(file));
}

async function written(file: string, content: Buffer): Promise<string> {
	const draft = `${file}.${randomBytes(6).toString('hex')}`;
	const handle = await open(draft, 'wx', 0o600);
	await handle.writeFile(content);
	await handle.sync();
	await handle.close();
	return draft;
}

async function synced(folder: string): Promise<void> {
	// a folder cannot be opened on Windows, which keeps its names without it
	const handle = await open(folder, 'r').catch(() => undefined);
	await handle?.sync().catch(() => undefined);
	await handle?.close();
}

function absent(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}
