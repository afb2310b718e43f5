import type { Told } from '#live/figures.ts';

/** How somebody hears: at once, by asking now and then (where a proxy or a limit is in the way), or not at all just now. */
export type Hearing = 'live' | 'asking' | 'lost';

export interface Ears {
	/** an event that takes the place of the one before */
	readonly hear: (told: Partial<Told>) => void;
	/** asks once for everything; rejects where there is no answer */
	readonly ask: () => Promise<unknown>;
	readonly change: (hearing: Hearing) => void;
}

/** ms without a sign of life, of which there is one each fifteen seconds, after which nothing more is expected of a connection */
const silence = 40_000;
/** ms from one question to the next, give or take a third, so that a hall does not ask as one */
const everyMs = 15_000;
/** ms after which live figures are tried again */
const againAfter = 120_000;

/**
 * Listens in a browser to what is told at an address. While the page is out of sight nothing is heard: a browser has six connections for
 * all its windows. Whoever comes back is told only what they lack.
 * @returns ends it
 */
export function listen(address: string, { hear, ask, change }: Ears): () => void {
	let source: EventSource | undefined;
	let last = '';
	let timer: ReturnType<typeof setTimeout> | undefined;
	let asksUntil = 0;

	function start(): void {
		stop();
		if (document.visibilityState === 'hidden') return;
		if (Date.now() < asksUntil) return void askAround();
		const opened = new EventSource(last === '' ? address : `${address}?last=${encodeURIComponent(last)}`);
		source = opened;
		isAlive();
		const telling =
			(name: keyof Told) =>
			({ data, lastEventId }: MessageEvent<string>) => {
				if (lastEventId !== '') last = lastEventId;
				isAlive();
				change('live');
				hear({ [name]: JSON.parse(data) as unknown });
			};
		opened.addEventListener('ideas', telling('ideas'));
		opened.addEventListener('figures', telling('figures'));
		opened.addEventListener('beat', () => {
			isAlive();
			change('live');
		});
		opened.addEventListener('error', () => {
			// it comes back by itself, unless it was refused
			if (opened.readyState === EventSource.CLOSED) return askFromNowOn();
			change('lost');
		});
	}

	function isAlive(): void {
		clearTimeout(timer);
		timer = setTimeout(askFromNowOn, silence);
	}

	function askFromNowOn(): void {
		asksUntil = Date.now() + againAfter;
		start();
	}

	async function askAround(): Promise<void> {
		const pause = everyMs * (0.67 + 0.66 * Math.random());
		timer = setTimeout(start, pause);
		await ask().then(
			() => change('asking'),
			() => change('lost')
		);
	}

	function stop(): void {
		clearTimeout(timer);
		source?.close();
		source = undefined;
	}

	document.addEventListener('visibilitychange', start);
	// a page that is kept by the back button holds no connection
	addEventListener('pagehide', stop);
	addEventListener('pageshow', start);
	start();
	return () => {
		document.removeEventListener('visibilitychange', start);
		removeEventListener('pagehide', stop);
		removeEventListener('pageshow', start);
		stop();
	};
}
