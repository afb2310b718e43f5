import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry } from './outbox.ts';
import type { Box } from './sender.ts';

interface Shelves extends DBSchema {
	entries: { key: string; value: Entry; indexes: { lane: string } };
	/** a picture or another large thing beside the entry of the same id, without which a list of entries stays small */
	blobs: { key: string; value: Blob };
	/** anything small that a page wants to find again: what it knows, what is being typed */
	kept: { key: string; value: unknown };
}

/** The browser's database, as far as it is there and lets us write. Each call opens what it needs; nothing but the database is waited for inside a transaction. */
export class BrowserBox implements Box {
	readonly #database: Promise<IDBPDatabase<Shelves>>;

	constructor(name: string) {
		this.#database = openDB<Shelves>(name, 1, {
			upgrade(database) {
				database.createObjectStore('entries', { keyPath: 'id' }).createIndex('lane', 'lane');
				database.createObjectStore('blobs');
				database.createObjectStore('kept');
			},
			// a newer page in another tab wants the database: it gets it, and this one opens it again when it needs it
			blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close()
		});
		// said where it is asked for; unhandled it would end a page that goes on without
		this.#database.catch(() => {});
	}

	async entries(lane: string): Promise<Entry[]> {
		return (await this.#database).getAllFromIndex('entries', 'lane', lane);
	}

	async all(): Promise<Entry[]> {
		return (await this.#database).getAll('entries');
	}

	/** Written through to the disk when it resolves: a battery that dies then takes nothing. */
	async write(entries: readonly Entry[], blob?: { readonly id: string; readonly blob: Blob }): Promise<void> {
		const transaction = (await this.#database).transaction(['entries', 'blobs'], 'readwrite', { durability: 'strict' });
		await Promise.all([
			...entries.map((entry) => transaction.objectStore('entries').put(entry)),
			...(blob ? [transaction.objectStore('blobs').put(blob.blob, blob.id)] : []),
			transaction.done
		]);
	}

	/** The entries go for good: of a rehearsal, or what was handed over and accepted elsewhere. */
	async drop(ids: readonly string[]): Promise<void> {
		const transaction = (await this.#database).transaction(['entries', 'blobs'], 'readwrite');
		await Promise.all([
			...ids.flatMap((id) => [transaction.objectStore('entries').delete(id), transaction.objectStore('blobs').delete(id)]),
			transaction.done
		]);
	}

	async blob(id: string): Promise<Blob | undefined> {
		return (await this.#database).get('blobs', id);
	}

	async dropBlob(id: string): Promise<void> {
		await (await this.#database).delete('blobs', id);
	}

	async keep(name: string, value: unknown): Promise<void> {
		await (await this.#database).put('kept', value, name);
	}

	async kept(name: string): Promise<unknown> {
		return (await this.#database).get('kept', name);
	}

	async names(): Promise<string[]> {
		return (await this.#database).getAllKeys('kept');
	}

	async forget(name: string): Promise<void> {
		await (await this.#database).delete('kept', name);
	}
}

/** Why a browser would not write, as far as it says so: its storage is full, or it gives none (a private window, a setting). */
export function storageTrouble(error: unknown): 'full' | 'none' {
	const name = error instanceof Error ? error.name : '';
	return name === 'QuotaExceededError' || name === 'NS_ERROR_DOM_QUOTA_REACHED' ? 'full' : 'none';
}
