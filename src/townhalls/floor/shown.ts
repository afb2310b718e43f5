import type { Channel, Rule } from '#townhalls/floor/floor.ts';
import type { FloorTotals } from '#townhalls/floor/totals.ts';

export type FloorState = 'open' | 'queue-closed' | 'over';

/** What everybody may know of a floor: no name, no number of a request, no group of anybody who waits or speaks. */
export interface FloorShown {
	readonly state: FloorState | null;
	readonly rule: Rule;
	readonly speaking: {
		readonly channel: Channel;
		readonly isPointOfOrder: boolean;
		readonly beganAt: Date;
	} | null;
	/** from where the next voice will come, as things stand */
	readonly next: Channel | 'point-of-order' | null;
	readonly waiting: Readonly<Record<Channel, number>>;
	/** s */
	readonly owed: Readonly<Record<Channel, number>>;
	readonly totals: FloorTotals;
	/** how often the chair chose otherwise */
	readonly overrides: number;
}
