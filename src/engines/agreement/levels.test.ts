import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { byScore, levelOf, usualThresholds, type Heard } from './levels.ts';

const said = (group: string, agree: number, disagree: number): Heard => ({ group, agree, disagree });
const level = (...groups: Heard[]) => levelOf(groups, usualThresholds);

test('consensus: every group is heard, and each agrees as far as one can tell', () => {
	const found = level(said('governments', 9, 1), said('private-sector', 7, 1), said('civil-society', 5, 0));
	assert.deepEqual(
		{ ...found, score: found.score?.toFixed(4), mean: found.mean?.toFixed(4) },
		{
			level: 'consensus',
			favouredBy: ['governments', 'private-sector', 'civil-society'],
			opposedBy: [],
			notHeardFrom: [],
			score: '0.6676',
			mean: '0.8705'
		}
	);
});

test('silence is never consensus: who is missing is named', () => {
	const { level: found, notHeardFrom } = level(
		said('governments', 4, 0),
		said('private-sector', 7, 1),
		said('civil-society', 0, 0)
	);
	assert.deepEqual([found, notHeardFrom], ['not-heard', ['governments', 'civil-society']]);
	assert.equal(level(said('governments', 4, 0), said('private-sector', 0, 4)).level, 'not-heard');
	assert.equal(level().level, 'not-heard');
});

test('strong support but significant opposition: two thirds of the heard groups favour it, and one opposes it', () => {
	const groups = [said('private-sector', 9, 1), said('civil-society', 9, 1)];
	const opposed = level(...groups, said('governments', 1, 9));
	assert.deepEqual([opposed.level, opposed.opposedBy], ['opposition', ['governments']]);
	// a group that is not heard neither supports nor blocks
	const withSilence = level(...groups, said('governments', 1, 9), said('academia', 4, 0));
	assert.deepEqual([withSilence.level, withSilence.notHeardFrom], ['opposition', ['academia']]);
	assert.equal(level(groups[0]!, said('academia', 5, 5), said('governments', 1, 9)).level, 'divergence');
});

test('divergence: a group is of two minds, or all oppose it', () => {
	assert.equal(level(said('governments', 5, 5), said('private-sector', 9, 1)).level, 'divergence');
	const rejected = level(said('governments', 1, 9), said('private-sector', 0, 9));
	assert.deepEqual([rejected.level, rejected.opposedBy], ['divergence', ['governments', 'private-sector']]);
});

test('the thresholds are those that are passed', () => {
	const groups = [said('governments', 3, 0), said('private-sector', 3, 0)];
	assert.equal(level(...groups).level, 'not-heard');
	assert.equal(levelOf(groups, { ...usualThresholds, heard: 3 }).level, 'consensus');
	assert.equal(levelOf(groups, { ...usualThresholds, heard: 3, majority: 0.9 }).level, 'divergence');
});

test('the worst heard group orders ideas, then the geometric mean; those that nobody is heard on come last', () => {
	const blocked = level(said('governments', 1, 9), said('private-sector', 500, 0), said('civil-society', 500, 0));
	const shared = level(said('governments', 7, 3), said('private-sector', 7, 3), said('civil-society', 7, 3));
	const sharedMore = level(said('governments', 7, 3), said('private-sector', 9, 1), said('civil-society', 7, 3));
	const unheard = level(said('governments', 4, 0));
	assert.deepEqual([unheard, blocked, shared, sharedMore].sort(byScore), [sharedMore, shared, blocked, unheard]);
});

const groups = fc
	.array(fc.record({ agree: fc.nat(60), disagree: fc.nat(60) }), { minLength: 1, maxLength: 6 })
	.map((counts) => counts.map(({ agree, disagree }, place) => said(`group ${place}`, agree, disagree)));

test('an agree from groups already heard never lowers the score of an idea, nor its level', () => {
	const ranks = { 'not-heard': 2, consensus: 2, opposition: 1, divergence: 0 };
	fc.assert(
		fc.property(groups, fc.array(fc.nat(5)), (before, speaking) => {
			const after = before.map((one, place) =>
				speaking.includes(place) && one.agree + one.disagree >= 5 ? { ...one, agree: one.agree + 1 } : one
			);
			const [earlier, later] = [level(...before), level(...after)];
			assert.ok((later.score ?? 0) >= (earlier.score ?? 0));
			assert.ok((later.mean ?? 0) >= (earlier.mean ?? 0));
			// a group that no longer opposes turns opposition into divergence, or, with the rest in favour, into consensus
			if (earlier.level !== 'opposition') assert.ok(ranks[later.level] >= ranks[earlier.level]);
		}),
		{ numRuns: 2000, seed: 3 }
	);
});

test('nothing that a level says depends on the order of the groups', () => {
	fc.assert(
		fc.property(groups, (some) => {
			const [one, other] = [level(...some), level(...[...some].reverse())];
			assert.equal(other.level, one.level);
			assert.equal(other.score, one.score);
			assert.deepEqual([...other.opposedBy].reverse(), one.opposedBy);
		}),
		{ seed: 4 }
	);
});
