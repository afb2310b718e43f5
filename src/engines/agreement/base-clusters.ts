import type { Points } from './k-means.ts';
import type { Positions } from './projection.ts';

/** So many cells across six standard deviations of the wider direction. */
const cellsAcross = 30;

/**
 * The people of each cell of a fine grid over the plane as one point, at their mean, so that what comes after costs the same for any number of
 * people. The grid is laid from the spread of the people alone; those beyond its edge belong to the cell at the edge. O(people).
 * @param grouped the people to take
 * @param times how often each of all people counts; once where nothing is said
 */
export function baseClusters({ x, y }: Positions, grouped: Int32Array, times?: Uint8Array): Points {
	const spread = Math.max(deviation(x, grouped, times), deviation(y, grouped, times));
	const width = (6 * spread) / cellsAcross;
	const cellOf = (place: number) => {
		if (width === 0) return cellsAcross / 2;
		return Math.max(0, Math.min(cellsAcross - 1, Math.floor(place / width + cellsAcross / 2)));
	};
	const cells = cellsAcross * cellsAcross;
	const [left, up, weight] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
	for (const person of grouped) {
		const time = times === undefined ? 1 : times[person]!;
		const cell = cellsAcross * cellOf(y[person]!) + cellOf(x[person]!);
		left[cell]! += time * x[person]!;
		up[cell]! += time * y[person]!;
		weight[cell]! += time;
	}
	const filled = [...weight.keys()].filter((cell) => weight[cell]! > 0);
	return {
		x: Float64Array.from(filled, (cell) => left[cell]! / weight[cell]!),
		y: Float64Array.from(filled, (cell) => up[cell]! / weight[cell]!),
		weight: Float64Array.from(filled, (cell) => weight[cell]!)
	};
}

/** From 0, about which positions lie. */
function deviation(places: Float64Array, grouped: Int32Array, times: Uint8Array | undefined): number {
	let [squares, all] = [0, 0];
	for (const person of grouped) {
		const time = times === undefined ? 1 : times[person]!;
		squares += time * places[person]! ** 2;
		all += time;
	}
	return all === 0 ? 0 : Math.sqrt(squares / all);
}
