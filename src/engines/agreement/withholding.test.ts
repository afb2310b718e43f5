import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { shownCells, shownSums, type PeopleTable } from './withholding.ts';

const fewest = 5;
const labels = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A table with margins shown as a freeze shows them. */
function tableOf(rows: readonly (readonly number[])[]): PeopleTable {
	const sums = rows.map((row) => row.reduce((sum, one) => sum + one, 0));
	const columns = rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0));
	return {
		rows: rows.length,
		columns: columns.length,
		people: rows.flat(),
		rowShown: shownSums(sums, labels, fewest),
		columnShown: shownSums(columns, labels, fewest)
	};
}

const seen = (...rows: number[][]) => {
	const shown = shownCells(tableOf(rows), fewest);
	return shown && rows.map((row, place) => row.map((people, column) => (shown[place * row.length + column] ? people : null)));
};

test('where every cell holds five people all are shown', () => {
	assert.deepEqual(seen([5, 9], [12, 6]), [
		[5, 9],
		[12, 6]
	]);
});

test('a cell of few people takes the cheapest other corners of a rectangle with it', () => {
	assert.deepEqual(seen([3, 9, 20], [12, 6, 8], [30, 31, 32]), [
		[null, null, 20],
		[null, null, 8],
		[30, 31, 32]
	]);
});

test('an empty cell is not shown and protects nothing', () => {
	assert.deepEqual(seen([3, 0, 20], [12, 6, 8], [30, 31, 32]), [
		[null, null, null],
		[null, 6, null],
		[30, 31, 32]
	]);
});

test('where nothing can protect a cell the whole table is withheld', () => {
	assert.equal(seen([4, 6, 0], [6, 0, 9]), null);
	assert.deepEqual(seen([3, 20]), [[null, null]]);
	assert.deepEqual(seen([20, 30]), [[20, 30]]);
	assert.deepEqual(seen([0, 0]), [[null, null]]);
});

/**
 * Who knows the total, the margins that are shown, all cells that are shown and all that are empty, and that nobody is of two groups: are there
 * withheld cells whose people they can work out? Gauss' elimination over the equations of rows and columns.
 */
function workedOut(rows: readonly (readonly number[])[], table: PeopleTable, shown: Uint8Array | null): number[] {
	const [height, width] = [table.rows + 1, table.columns + 1];
	const isUnknown = (row: number, column: number) => {
		if (row < table.rows && column < table.columns)
			return rows[row]![column]! > 0 && (shown === null || shown[row * table.columns + column] === 0);
		if (row === table.rows && column === table.columns) return false;
		if (row === table.rows) return !table.columnShown[column] && rows.some((one) => one[column]! > 0);
		return !table.rowShown[row] && rows[row]!.some((one) => one > 0);
	};
	const unknown = Array.from({ length: height * width }, (_, at) => at).filter((at) =>
		isUnknown(Math.floor(at / width), at % width)
	);
	// each row of the table, then each column: the last of its entries is the sum of the others
	const equations: number[][] = [];
	for (let row = 0; row < height; row++)
		equations.push(unknown.map((at) => (Math.floor(at / width) !== row ? 0 : at % width === width - 1 ? -1 : 1)));
	for (let column = 0; column < width; column++)
		equations.push(unknown.map((at) => (at % width !== column ? 0 : Math.floor(at / width) === height - 1 ? -1 : 1)));
	let done = 0;
	for (let column = 0; column < unknown.length; column++) {
		const pivot = equations.findIndex((one, place) => place >= done && Math.abs(one[column]!) > 1e-9);
		if (pivot === -1) continue;
		[equations[done], equations[pivot]] = [equations[pivot]!, equations[done]!];
		const scale = equations[done]![column]!;
		equations[done] = equations[done]!.map((one) => one / scale);
		equations.forEach((one, place) => {
			if (place === done || one[column] === 0) return;
			const times = one[column]!;
			equations[place] = one.map((value, at) => value - times * equations[done]![at]!);
		});
		done++;
	}
	return equations
		.map((one) => unknown.filter((_, at) => Math.abs(one[at]!) > 1e-9))
		.filter((left) => left.length === 1)
		.map(([at]) => at!);
}

const tables = fc
	.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) })
	.chain(({ rows, columns }) =>
		fc.array(fc.array(fc.oneof(fc.nat(6), fc.constant(0), fc.nat(60)), { minLength: columns, maxLength: columns }), {
			minLength: rows,
			maxLength: rows
		})
	);

test('who solves all equations of cells, margins and total works out no withheld cell of fewer than five people', () => {
	let [withheld, tried] = [0, 0];
	fc.assert(
		fc.property(tables, (rows) => {
			const table = tableOf(rows);
			const shown = shownCells(table, fewest);
			tried++;
			if (shown === null) {
				withheld++;
				return;
			}
			rows.flat().forEach((people, cell) => assert.ok(shown[cell] === 0 || people >= fewest));
			assert.deepEqual(workedOut(rows, table, shown), []);
		}),
		{ numRuns: 5000, seed: 11 }
	);
	assert.ok(withheld < tried / 4, `${withheld} of ${tried} tables are withheld as a whole`);
});

test('the attacker of these tests does work out what is left unprotected', () => {
	const rows = [
		[3, 9],
		[12, 6]
	];
	const onlySmall = Uint8Array.of(0, 1, 1, 1);
	assert.deepEqual(workedOut(rows, tableOf(rows), onlySmall), [0]);
});

test('a sum of five people is shown, unless a single other would stay behind', () => {
	const shown = (...people: number[]) => shownSums(people, labels, fewest).map((isShown) => (isShown ? 1 : 0));
	assert.deepEqual(shown(9, 6), [1, 1]);
	assert.deepEqual(shown(9, 6, 1), [1, 0, 0]);
	assert.deepEqual(shown(4, 6, 1), [0, 1, 0]);
	assert.deepEqual(shown(9, 6, 0), [1, 1, 0]);
	assert.deepEqual(shown(6, 6, 1), [0, 1, 0]);
	assert.deepEqual(shown(4), [0]);
});
