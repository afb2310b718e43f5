/**
 * Which cells of a table of groups by regions may be shown. A cell of fewer than five people is withheld; whoever knows the totals could work
 * it out from the others, so further cells are withheld with it.
 *
 * The rows and columns of the table, and the two margins, are the nodes of a graph; what is withheld are its edges. A withheld cell can be
 * worked out by adding and subtracting exactly if its edge is a bridge, that is, on no circle (D. Gusfield, "A graph theoretic approach to
 * statistical data security", SIAM J. Comput. 17, 1988). So for each bridge the cheapest way around it is looked for, in people, and the
 * cells on that way are withheld too. Empty cells protect nothing, since one may know that there is nobody; margins are published elsewhere
 * and are shown or withheld as they are. Where there is no way around, the whole table is withheld.
 *
 * What this does not protect against: somebody who plays some of the people of a cell, and a second look at the same people a few opinions
 * later, be it at this table or at its margins. So it protects a table that is told once, and none is published (docs/decisions/022).
 */
export interface PeopleTable {
	readonly rows: number;
	readonly columns: number;
	/** of the cell in row r and column c at `r * columns + c` */
	readonly people: ArrayLike<number>;
	/** whether the sum over a row, or a column, is published */
	readonly rowShown: readonly boolean[];
	readonly columnShown: readonly boolean[];
}

/**
 * @param fewest a cell of that many people may be shown
 * @returns of each cell: 1 where it is shown; null: the table is withheld. O(cells² × (rows + columns)) at worst, little where little is withheld
 */
export function shownCells(table: PeopleTable, fewest: number): Uint8Array | null {
	const graph = graphOf(table, fewest);
	for (let edge = 0; edge < graph.cost.length; edge++) {
		if (graph.cost[edge] !== 0) continue;
		const around = wayAround(graph, edge);
		if (around === null) return null;
		for (const other of around) graph.cost[other] = 0;
	}
	const width = table.columns + 1;
	return Uint8Array.from({ length: table.rows * table.columns }, (_, cell) => {
		const cost = graph.cost[Math.floor(cell / table.columns) * width + (cell % table.columns)]!;
		return cost > 0 && cost < Infinity ? 1 : 0;
	});
}

/** Which sums of a margin are published: those of so many people, and one fewer, the smallest, where a single other would stay behind. */
export function shownSums(people: readonly number[], labels: readonly string[], fewest: number): boolean[] {
	const shown = people.map((count) => count >= fewest);
	const withheld = people.filter((count, place) => count > 0 && !shown[place]);
	if (withheld.length !== 1) return shown;
	const [smallest] = people
		.map((_, place) => place)
		.filter((place) => shown[place]!)
		.sort((one, other) => people[one]! - people[other]! || (labels[one]! < labels[other]! ? -1 : 1));
	if (smallest !== undefined) shown[smallest] = false;
	return shown;
}

/** Edge (r, c) at `r * (columns + 1) + c`; the last row and column are the margins. */
interface Graph {
	readonly rows: number;
	readonly columns: number;
	/** 0: withheld; people: shown; infinite: cannot be withheld, or protects nothing */
	readonly cost: Float64Array;
}

function graphOf({ rows, columns, people, rowShown, columnShown }: PeopleTable, fewest: number): Graph {
	const cost = new Float64Array((rows + 1) * (columns + 1)).fill(Infinity);
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++) {
			const count = people[row * columns + column]!;
			if (count > 0) cost[row * (columns + 1) + column] = count < fewest ? 0 : count;
		}
	for (let row = 0; row < rows; row++)
		if (!rowShown[row] && isAnyone(people, row * columns, 1, columns)) cost[row * (columns + 1) + columns] = 0;
	for (let column = 0; column < columns; column++)
		if (!columnShown[column] && isAnyone(people, column, columns, rows)) cost[rows * (columns + 1) + column] = 0;
	return { rows: rows + 1, columns: columns + 1, cost };
}

function isAnyone(people: ArrayLike<number>, start: number, step: number, count: number): boolean {
	for (let place = 0; place < count; place++) if (people[start + place * step]! > 0) return true;
	return false;
}

/** The edges of the cheapest way between the two ends of an edge (Dijkstra's), or null where it is the only one. */
function wayAround({ rows, columns, cost }: Graph, edge: number): number[] | null {
	const nodes = rows + columns;
	const [from, to] = [Math.floor(edge / columns), rows + (edge % columns)];
	const distance = new Float64Array(nodes).fill(Infinity);
	const by = new Int32Array(nodes).fill(-1);
	const done = new Uint8Array(nodes);
	distance[from] = 0;
	for (;;) {
		let nearest = -1;
		for (let node = 0; node < nodes; node++)
			if (done[node] === 0 && distance[node]! < (nearest === -1 ? Infinity : distance[nearest]!)) nearest = node;
		if (nearest === -1) return null;
		if (nearest === to) return wayBack(to);
		done[nearest] = 1;
		const isRow = nearest < rows;
		for (let other = 0; other < (isRow ? columns : rows); other++) {
			const step = isRow ? nearest * columns + other : other * columns + nearest - rows;
			const next = isRow ? rows + other : other;
			if (step === edge || distance[nearest]! + cost[step]! >= distance[next]!) continue;
			distance[next] = distance[nearest]! + cost[step]!;
			by[next] = step;
		}
	}

	function wayBack(end: number): number[] {
		const way: number[] = [];
		for (let node = end; node !== from;) {
			const step = by[node]!;
			way.push(step);
			node = node < rows ? rows + (step % columns) : Math.floor(step / columns);
		}
		return way;
	}
}
