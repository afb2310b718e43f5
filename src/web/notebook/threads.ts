import { threadsOf, type Card } from '#cafes/notes/note.ts';
import type { Entry, State } from '#web/offline/outbox.ts';
import type { KnownCard } from './known.ts';

/** A card as the page shows it: its last wordings, with what became of each. */
export interface ShownCard extends KnownCard {
	readonly state: State;
	readonly sentence: string;
	readonly isMine: boolean;
}

export interface ShownThread {
	readonly id: string;
	readonly round: number;
	readonly wordings: readonly ShownCard[];
	readonly isTwin: boolean;
	/** it was said anew since it was begun */
	readonly isRevised: boolean;
}

/** Cards of this phone, and those of the other phones of the table that it knows of, as threads in their order. */
export function shownThreads(entries: readonly Entry[], known: readonly KnownCard[]): readonly ShownThread[] {
	const mine = entries.flatMap((entry) => {
		if (entry.kind !== 'card') return [];
		const card = entry.body as Card;
		return [{ ...card, place: entry.place, state: entry.state, sentence: entry.reason?.sentence ?? '', isMine: true }];
	});
	const own = mine.map(({ id }) => id);
	const others = known
		.filter(({ id }) => !own.includes(id))
		.map((card) => ({ ...card, state: 'accepted' as const, sentence: '', isMine: false }));
	return threadsOf<ShownCard>([...mine, ...others]).map(({ first, wordings, written }) => ({
		...{ id: first.id, round: first.round, wordings },
		...{ isTwin: wordings.length > 1, isRevised: written.length > 1 }
	}));
}
