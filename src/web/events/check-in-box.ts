import type { Entry } from '#web/offline/outbox.ts';
import type { Box } from '#web/offline/sender.ts';

/** Check-ins that wait, in the browser's own database; where the phone refuses that, in memory as long as the page is open. */
export async function checkInBox(): Promise<Box & { readonly isLasting: boolean }> {
	const database = await opened().catch(() => null);
	if (!database) return inMemory();
	const asked = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('the store of this phone failed'));
		});
	return {
		isLasting: true,
		entries: (lane) => asked(database.transaction(store).objectStore(store).index('lane').getAll(lane) as IDBRequest<Entry[]>),
		write: (entries) =>
			new Promise<void>((resolve, reject) => {
				const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
				for (const entry of entries) transaction.objectStore(store).put(entry);
				transaction.oncomplete = () => resolve();
				transaction.onabort = () => reject(transaction.error ?? new Error('the store of this phone is full'));
			})
	};
}

const store = 'check-ins';

function opened(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open('open-talks-door', 1);
		request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' }).createIndex('lane', 'lane');
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('this phone keeps nothing'));
	});
}

function inMemory(): Box & { readonly isLasting: boolean } {
	const kept = new Map<string, Entry>();
	return {
		isLasting: false,
		entries: (lane) => Promise.resolve([...kept.values()].filter((entry) => entry.lane === lane)),
		write: (entries) => {
			for (const entry of entries) kept.set(entry.id, entry);
			return Promise.resolve();
		}
	};
}
