import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { centredMatrix, dot } from './components.ts';
import { aMatrix } from './matrix-examples.ts';
import { principalComponents } from './principal.ts';

const opinion = fc.constantFrom<(1 | 0 | -1 | null)[]>(1, 0, -1, null, null);
const rows = fc
	.integer({ min: 1, max: 9 })
	.chain((ideas) => fc.array(fc.array(opinion, { minLength: ideas, maxLength: ideas }), { minLength: 1, maxLength: 30 }));

test('the components are the widest directions of the centred matrix in which silence is the mean', () => {
	fc.assert(
		fc.property(rows, (people) => {
			const matrix = aMatrix(people);
			const { means, first, second } = principalComponents(centredMatrix(matrix));
			const dense = people.map((row) => row.map((value, idea) => (value === null ? 0 : value - means[idea]!)));
			const width = (direction: Float64Array) =>
				dense.reduce((sum, row) => sum + row.reduce((along, value, idea) => along + value * direction[idea]!, 0) ** 2, 0);
			for (const direction of [first, second]) {
				const length = dot(direction, direction);
				assert.ok(length === 0 || Math.abs(length - 1) < 1e-9);
			}
			assert.ok(Math.abs(dot(first, second)) < 1e-6);
			assert.ok(width(first) >= width(second) - 1e-6);
			// no direction along one idea, and none between two, is wider than the first
			for (let one = 0; one < matrix.ideas; one++)
				for (let other = 0; other <= one; other++) {
					const direction = new Float64Array(matrix.ideas);
					direction[one] = one === other ? 1 : Math.SQRT1_2;
					if (one !== other) direction[other] = Math.SQRT1_2;
					assert.ok(width(direction) <= width(first) + 1e-6);
				}
			const all = dense.flat().reduce((sum, value) => sum + value * value, 0);
			assert.ok(width(first) + width(second) <= all + 1e-6);
		}),
		{ numRuns: 100, seed: 3 }
	);
});

test('where everybody says the same there is no direction', () => {
	const { first, second } = principalComponents(
		centredMatrix(
			aMatrix([
				[1, -1],
				[1, -1],
				[1, null]
			])
		)
	);
	assert.deepEqual(
		[[...first], [...second]],
		[
			[0, 0],
			[0, 0]
		]
	);
});
