import type { Told } from '#live/figures.ts';

/** How somebody hears: at once, by asking now and then (where a proxy or a limit is in the way), or not at all just now. */
export type Hearing = 'live' | 'asking' | 'lost';

export interface Ears {
	/** an event that takes the place of the one before */
	readonly hear: (told: Partial<Told>) => void;
	/** asks once for everything; rejects where there is no answer */
	readonly ask: () => Promise<unknown>;
	readonly change: (hearing: Hearing) => void;
	/** ms from one question to the next, give or take a third, so that a hall does not ask as one */
	readonly everyMs?: number;
}

/** ms without a sign of life, of which there is one each fifteen seconds, after which nothing more is expected of a connection */
const silence = 40_000;
const usuallyEveryMs = 15_000;
/** ms after which live figures are tried again */
const againAfter = 120_000;

/** What is listened to, and what becomes of it. */
interface Stream extends Omit<Ears, 'hear'> {
	readonly address: string;
	/** names of events */
	readonly names: readonly string[];
	/** of the address, in which the last id stands when somebody comes back */
	readonly query: string;
	/** what they have already; '' for nothing */
	readonly last: string;
	/** @param number of the last move that was heard; 0: of none */
	readonly hear: (name: string, data: unknown, number: number) => void;
}

/**
 * Listens in a browser to figures that are told at an address. Whoever comes back is told only what they lack.
 * @returns ends it
 */
export function listen(address: string, { hear, ...ears }: Ears): () => void {
	const told = (name: string, data: unknown) => hear({ [name]: data });
	return listenTo({ ...ears, address, names: ['ideas', 'figures'], query: 'last', last: '', hear: told });
}

/**
 * Follows a list: each move once and in its order, from the one after `after` on; null where another says it all.
 * @returns ends it
 */
export function follow(
	address: string,
	{
		after,
		kinds,
		...ears
	}: Omit<Stream, 'address' | 'names' | 'query' | 'last'> & {
		readonly after: number;
		readonly kinds: readonly string[];
	}
): () => void {
	return listenTo({ ...ears, address, names: kinds, query: 'after', last: String(after) });
}

/** While the page is out of sight nothing is heard: a browser has six connections for all its windows. */
function listenTo({ address, names, query, last: known, hear, ask, change, everyMs = usuallyEveryMs }: Stream): () => void {
	let source: EventSource | undefined;
	let last = known;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let asksUntil = 0;

	function start(): void {
		stop();
		if (document.visibilityState === 'hidden') return;
		if (Date.now() < asksUntil) return void askAround();
		const opened = new EventSource(last === '' ? address : `${address}?${query}=${encodeURIComponent(last)}`);
		source = opened;
		isAlive();
		for (const name of names)
			opened.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
				if (lastEventId !== '') last = lastEventId;
				isAlive();
				change('live');
				hear(name, JSON.parse(data) as unknown, Number(lastEventId));
			});
		opened.addEventListener('open', () => change('live'));
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
