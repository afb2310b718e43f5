import { fewestPeople } from '#agreement/cells.ts';

/** Squares over the two components, from which on the map is drawn; row 0 is the lowest. */
export interface Grid {
	readonly columns: number;
	readonly rows: number;
	/** the lower left corner, and the side of a square */
	readonly x: number;
	readonly y: number;
	readonly side: number;
}

export interface Places {
	readonly x: Float64Array;
	readonly y: Float64Array;
}

/** of the wider direction: with more squares a map says too little of each, with fewer nothing at all */
const mostSquares = 24;
const fewestSquares = 4;
/** of the people, so many must stand in squares that are shown */
const mostlyShown = 0.8;

/**
 * The finest squares in which most people stand with four others or more. Few who stand far out are put into the squares at the edge. The side
 * is one of few round numbers and squares begin at its multiples: an edge laid along the outermost person would say where that person stands.
 */
export function gridOver(places: Places): Grid {
	const [left, right] = ends(places.x);
	const [bottom, top] = ends(places.y);
	for (let step = 0; ; step++) {
		const side = roundSide(step);
		const squares = (from: number, to: number) => Math.floor(to / side) - Math.floor(from / side) + 1;
		const [columns, rows] = [squares(left, right), squares(bottom, top)];
		const grid = { columns, rows, x: edgeBelow(left, side), y: edgeBelow(bottom, side), side };
		const across = Math.max(columns, rows);
		if (across <= fewestSquares || (across <= mostSquares && isMostlyShown(grid, places))) return grid;
	}
}

/** Nothing on the map is told more finely, the middles of groups included. */
const finestStep = 0.1;

/** 0.1, 0.2, 0.5, 1, 2, 5, 10 … */
function roundSide(step: number): number {
	return [0.1, 0.2, 0.5][step % 3]! * 10 ** Math.floor(step / 3);
}

function edgeBelow(place: number, side: number): number {
	return inSteps(Math.floor(place / side) * side);
}

export function inSteps(place: number): number {
	return Math.round(place / finestStep) / (1 / finestStep) + 0;
}

function isMostlyShown(grid: Grid, places: Places): boolean {
	const shown = densityShown(densityOn(grid, places)).reduce((sum, people) => sum + people, 0);
	return shown >= mostlyShown * places.x.length;
}

/** Between which 98 of 100 people stand. */
function ends(along: Float64Array): [number, number] {
	if (along.length === 0) return [0, 0];
	const sorted = along.slice().sort();
	const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
	return [at(0.01), at(0.99)];
}

export function squareAt({ columns, rows, x, y, side }: Grid, left: number, up: number): number {
	const within = (place: number, squares: number) => Math.min(squares - 1, Math.max(0, Math.floor(place)));
	return within((up - y) / side, rows) * columns + within((left - x) / side, columns);
}

/** People in each square, row after row. */
export function densityOn(grid: Grid, { x, y }: Places): number[] {
	const density = new Array<number>(grid.columns * grid.rows).fill(0);
	for (let person = 0; person < x.length; person++) density[squareAt(grid, x[person]!, y[person]!)]!++;
	return density;
}

/** What may be seen of it: in steps of five people, and nothing of fewer. */
export function densityShown(density: readonly number[]): number[] {
	return density.map((people) => people - (people % fewestPeople));
}

/** The people who have come, gone or moved to another square, at the least. */
export function peopleMoved(before: readonly number[], now: readonly number[]): number {
	let [came, went] = [0, 0];
	now.forEach((people, square) => {
		came += Math.max(0, people - (before[square] ?? 0));
		went += Math.max(0, (before[square] ?? 0) - people);
	});
	return Math.max(came, went);
}

/** The map is renewed as a whole, and only for five people or more. */
export function isMapDue(before: readonly number[], now: readonly number[]): boolean {
	return peopleMoved(before, now) >= fewestPeople;
}
