import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { moved } from '#topics/order.ts';

test('a thing changes its place with its neighbour, and at the end of the order stays where it is', () => {
	const things = ['a', 'b', 'c'];
	assert.deepEqual(moved(things, 'b', 'up'), ['b', 'a', 'c']);
	assert.deepEqual(moved(things, 'b', 'down'), ['a', 'c', 'b']);
	assert.equal(moved(things, 'a', 'up'), null);
	assert.equal(moved(things, 'c', 'down'), null);
	assert.equal(moved(things, 'd', 'down'), null);
});

test('whatever is moved, nothing is lost, and the way back leads back', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.nat(), { minLength: 2 }), fc.nat(), (things, place) => {
			const thing = things[place % (things.length - 1)]!;
			const down = moved(things, thing, 'down')!;
			assert.deepEqual(down.toSorted(), things.toSorted());
			assert.deepEqual(moved(down, thing, 'up'), things);
		})
	);
});
