import type { Seat } from '#cafes/seating/seating.ts';

/** Somebody whose card says something else than where they sit now. */
export interface ChangedCard {
	readonly guestId: string;
	/** rounds in which they sit elsewhere; from null: they have no card yet */
	readonly changes: readonly { readonly roundNumber: number; readonly from: number | null; readonly to: number }[];
}

/** Cards to be printed anew: in rounds to come somebody sits elsewhere than their card says, or has none. By guest. */
export function changedCards(given: readonly Seat[], seats: readonly Seat[], held: number): ChangedCard[] {
	const tableOn = new Map(given.map(({ guestId, roundNumber, tableNumber }) => [`${guestId} ${roundNumber}`, tableNumber]));
	const toCome = seats.filter(({ roundNumber }) => roundNumber > held);
	return [...Map.groupBy(toCome, ({ guestId }) => guestId)]
		.map(([guestId, own]) => ({
			guestId,
			changes: own
				.map(({ roundNumber, tableNumber }) => ({
					...{ roundNumber, from: tableOn.get(`${guestId} ${roundNumber}`) ?? null, to: tableNumber }
				}))
				.filter(({ from, to }) => from !== to)
		}))
		.filter(({ changes }) => changes.length > 0);
}
