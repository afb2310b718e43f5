import type { Guest } from '#cafes/seating/seating.ts';
import { uuidv4 } from '#database/ids.ts';

/** Somebody in the room of whom nothing is known, unless something else is wished. */
export function aGuest(changes: Partial<Guest> = {}): Guest {
	const guestId = uuidv4();
	return {
		...{ guestId, name: guestId, group: null, region: null, languages: [], comes: 'room', hasArrived: false, hosts: null },
		...changes
	};
}
