import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridging, whereTheyDisagree } from './bridging.ts';
import { centredMatrix } from './components.ts';
import { opinionGroups } from './groups.ts';
import { aMatrix } from './matrix-examples.ts';
import { principalComponents } from './principal.ts';
import { randomFrom } from './random.ts';
import { stabilityOf } from './stability.ts';

type Opinion = 1 | 0 | -1 | null;

/** Two camps that agree on the first two ideas alone; a share of opinions is anything. */
function camps(people: number, ideas: number, anything: number) {
	const random = randomFrom(11);
	return aMatrix(
		Array.from({ length: people }, (_, person) =>
			Array.from({ length: ideas }, (_, idea): Opinion => {
				if (random.share() < 0.3) return null;
				if (random.share() < anything) return (random.below(3) - 1) as Opinion;
				return idea < 2 || (person + idea) % 2 === 0 ? 1 : -1;
			})
		)
	);
}

const wishes = { seed: 1, resamples: 20, threshold: 0.8 };

test('groups that are there come back in resamples, groups that are noise do not', () => {
	const there = camps(200, 20, 0.2);
	const found = opinionGroups(there, { seed: 1 });
	assert.deepEqual([found.k, found.sizes], [2, [100, 100]]);
	const stable = stabilityOf(there, found, wishes);
	assert.deepEqual(stable, { resamples: 20, sameK: 1, meanRandIndex: 1, threshold: 0.8, isStable: true });
	const noise = camps(200, 20, 1);
	const unstable = stabilityOf(noise, opinionGroups(noise, { seed: 1 }), wishes);
	assert.equal(unstable.isStable, false);
	assert.ok(unstable.meanRandIndex < 0.5);
});

test('an idea of both camps bridges, one of a camp does not, and one to which nobody spoke says nothing', () => {
	const matrix = camps(200, 20, 0.1);
	const { first } = principalComponents(centredMatrix(matrix));
	const { score, side, rounds } = bridging(matrix, first);
	assert.ok(rounds < 60);
	for (let idea = 2; idea < 20; idea++) {
		assert.ok(score[0]! > score[idea]! + 0.2 && score[1]! > score[idea]! + 0.2);
		assert.ok(Math.abs(side[idea]!) > 3 * Math.abs(side[0]!));
	}
	const nobody = bridging(
		aMatrix([
			[1, null],
			[-1, null]
		]),
		new Float64Array(2)
	);
	assert.deepEqual([nobody.score[1], nobody.side[1]], [0, 0]);
	assert.ok(nobody.score.every(Number.isFinite));
});

test('where two ways of ranking place an idea far apart it is said, but not of ideas of few opinions', () => {
	const [one, other] = [Float64Array.from([1, 2, 3, 4, 5]), Float64Array.from([5, 2, 3, 4, 4.5])];
	assert.deepEqual([...whereTheyDisagree(one, other, [9, 9, 9, 9, 9], { fewest: 5, apart: 0.5 })], [1, 0, 0, 0, 0]);
	assert.deepEqual([...whereTheyDisagree(one, other, [4, 9, 9, 9, 9], { fewest: 5, apart: 0.5 })], [0, 0, 0, 0, 0]);
});
