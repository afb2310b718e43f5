/** What tells whether something moved in an event: a page that shows it asks for this, and for itself only where it differs. */
export interface RoomNow {
	/** the number of the last move */
	readonly moves: number;
	/** answers to its polls so far */
	readonly answers: number;
	/** support for its questions so far */
	readonly supports: number;
}

/** ms between questions, with a little of chance, so that a hall does not ask in one moment */
const every = 2500;

/**
 * Asks now and then whether something moved, while the page can be seen.
 * @param last the move up to which the page shows everything: what came while it was on its way is not missed
 * @returns what ends it
 */
export function watchRoom(address: string, last: number, changed: () => Promise<void>): () => void {
	let known: string | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isOver = false;
	async function ask(): Promise<void> {
		if (document.visibilityState === 'visible') {
			const answer = await fetch(address).catch(() => null);
			const now = answer?.ok ? await answer.text() : known;
			const isNew = now !== null && (known === null ? (JSON.parse(now) as RoomNow).moves > last : now !== known);
			known = now;
			if (isNew && !isOver) await changed();
		}
		if (!isOver) timer = setTimeout(() => void ask(), every * (0.8 + 0.4 * Math.random()));
	}
	void ask();
	return () => {
		isOver = true;
		clearTimeout(timer);
	};
}
