import type { Counts, Tables } from './counts.ts';
import { shareOf } from './intervals.ts';
import type { CrossTable, WeightingFound } from './result.ts';
import { shownCells, shownSums } from './withholding.ts';

/** What a table of groups by regions is made of; labels in the order of its rows and columns, "not stated" last. */
export interface Crossing {
	readonly groups: readonly string[];
	readonly regions: readonly string[];
	readonly fewest: number;
}

/** Any two tables: what stands in a cell, and how many people that is. */
export interface Crossed<Cell> {
	cell(group: number, region: number): Cell;
	ofGroup(group: number): Cell;
	ofRegion(region: number): Cell;
	peopleIn(cell: Cell): number;
}

/** The table without the cells that few people, or what would tell them, stand in; null: it cannot be shown. */
export function crossTable<Cell>({ groups, regions, fewest }: Crossing, of: Crossed<Cell>): CrossTable<Cell> {
	const rowShown = shownSums(
		groups.map((_, group) => of.peopleIn(of.ofGroup(group))),
		groups,
		fewest
	);
	const columnShown = shownSums(
		regions.map((_, region) => of.peopleIn(of.ofRegion(region))),
		regions,
		fewest
	);
	const people = groups.flatMap((_, group) => regions.map((__, region) => of.peopleIn(of.cell(group, region))));
	const shown = shownCells({ rows: groups.length, columns: regions.length, people, rowShown, columnShown }, fewest);
	return {
		cells:
			shown &&
			groups.map((_, group) =>
				regions.map((__, region) => (shown[group * regions.length + region] === 1 ? of.cell(group, region) : null))
			),
		rows: groups.map((_, group) => (rowShown[group] ? of.ofGroup(group) : null)),
		columns: regions.map((_, region) => (columnShown[region] ? of.ofRegion(region) : null))
	};
}

/** The table of one idea. */
export function crossTableOf(crossing: Crossing, tables: Tables, idea: number): CrossTable<Counts> {
	return crossTable<Counts>(crossing, {
		cell: (group, region) => tables.cell(idea, group, region),
		ofGroup: (group) => tables.ofGroup(idea, group),
		ofRegion: (region) => tables.ofRegion(idea, region),
		peopleIn: ({ agree, disagree, pass }) => agree + disagree + pass
	});
}

/**
 * Whether the majority would be another if each group, each region, or each group in each region weighed the same instead of each person. Only
 * what the table shows takes part, and nobody who states no group or region, so that the answer tells no more than the table.
 * @param majority above that share an idea has a majority
 */
export function weighed(all: Counts, table: CrossTable<Counts>, majority: number): WeightingFound {
	const observed = all.agree + all.disagree === 0 ? null : shareOf(all.agree, all.disagree);
	const equalGroups = meanShare(table.rows.slice(0, -1));
	const equalRegions = meanShare(table.columns.slice(0, -1));
	const equalCells = meanShare((table.cells ?? []).slice(0, -1).flatMap((row) => row.slice(0, -1)));
	const others = [equalGroups, equalRegions, equalCells].filter((share) => share !== null);
	const side = (share: number) => Math.sign(share - majority);
	const conclusion = () => {
		if (observed === null || others.length === 0) return 'too-few';
		return others.every((share) => side(share) === side(observed)) ? 'same' : 'changes';
	};
	return { observed, equalGroups, equalRegions, equalCells, conclusion: conclusion() };
}

function meanShare(cells: readonly (Counts | null)[]): number | null {
	const heard = cells.filter((cell) => cell !== null && cell.agree + cell.disagree > 0) as Counts[];
	if (heard.length < 2) return null;
	return heard.reduce((sum, { agree, disagree }) => sum + shareOf(agree, disagree), 0) / heard.length;
}
