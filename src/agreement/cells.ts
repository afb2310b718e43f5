/**
 * Which figures of a group may be seen. A cell is what the people of one group (or region, or assurance) say to one idea. It is published from
 * five people on, and renewed only when at least five of its people have spoken since, so that two editions of it never differ by less than
 * five people. Totals over all people move freely; a total minus all cells but one would tell that one, so where exactly one cell would
 * hold something that is not published, a second one is held back with it (complementary suppression, the smallest that costs least).
 * A freeze (a snapshot) publishes by the same rule, and keeps beside it what was published before and still stands.
 *
 * What this does not protect against: somebody who plays four of the five people.
 */
export const fewestPeople = 5;

/** The published tables, and no others: two tables crossed would name people that each of them hides. */
export const dimensions = ['group', 'region', 'assurance'] as const;
export type Dimension = (typeof dimensions)[number];

/** The cell of those who stated no group or region. */
export const notStated = 'not-stated';

export type Tally = {
	readonly agree: number;
	readonly disagree: number;
	readonly pass: number;
};

/** One cell of one idea as it stands now, beside what was published of it; all cells of a decision are of the same idea and dimension. */
export interface Cell extends Tally {
	readonly key: string;
	/** What was published of it last; null if nothing was. */
	readonly shown: Tally | null;
	/** People who gave an opinion or another opinion since then; all of its people if it was never published. */
	readonly fresh: number;
}

export function peopleIn({ agree, disagree, pass }: Tally): number {
	return agree + disagree + pass;
}

/** The keys of the cells to be published or renewed now, in order; where a single other would stay behind, the smallest is not. */
export function cellsToPublish(cells: readonly Cell[]): string[] {
	// a cell that shows what it holds can be subtracted from the total, however old it is: it is not left behind
	const changed = cells.filter((cell) => !isSame(cell, cell.shown ?? nobody));
	const due = changed
		.filter((cell) => peopleIn(cell) >= fewestPeople && cell.fresh >= fewestPeople)
		.sort((one, other) => peopleIn(one) - peopleIn(other) || (one.key < other.key ? -1 : 1));
	if (changed.length - due.length === 1) due.shift();
	return due.map((cell) => cell.key).sort();
}

const nobody: Tally = { agree: 0, disagree: 0, pass: 0 };

function isSame(one: Tally, other: Tally): boolean {
	return one.agree === other.agree && one.disagree === other.disagree && one.pass === other.pass;
}
