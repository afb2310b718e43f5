import type { Deed, Pending } from '#web/floor/desk-view.ts';

/** The server's word about an act. */
export interface Outcome {
	readonly actId: string;
	/** done, or the code of the refusal */
	readonly outcome: string;
	/** why it was refused */
	readonly sentence: string;
}

/** What of a browser's storage is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * What a chair did, kept on the device until the server has said of each act what became of it, in the order in which it was done. Written down
 * before it is sent, so that a window that is closed loses nothing; sent again as often as needed, since the server does each act once.
 * The acts of one meeting are some hundred short rows, which the browser keeps by itself in the moment in which they are written.
 */
export class ChairsOutbox {
	readonly #shelf: Shelf;
	readonly #name: string;

	constructor(shelf: Shelf, eventId: string) {
		this.#shelf = shelf;
		this.#name = `chair ${eventId}`;
	}

	get pending(): Pending[] {
		try {
			const kept = JSON.parse(this.#shelf.getItem(this.#name) ?? '[]') as unknown;
			return Array.isArray(kept) ? (kept as Pending[]) : [];
		} catch {
			return [];
		}
	}

	/** Throws where the browser keeps nothing: the chair is told, and nothing is shown as done. */
	add(pending: Pending): void {
		this.#shelf.setItem(this.#name, JSON.stringify([...this.pending, pending]));
	}

	/** @returns those that were refused, with what they were */
	settle(outcomes: readonly Outcome[]): { readonly deed: Deed; readonly sentence: string }[] {
		const known = new Map(outcomes.map((one) => [one.actId, one]));
		const { pending } = this;
		this.#shelf.setItem(this.#name, JSON.stringify(pending.filter(({ actId }) => !known.has(actId))));
		return pending.flatMap(({ actId, deed }) => {
			const one = known.get(actId);
			return one && one.outcome !== 'done' ? [{ deed, sentence: one.sentence }] : [];
		});
	}
}

/** What is sent: how long ago each act was done tells when, whatever the clock of the device says. */
export function parcel(pending: readonly Pending[], now: number) {
	const chair = pending[0]?.chair ?? 0;
	return {
		chair,
		acts: pending
			.filter((one) => one.chair === chair)
			.slice(0, 50)
			.map(({ actId, deed, at }) => ({ actId, deed, ago: Math.max(0, Math.round(now - at)) }))
	};
}
