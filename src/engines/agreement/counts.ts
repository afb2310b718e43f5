import type { Canonical, Statements } from './canonical.ts';

/** What some people say to one idea. By organisation they need not be whole numbers. */
export interface Counts {
	readonly agree: number;
	readonly disagree: number;
	readonly pass: number;
}

/**
 * How often each opinion was given to each idea, by group and by region; the place after the last group, and after the last region, is
 * "not stated". Whoever is of m groups counts as a whole in each (n and k count people), and where groups are added up as 1/m in each: as
 * one person.
 */
export interface Tables {
	/** places for groups and for regions, with "not stated" */
	readonly groups: number;
	readonly regions: number;
	/** people of a group in a region */
	cell(idea: number, group: number, region: number): Counts;
	/** people of a group, wherever they are */
	ofGroup(idea: number, group: number): Counts;
	/** people of a region, each once */
	ofRegion(idea: number, region: number): Counts;
	/** all people, each once */
	all(idea: number): Counts;
	/** the rows themselves of `ofGroup`, for sums: of idea i and group g three numbers (disagree, pass, agree) at `(i * groups + g) * 3` */
	readonly byGroup: Uint32Array;
}

/** Three counts lie beside each other, at the opinion plus one. */
export const opinionKinds = 3;

/** One pass over the opinions: O(opinions × groups of a person). */
export function countOpinions(canonical: Canonical, ofGroups: number, ofRegions: number): Tables {
	const [groups, regions] = [ofGroups + 1, ofRegions + 1];
	const crossed = new Uint32Array(canonical.matrix.ideas * groups * regions * opinionKinds);
	const persons = new Uint32Array(canonical.matrix.ideas * regions * opinionKinds);
	addUp(canonical, { groups, regions, crossed, persons });
	const byGroup = withoutRegions(crossed, canonical.matrix.ideas * groups, regions);
	const everybody = withoutRegions(persons, canonical.matrix.ideas, regions);
	return {
		groups,
		regions,
		byGroup,
		cell: (idea, group, region) => countsAt(crossed, (idea * groups + group) * regions + region),
		ofGroup: (idea, group) => countsAt(byGroup, idea * groups + group),
		ofRegion: (idea, region) => countsAt(persons, idea * regions + region),
		all: (idea) => countsAt(everybody, idea)
	};
}

/** The counts of the given cell. */
export function countsAt(table: ArrayLike<number>, cell: number): Counts {
	const at = cell * opinionKinds;
	return { disagree: table[at]!, pass: table[at + 1]!, agree: table[at + 2]! };
}

/** The groups of each statement, "not stated" where there is none: those of statement s at `first[s]` up to `first[s + 1]`. */
export function groupsStated(
	{ groups }: Statements,
	notStated: number
): { readonly first: Uint32Array; readonly group: Uint32Array } {
	const first = new Uint32Array(groups.length + 1);
	const group: number[] = [];
	groups.forEach((bits, statement) => {
		if (bits === 0) group.push(notStated);
		for (let one = 0; one < notStated; one++) if ((bits & (1 << one)) !== 0) group.push(one);
		first[statement + 1] = group.length;
	});
	return { first, group: Uint32Array.from(group) };
}

interface Sums {
	readonly groups: number;
	readonly regions: number;
	readonly crossed: Uint32Array;
	readonly persons: Uint32Array;
}

function addUp({ matrix, statement, statements }: Canonical, { groups, regions, crossed, persons }: Sums): void {
	const { first, group } = groupsStated(statements, groups - 1);
	const region = statements.region.map((one) => (one === -1 ? regions - 1 : one));
	const { idea, value } = matrix;
	for (let at = 0; at < idea.length; at++) {
		const stated = statement[at]!;
		const said = idea[at]!;
		const [where, kind] = [region[stated]!, value[at]! + 1];
		const end = first[stated + 1]!;
		for (let one = first[stated]!; one < end; one++)
			crossed[((said * groups + group[one]!) * regions + where) * opinionKinds + kind]!++;
		persons[(said * regions + where) * opinionKinds + kind]!++;
	}
}

/** @param rows each of which has a cell for each region */
function withoutRegions(table: Uint32Array, rows: number, regions: number): Uint32Array {
	const sums = new Uint32Array(rows * opinionKinds);
	for (let row = 0; row < rows; row++)
		for (let at = row * regions * opinionKinds; at < (row + 1) * regions * opinionKinds; at++)
			sums[row * opinionKinds + (at % opinionKinds)]! += table[at]!;
	return sums;
}
