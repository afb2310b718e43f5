import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upperTail } from './normal.ts';
import { adjustedRandIndex } from './rand-index.ts';
import { discoveries, representativeIdeas } from './representative.ts';

const near = (value: number, expected: number, relative = 1e-10) =>
	assert.ok(Math.abs(value - expected) <= relative * Math.abs(expected), `${value} is not ${expected}`);

test('tails of the normal distribution are those of published tables', () => {
	near(upperTail(0), 0.5);
	near(upperTail(1.2815515655446004), 0.1);
	near(upperTail(1.959963984540054), 0.025);
	near(upperTail(-1), 0.8413447460685429);
	near(upperTail(3), 0.0013498980316300946);
	near(upperTail(5), 2.866515718791939e-7);
	near(upperTail(10), 7.619853024160527e-24);
});

test('the adjusted Rand index is 1 for equal groupings, whatever their names, and known values otherwise', () => {
	assert.equal(adjustedRandIndex([0, 0, 1, 1, -1], [5, 5, 2, 2, 7]), 1);
	near(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2]), 4 / 7);
	near(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1]), -0.5);
	assert.equal(adjustedRandIndex([], []), 1);
});

test('of many tests those are discoveries that Benjamini and Hochberg found in their example', () => {
	// their paper of 1995, section 3.2: of fifteen hypotheses four are rejected at 0.05
	const p = [
		...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
		...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
	];
	assert.deepEqual(discoveries(p, 0.05), [0, 1, 2, 3]);
	assert.deepEqual(discoveries([], 0.05), []);
});

test('a few people who all say the same are no surer than tossed coins tell', () => {
	for (const people of [5, 7, 10]) {
		const counts = Uint32Array.from([...[0, 0, people], ...[500, 0, 0]]);
		const [first] = representativeIdeas({ k: 2, counts }, 1, { most: 1, falseDiscoveries: 1 });
		assert.ok(first![0]!.p >= 0.8 * 0.5 ** people, `${people} of ${people}: ${first![0]!.p}`);
	}
});

test('an idea tells a group from the rest where most of it say so and the rest do not', () => {
	// of idea i and group g: disagree, pass, agree
	const counts = Uint32Array.from([...[0, 0, 30], ...[30, 0, 0], ...[0, 0, 30], ...[0, 0, 30], ...[0, 0, 0], ...[0, 0, 9]]);
	const [first, second] = representativeIdeas({ k: 2, counts }, 3, { most: 5, falseDiscoveries: 0.05 });
	assert.deepEqual(
		[first, second].map((ideas) => ideas!.map(({ idea, says, said, spoken }) => [idea, says, said, spoken])),
		[[[0, 'agree', 30, 30]], [[0, 'disagree', 30, 30]]]
	);
});
