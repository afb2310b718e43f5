import { pathWithoutLanguage } from '#languages/languages.ts';
import { cachesOf } from './caches.ts';

/** A newer page that waits to be used. */
export interface Newer {
	takeOver(): void;
}

/**
 * Registers the worker for the path of one page alone, and tells of a newer version once one is there. The page loads anew when its person
 * says so, and at no other time.
 * @param path "/notebook", "/fr/notebook", "/topics/…/events/1/check-in"
 * @returns ends the watching
 */
export function watchWorker(path: string, tell: (newer: Newer) => void): () => void {
	// an address without TLS has none: the page works there as long as it stays open
	if (!('serviceWorker' in navigator)) return () => {};
	let isTaken = false;
	const taken = () => {
		if (isTaken) location.reload();
	};
	navigator.serviceWorker.addEventListener('controllerchange', taken);
	const offer = (waiting: ServiceWorker) =>
		tell({
			takeOver() {
				isTaken = true;
				waiting.postMessage('take-over');
			}
		});
	void navigator.serviceWorker
		.register('/service-worker.js', { scope: path })
		.then((registration) => {
			if (registration.waiting && registration.active) offer(registration.waiting);
			registration.addEventListener('updatefound', () => {
				const coming = registration.installing;
				coming?.addEventListener('statechange', () => {
					if (coming.state === 'installed' && registration.active) offer(coming);
				});
			});
		})
		// a browser that allows none goes on without
		.catch(() => {});
	return () => navigator.serviceWorker.removeEventListener('controllerchange', taken);
}

/** Of a page that is needed no more: its workers and what they kept go, in each language. @param path without its language */
export async function leaveWorker(path: string): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	for (const registration of await navigator.serviceWorker.getRegistrations()) {
		const scope = new URL(registration.scope).pathname;
		if (pathWithoutLanguage(scope) !== path) continue;
		await registration.unregister();
		for (const name of await caches.keys()) if (name.startsWith(cachesOf(scope))) await caches.delete(name);
	}
}
