import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { fewestPeople } from '#agreement/cells.ts';
import { densityOn, densityShown, gridOver, isMapDue, squareAt, type Places } from '#agreement/opinion-map.ts';

const placesOf = (people: readonly (readonly [number, number])[]): Places => ({
	x: Float64Array.from(people, ([x]) => x),
	y: Float64Array.from(people, ([, y]) => y)
});
const coordinate = fc.double({ min: -40, max: 40, noNaN: true });
const crowds = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 }).map(placesOf);
const isMultiple = (value: number, step: number) => Math.abs(value / step - Math.round(value / step)) < 1e-9;

test('squares begin at multiples of a round side, whoever stands outermost', () => {
	fc.assert(
		fc.property(crowds, (places) => {
			const { x, y, side, columns, rows } = gridOver(places);
			assert.ok([0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].includes(side));
			assert.ok(isMultiple(x, side) && isMultiple(y, side));
			assert.ok(columns >= 1 && rows >= 1 && Math.max(columns, rows) <= 24);
			assert.ok(x <= Math.min(...places.x) || places.x.length > 50, 'the squares reach outward');
		}),
		{ seed: 31 }
	);
});

test('who knows where all the others stand does not find the one who stands outermost on the map', () => {
	const crowd = Array.from({ length: 40 }, (_, at): [number, number] => [(at % 5) - 2.2, (at % 3) - 1.1]);
	const published = (far: number) => {
		const places = placesOf([...crowd, [far, 0.3]]);
		const grid = gridOver(places);
		return JSON.stringify([grid, densityShown(densityOn(grid, places))]);
	};
	const answers = [4.01, 4.1234, 4.37, 4.5, 4.61, 4.99].map(published);
	assert.deepEqual(new Set(answers).size, 1);
});

test('where all stand in one place the map says no more than the square', () => {
	const one = (x: number) => gridOver(placesOf(Array.from({ length: 30 }, () => [x, -x])));
	assert.deepEqual(one(0.3123), one(0.3877));
	assert.deepEqual(one(0.3123), { columns: 1, rows: 1, x: 0.3, y: -0.4, side: 0.1 });
	assert.deepEqual(gridOver(placesOf([])), { columns: 1, rows: 1, x: 0, y: 0, side: 0.1 });
});

test('everybody stands in a square, and squares of fewer than five are shown as nobody', () => {
	fc.assert(
		fc.property(crowds, (places) => {
			const grid = gridOver(places);
			const density = densityOn(grid, places);
			assert.equal(
				density.reduce((sum, people) => sum + people, 0),
				places.x.length
			);
			for (const people of densityShown(density)) assert.ok(people === 0 || (people >= fewestPeople && people % 5 === 0));
			const square = squareAt(grid, places.x[0]!, places.y[0]!);
			assert.ok(square >= 0 && square < grid.columns * grid.rows);
		}),
		{ seed: 32 }
	);
});

test('the map is due when five people have come, gone or moved', () => {
	assert.equal(isMapDue([10, 0, 0], [6, 4, 0]), false);
	assert.equal(isMapDue([10, 0, 0], [5, 4, 1]), true);
	assert.equal(isMapDue([10, 0], [10, 4]), false);
	assert.equal(isMapDue([10, 0], [5, 0]), true);
});
