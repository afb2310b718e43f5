import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { withSmallWithheld } from '#topics/participation/small-numbers.ts';

const cells = (...people: number[]) => people.map((count, index) => ({ key: String(index), people: count }));
const shown = (...people: number[]) => withSmallWithheld(cells(...people)).map((cell) => cell.people);

test('fewer than five people are not shown, nobody and five are', () => {
	assert.deepEqual(shown(0, 5, 4, 1, 80), [0, 5, null, null, 80]);
});

test('a single small count takes the smallest of the others with it', () => {
	assert.deepEqual(shown(3, 40, 12, 0), [null, 40, null, 0]);
	assert.deepEqual(shown(3), [null]);
});

test('whatever the counts: with the total known, no withheld count can be told from the rest', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 8 }), (people) => {
			const withheld = shown(...people).filter((count) => count === null).length;
			const visible = people.filter((count) => count > 0).length;
			assert.ok(withheld !== 1 || visible === 1);
		})
	);
});
