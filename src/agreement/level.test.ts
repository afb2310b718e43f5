import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { agreementOf, levelOfIdea, sideOf, type ShownCell } from '#agreement/level.ts';
import { areThresholds, majorities, mosts, shareNamed, shares, usual } from '#agreement/thresholds.ts';

const groups = ['governments', 'academia', 'civil-society'];
const basis = { ...usual, groups };
const cell = (key: string, agree: number, disagree: number, pass = 0): ShownCell => ({
	dimension: 'group',
	key,
	agree,
	disagree,
	pass
});
const levelOf = (...cells: ShownCell[]) => {
	const found = levelOfIdea(cells, basis);
	return found && [found.level, found.opposedBy, found.notHeardFrom];
};

test('each level is told from the published cells of the groups that count', () => {
	const civil = cell('civil-society', 40, 2);
	assert.deepEqual(levelOf(cell('governments', 9, 1), cell('academia', 20, 3), civil), ['consensus', [], []]);
	assert.deepEqual(levelOf(cell('governments', 1, 9), cell('academia', 20, 3), civil), ['opposition', ['governments'], []]);
	assert.deepEqual(levelOf(cell('governments', 5, 5), cell('academia', 20, 3), civil), ['divergence', [], []]);
	assert.deepEqual(levelOf(cell('academia', 20, 3), civil), ['not-heard', [], ['governments']]);
	assert.deepEqual(levelOf(), null);
});

test('who passes is heard on nothing: a published cell of few who take a side is like none', () => {
	const others = [cell('academia', 20, 3), cell('civil-society', 40, 2)];
	assert.deepEqual(levelOf(cell('governments', 2, 2, 6), ...others), levelOf(...others));
});

test('groups that the talk leaves out, and those who state none, decide nothing', () => {
	const found = levelOfIdea([cell('governments', 9, 1), cell('academia', 0, 50), cell('not-stated', 0, 50)], {
		...basis,
		groups: ['governments']
	});
	assert.deepEqual([found?.level, found?.opposedBy], ['consensus', []]);
	assert.equal(levelOfIdea([cell('academia', 10, 0), cell('not-stated', 10, 0)], { ...basis, groups: ['governments'] }), null);
});

test('what the lists are ordered by is in millionths, and -1 where there is nothing', () => {
	const heard = levelOfIdea([cell('governments', 10, 0), cell('academia', 0, 10)], basis)!;
	// lower 80 % bound of Beta(½, 10½), and the distance of both groups
	assert.deepEqual([heard.score < 2000, heard.score > 0, heard.divide > 700_000, heard.awaited], [true, true, true, -1]);
	const few = levelOfIdea([cell('governments', 2, 1, 4)], basis)!;
	assert.deepEqual([few.level, few.score, few.mean, few.divide, few.awaited], ['not-heard', -1, -1, -1_000_000, -1]);
	const awaited = levelOfIdea([cell('governments', 30, 1)], basis)!;
	assert.equal(awaited.awaited, awaited.score);
});

test('a majority that rests on one large group is said to turn where each group weighs the same', () => {
	const large = cell('civil-society', 90, 10);
	const small = [cell('governments', 0, 10), cell('academia', 2, 10)];
	assert.equal(levelOfIdea([large, ...small], basis)!.turnsByGroup, true);
	assert.equal(levelOfIdea([large, cell('governments', 9, 1)], basis)!.turnsByGroup, false);
	assert.equal(levelOfIdea([large], basis)!.turnsByGroup, null);
	const region = (key: string, agree: number, disagree: number): ShownCell => ({
		...cell(key, agree, disagree),
		dimension: 'region'
	});
	const regions = [region('african', 90, 10), region('asia-pacific', 0, 8), region('not-stated', 50, 0)];
	assert.equal(levelOfIdea([large, ...regions], basis)!.turnsByRegion, true);
});

test('the side of a group is the side on which its whole 80 % interval lies', () => {
	const side = (agree: number, disagree: number) => sideOf({ agree, disagree, pass: 0 }, usual);
	assert.deepEqual([side(9, 1), side(1, 9), side(5, 5), side(3, 1)], ['favours', 'opposes', 'undecided', 'not-heard']);
});

test('shares and intervals are those of Jeffreys’ prior, to four decimals', () => {
	// Beta(9½, 1½), integrated by midpoints in two million steps
	assert.deepEqual(agreementOf({ agree: 9, disagree: 1, pass: 3 }), {
		n: 10,
		share: 0.8636,
		within80: [0.7254, 0.9705],
		within95: [0.6187, 0.989]
	});
	assert.deepEqual(agreementOf({ agree: 0, disagree: 0, pass: 5 }), { n: 0, share: null, within80: null, within95: null });
});

const cells = fc
	.tuple(...groups.map((key) => fc.option(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(9)).map(([a, d, p]) => cell(key, a, d, p)))))
	.map((found) => found.filter((one) => one !== null));

test('an agree from a group that is heard never lowers the score', () => {
	fc.assert(
		fc.property(cells, fc.nat(2), (shown, place) => {
			const one = shown[place];
			fc.pre(one !== undefined && one.agree + one.disagree >= basis.heard);
			const more = shown.map((other) => (other === one ? { ...one, agree: one.agree + 1 } : other));
			assert.ok(levelOfIdea(more, basis)!.score >= levelOfIdea(shown, basis)!.score);
		}),
		{ seed: 11 }
	);
});

test('neither the order of the cells nor that of the groups changes a level', () => {
	fc.assert(
		fc.property(cells, (shown) => {
			const [one, other] = [
				levelOfIdea(shown, basis),
				levelOfIdea(shown.toReversed(), { ...basis, groups: groups.toReversed() })
			];
			assert.deepEqual(
				one && { ...one, opposedBy: one.opposedBy.toSorted(), notHeardFrom: one.notHeardFrom.toSorted() },
				other && { ...other, opposedBy: other.opposedBy.toSorted(), notHeardFrom: other.notHeardFrom.toSorted() }
			);
		}),
		{ seed: 12 }
	);
});

test('a talk chooses its thresholds from what can be said in words', () => {
	const everyGroup = ['governments', 'academia'];
	assert.ok(areThresholds(usual, everyGroup));
	assert.deepEqual(
		[...majorities, ...mosts].map((name) => shareNamed(shares[name])),
		[...majorities, ...mosts]
	);
	for (const wrong of [
		{ heard: 4 },
		{ heard: 5.5 },
		{ heard: Number.NaN },
		{ heard: 1001 },
		{ majority: 0.4 },
		{ most: 1 },
		{ most: 0.67 },
		{ groups: [] },
		{ groups: ['nobody'] }
	])
		assert.equal(areThresholds({ ...usual, ...wrong }, everyGroup), false, JSON.stringify(wrong));
});
