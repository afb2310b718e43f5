/** A count of people; null where it is withheld. */
export interface Cell {
	readonly key: string;
	readonly people: number | null;
}

/** From so many people on a figure of a group is shown. */
export const fewest = 5;

/**
 * Withholds every count from 1 to 4, and, where that is exactly one, the smallest of the others too: a single hidden cell is the
 * total minus the rest. Zero is shown: it speaks of nobody.
 */
export function withSmallWithheld(cells: readonly { key: string; people: number }[]): Cell[] {
	const isSmall = ({ people }: { people: number }) => people > 0 && people < fewest;
	const small = cells.filter(isSmall);
	const next = cells.filter(({ people }) => people >= fewest).sort((one, other) => one.people - other.people)[0];
	const beside = small.length === 1 && next ? next.key : null;
	return cells.map((cell) => (isSmall(cell) || cell.key === beside ? { key: cell.key, people: null } : cell));
}
