import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aMatrix } from './matrix-examples.ts';
import { shortlistOf, unrepresented } from './shortlist.ts';

const opinion = fc.constantFrom<(1 | 0 | -1 | null)[]>(1, 0, -1, null);

test('no sizeable minority is left without an idea', () => {
	const rows = fc
		.integer({ min: 1, max: 12 })
		.chain((ideas) => fc.array(fc.array(opinion, { minLength: ideas, maxLength: ideas }), { maxLength: 40 }));
	fc.assert(
		fc.property(rows, fc.integer({ min: 1, max: 8 }), (people, places) => {
			const matrix = aMatrix(people);
			const { ideas, missing, represented, people: agreeing } = shortlistOf(matrix, places);
			assert.deepEqual(missing, []);
			assert.ok(ideas.length <= places && represented <= agreeing);
			assert.equal(new Set(ideas.map(({ idea }) => idea)).size, ideas.length);
		}),
		{ numRuns: 300, seed: 5 }
	);
});

test('three of five places go to three fifths of the people, and a list of the most approved alone is seen to leave people out', () => {
	const majority = [1, 1, 1, 1, 1, -1, -1, -1] as const;
	const minority = [-1, -1, -1, -1, -1, 1, 1, 1] as const;
	const matrix = aMatrix([...Array<typeof majority>(60).fill(majority), ...Array<typeof minority>(40).fill(minority)]);
	const { ideas, sizeable, represented } = shortlistOf(matrix, 5);
	assert.deepEqual(
		ideas.map(({ idea }) => idea),
		[0, 5, 1, 2, 6]
	);
	assert.deepEqual(ideas[1], { idea: 5, agree: 40, fresh: 40 });
	assert.deepEqual([sizeable, represented], [20, 100]);
	assert.deepEqual(unrepresented(matrix, [0, 1, 2, 3, 4]), [5, 6, 7]);
});
