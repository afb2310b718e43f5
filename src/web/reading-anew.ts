import { invalidateAll } from '$app/navigation';

/** What rejects the readings that are under way. */
const underWay = new Set<(reason: unknown) => void>();
let isWatching = false;

/**
 * Reads the page anew that stands there. Rejects where there is no answer, and the page stays as it is: SvelteKit itself would put an error, or the
 * browser's own page, in its place, and nobody stands at a projector to mend that. To be tried again by whoever asked.
 */
export function readAnew(): Promise<void> {
	watchAnswers();
	return new Promise((resolve, reject) => {
		underWay.add(reject);
		invalidateAll()
			.then(resolve, reject)
			.finally(() => underWay.delete(reject));
	});
}

/** SvelteKit asks by `window.fetch`, so that another may stand there: one that gives no answer rather than a bad one while a page is read anew. */
function watchAnswers(): void {
	if (isWatching) return;
	isWatching = true;
	const ask = window.fetch.bind(window);
	window.fetch = async (asked, init) => {
		if (underWay.size === 0 || !isData(asked)) return ask(asked, init);
		let failure: unknown;
		try {
			const answer = await ask(asked, init);
			// refused for good: there is nothing to show any more
			if (answer.ok || (answer.status < 500 && answer.status !== 429)) return answer;
			failure = new Error(String(answer.status));
		} catch (error) {
			failure = error;
		}
		for (const reject of underWay) reject(failure);
		underWay.clear();
		// the next reading takes the place of this one
		return new Promise(() => {});
	};
}

/** The data of a page, of this site. */
function isData(asked: RequestInfo | URL): boolean {
	const { origin, pathname } = new URL(asked instanceof Request ? asked.url : asked, location.href);
	return origin === location.origin && pathname.endsWith('__data.json');
}
