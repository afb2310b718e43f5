import { faultOf, type Card } from '#cafes/notes/note.ts';
import { asFile, inPictures, mostSigns, type HandedOver } from '#web/offline/handing-over.ts';
import type { Entry } from '#web/offline/outbox.ts';

const cardsIn = (entries: readonly Entry[]) => entries.filter(({ kind }) => kind === 'card').map(({ body }) => body);

/**
 * Cards as texts of square pictures, and how many are too large for one.
 * @param address with which each text begins
 */
export function cardsInPictures(unsent: readonly Entry[], lane: string, address: string): { addresses: string[]; left: number } {
	const { texts, left } = inPictures(lane, cardsIn(unsent), mostSigns - address.length);
	return { addresses: texts.map((text) => address + text), left: left.length };
}

/** @param typed what stands in the form; it goes with them where it is a card already */
export function cardsAsFile(unsent: readonly Entry[], lane: string, typed: Card): string {
	const bodies = cardsIn(unsent);
	return asFile({ lane, bodies: faultOf(typed) === null ? [...bodies, typed] : bodies });
}

/** What another phone handed over, as entries of this one that wait to be sent. */
export function entriesOf({ lane, bodies }: HandedOver): Entry[] {
	return bodies.flatMap((body): Entry[] => {
		const card = body as Partial<Card> | null;
		if (typeof card?.id !== 'string' || typeof card.place !== 'number') return [];
		return [{ id: card.id, place: card.place, lane, kind: 'card', body, state: 'waiting', tries: 0, reason: null }];
	});
}
