import { cellsToPublish, fewestPeople, peopleIn, type Tally } from '#agreement/cells.ts';

/**
 * Which figures of opinion groups may be seen. They are harder to keep than those of declared groups: people move between opinion groups
 * without saying so, and each computation draws the groups anew. So a cell (what the people of one opinion group say to one idea) is published or
 * renewed only where at least five people make the difference to *everything* that was ever published of that idea for this group, or for any
 * group of another division; those who are in no group are a cell like the others, since a total minus all groups would tell them.
 * A cell in which a whole group speaks with one voice is not shown: it would say what each of them thinks without any sum.
 */
export interface GroupCell extends Tally {
	/** the letter of the group, or `inNoGroup` */
	readonly key: string;
	/** people of the group, whether they spoke or not */
	readonly size: number;
	/** what is shown of it now */
	readonly shown: Tally | null;
	/** all that was ever shown with which it could be compared, the present included */
	readonly earlier: readonly Tally[];
}

/** The cell of those who said too little to belong anywhere. */
export const inNoGroup = 'none';

/** The people who make the difference between two tallies, at the least. */
export function peopleApart(one: Tally, other: Tally): number {
	const differences = [one.agree - other.agree, one.disagree - other.disagree, one.pass - other.pass];
	const gained = differences.reduce((sum, difference) => sum + Math.max(0, difference), 0);
	const lost = differences.reduce((sum, difference) => sum - Math.min(0, difference), 0);
	return Math.max(gained, lost);
}

/** The keys of the cells of one idea to be published or renewed now. */
export function groupCellsToPublish(cells: readonly GroupCell[]): string[] {
	return cellsToPublish(cells.map((cell) => ({ ...cell, fresh: speaksAsOne(cell) ? 0 : freshIn(cell) })));
}

/** People by whom it differs from what is nearest to it; to show the same again tells nothing. */
function freshIn(cell: GroupCell): number {
	const apart = cell.earlier.map((one) => peopleApart(cell, one)).filter((people) => people > 0);
	return apart.length === 0 ? peopleIn(cell) : Math.min(...apart);
}

function speaksAsOne(cell: GroupCell): boolean {
	const people = peopleIn(cell);
	return people === cell.size && Math.max(cell.agree, cell.disagree, cell.pass) === people;
}

/** The size of a group as it may be said: in steps of five people, and another one only when five have come or gone. */
export function sizeToPublish(people: number, shown: number | null): number {
	if (shown !== null && Math.abs(people - shown) < fewestPeople) return shown;
	return people - (people % fewestPeople);
}

export function letterOf(group: number): string {
	return String.fromCharCode(65 + group);
}

/**
 * Which of the groups before each group of now is: the pairing in which most people keep their letter.
 * @param people of group g now and group h before: how many at `g * k + h`
 * @returns of each group of now its place among those before
 */
export function groupsLikeBefore(people: ArrayLike<number>, k: number): number[] {
	let best: { readonly kept: number; readonly order: readonly number[] } = { kept: -1, order: [] };
	for (const order of orders(k)) {
		const kept = order.reduce((sum, before, now) => sum + people[now * k + before]!, 0);
		if (kept > best.kept) best = { kept, order };
	}
	return [...best.order];
}

/** All orders of the first k numbers; k is five at most. */
function orders(k: number): number[][] {
	if (k === 0) return [[]];
	return orders(k - 1).flatMap((order) =>
		Array.from({ length: k }, (_, place) => [...order.slice(0, place), k - 1, ...order.slice(place)])
	);
}
