import { placeOf, type Card } from '#cafes/notes/note.ts';
import { uuidv4 } from '#database/ids.ts';

/** A card of the first round of a table, as a phone sends it. */
export function aCard(table: { readonly eventId: string; readonly tableNumber: number }, changes: Partial<Card> = {}): Card {
	return {
		...{ id: uuidv4(), table: placeOf(table), round: 1, place: 1, phone: '00000000-0000-4000-8000-000000000001' },
		...{ marker: 'idea' as const, language: 'en', text: 'Share the fibre that is laid already', revises: null },
		...{ group: null, name: null, isRehearsal: false },
		...changes
	};
}
