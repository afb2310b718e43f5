/**
 * Which figures of a group may be seen. A cell is what the people of one group (or region, or assurance) say to one idea. It is published from
 * five people on, and renewed only when at least five of its people have spoken since, so that two editions of it never differ by less than
 * five people. Totals over all people move freely; a total minus all cells but one would tell that one, so where exactly one cell would
 * hold something that is not published, a second one is held back with it (complementary suppression, the smallest that costs least).
 * At a freeze (a snapshot) everything from five people on is published anew, whatever has come in since.
 *
 * What this does not protect against: somebody who plays four of the five people, and a freeze soon after a renewal. Freezes are few and
 * recorded.
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

/** One cell of one idea as it stands now; all cells of a decision are of the same idea and dimension. */
export interface CellNow extends Tally {
	readonly key: string;
}

/** The same beside what was published of it. */
export interface Cell extends CellNow {
	/** What was published of it last; null if nothing was. */
	readonly shown: Tally | null;
	/** People who gave an opinion or another opinion since then; all of its people if it was never published. */
	readonly fresh: number;
}

export function peopleIn({ agree, disagree, pass }: Tally): number {
	return agree + disagree + pass;
}

/** The keys of the cells to be published or renewed now, in order. */
export function cellsToPublish(cells: readonly Cell[]): string[] {
	// a cell that shows what it holds can be subtracted from the total, however old it is: it is not left behind
	const changed = cells.filter((cell) => !isSame(cell, cell.shown ?? nobody));
	return withoutASingleRest(changed, (cell) => peopleIn(cell) >= fewestPeople && cell.fresh >= fewestPeople);
}

/**
 * The keys of the cells that a freeze publishes; all others of the idea are withheld. It depends on the opinions alone, not on earlier
 * publications.
 */
export function cellsAtFreeze(cells: readonly CellNow[]): string[] {
	const spoken = cells.filter((cell) => peopleIn(cell) > 0);
	return withoutASingleRest(spoken, (cell) => peopleIn(cell) >= fewestPeople);
}

const nobody: Tally = { agree: 0, disagree: 0, pass: 0 };

function isSame(one: Tally, other: Tally): boolean {
	return one.agree === other.agree && one.disagree === other.disagree && one.pass === other.pass;
}

/** Those of the cells that are due; one fewer, the smallest, where a single other would stay behind. */
function withoutASingleRest<One extends CellNow>(cells: readonly One[], isDue: (cell: One) => boolean): string[] {
	const due = cells.filter(isDue).sort((one, other) => peopleIn(one) - peopleIn(other) || (one.key < other.key ? -1 : 1));
	if (cells.length - due.length === 1) due.shift();
	return due.map((cell) => cell.key).sort();
}
