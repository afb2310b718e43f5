/** A newer notebook that waits to be used. */
export interface Newer {
	takeOver(): void;
}

/**
 * Registers the worker for the path of the notebook alone, and tells of a newer version once one is there. The page loads anew when its person
 * says so, and at no other time.
 * @param path "/notebook", "/fr/notebook"
 * @returns ends the watching
 */
export function watchWorker(path: string, tell: (newer: Newer) => void): () => void {
	// an address without TLS has none: the notebook works there as long as its page stays open
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
