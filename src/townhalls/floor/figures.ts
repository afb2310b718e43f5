import type { FloorTotals } from '#townhalls/floor/totals.ts';

/** What may be told for good of a floor that is over. */
export interface FloorFigures extends FloorTotals {
	/** people who spoke, by what was said of first-timers */
	readonly people: number;
	/** hubs from which somebody spoke */
	readonly hubs: number;
	/** who asked and neither spoke nor left */
	readonly notReached: number;
	readonly overrides: number;
}
