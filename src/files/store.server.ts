import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** PostgreSQL's names for a foreign key that still leads here: from 18 on, and before. */
const pointedTo: readonly unknown[] = ['23001', '23503'];

/** A file by its content: the SHA-256 in hexadecimal is its name, so the same file sent twice is kept once. */
export interface StoredFile {
	readonly sha256: string;
	readonly size: number;
	readonly mediaType: string;
}

/** The four verbs of any place for files: a folder now, an object store later. */
export interface FileStore {
	/** Takes the bytes as they come. Refuses beyond `limit` bytes, or where the store is full; then nothing of them stays. */
	put(
		source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
		wishes: { mediaType: string; limit: number }
	): Promise<StoredFile>;
	/** The bytes of a file; refuses what is not there. */
	open(sha256: string): Promise<ReadStream>;
	has(sha256: string): Promise<boolean>;
	/**
	 * Forgets a file that nothing points to; one that something does stays, whatever whoever asks believes.
	 * @param sentBefore stays too where it was sent again since
	 */
	remove(sha256: string, sentBefore?: Date): Promise<void>;
}

/**
 * Files in a folder, each under its digest. The row comes first, then the file is renamed into its place, written through to the disk: a
 * file that stands under its digest is whole and known, and a row whose file is missing (a crash in between) is mended by the next put.
 * Who renames or removes a file holds its row meanwhile: of two at once, one comes after the other.
 */
export function fileStore(database: Database, folder: string, quota = 100_000_000_000): FileStore {
	const place = (sha256: string) => {
		if (!/^[0-9a-f]{64}$/u.test(sha256)) throw refusal('not-found');
		return join(folder, sha256.slice(0, 2), sha256.slice(2));
	};
	const has = (sha256: string) =>
		access(place(sha256)).then(
			() => true,
			() => false
		);
	return {
		async put(source, { mediaType, limit }) {
			const arriving = join(folder, 'arriving', randomUUID());
			try {
				const { sha256, size } = await written(source, arriving, limit);
				await assertRoom(database, size, quota);
				await mkdir(dirname(place(sha256)), { recursive: true });
				await inTransaction(database, (transaction) => noteFile(transaction, { sha256, size, mediaType }));
				await inTransaction(database, async (transaction) => {
					// it may have been removed since: noted anew, it is held until it stands in its place
					await noteFile(transaction, { sha256, size, mediaType });
					await rename(arriving, place(sha256));
					await writtenThrough(dirname(place(sha256)));
				});
				return { sha256, size, mediaType };
			} catch (error) {
				throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? Object.assign(refusal('store-full'), { cause: error }) : error;
			} finally {
				await rm(arriving, { force: true });
			}
		},
		async open(sha256) {
			if (!(await has(sha256))) throw refusal('not-found');
			return createReadStream(place(sha256));
		},
		has,
		async remove(sha256, sentBefore) {
			await inTransaction(database, async (transaction) => {
				// the row first and in the same transaction: whoever sends this file now waits, and puts it in its place anew. Where there is
				// no row there is no file, or it is just being put there
				const { rowCount } = await transaction.query(
					`delete from files where sha256 = $1 and ($2::timestamptz is null or stored_at < $2)`,
					[Buffer.from(sha256, 'hex'), sentBefore ?? null]
				);
				if (rowCount > 0) await rm(place(sha256), { force: true });
			}).catch((error: unknown) => {
				if (!pointedTo.includes((error as { code?: unknown }).code)) throw error;
			});
		}
	};
}

/** All bytes of a stored file, for those small enough to be read at once. */
export async function bytesOf(store: FileStore, sha256: string): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	for await (const part of await store.open(sha256)) parts.push(part as Uint8Array);
	return Buffer.concat(parts);
}

async function written(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, path: string, limit: number) {
	await mkdir(dirname(path), { recursive: true });
	const file = await open(path, 'wx', 0o600);
	const digest = createHash('sha256');
	let size = 0;
	try {
		for await (const part of source) {
			size += part.length;
			if (size > limit) throw refusal('file-too-large', { megabytes: Math.floor(limit / 1024 / 1024) });
			digest.update(part);
			await file.writeFile(part);
		}
		await file.sync();
	} finally {
		await file.close();
	}
	return { sha256: digest.digest('hex'), size };
}

async function assertRoom(database: Database, size: number, quota: number): Promise<void> {
	// the sum may be a few files late when many arrive at once: the quota is a fence, not a promise
	const { rows } = await database.query<{ used: number }>(`select coalesce(sum(size), 0)::bigint as used from files`);
	if ((rows[0]?.used ?? 0) + size > quota) throw refusal('store-full');
}

async function noteFile(transaction: Transaction, { sha256, size, mediaType }: StoredFile): Promise<void> {
	await transaction.query(
		`
			insert into files (sha256, size, media_type, stored_at)
			values ($1, $2, $3, $4)
			on conflict (sha256) do update set stored_at = excluded.stored_at`,
		[Buffer.from(sha256, 'hex'), size, mediaType, transaction.at]
	);
}

/** A rename is on the disk once its folder is. */
async function writtenThrough(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
