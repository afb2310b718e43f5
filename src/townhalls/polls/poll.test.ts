import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
	answerOf,
	doubledPoints,
	folded,
	mayHaveState,
	middleOf,
	placesOf,
	ranked,
	usablePoll,
	wordsOf
} from '#townhalls/polls/poll.ts';

const refusedAs = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

test('a poll with one option, with two that read the same or with a scale of two steps cannot be asked', () => {
	assert.throws(() => usablePoll({ kind: 'single', size: 1 }, ['Yes']), refusedAs('poll-unusable'));
	assert.throws(() => usablePoll({ kind: 'several', size: 2 }, ['Été', 'ete']), refusedAs('poll-unusable'));
	assert.throws(() => usablePoll({ kind: 'scale', size: 2 }, []), refusedAs('poll-unusable'));
	assert.throws(() => usablePoll({ kind: 'ranking', size: 11 }, [...'abcdefghijk']), refusedAs('poll-unusable'));
	assert.throws(() => usablePoll({ kind: 'cloud', size: 4 }, []), refusedAs('poll-unusable'));
	usablePoll({ kind: 'single', size: 2 }, ['Yes', 'No']);
});

test('an answer chooses one, some, a value or an order, and nothing that is not there', () => {
	assert.deepEqual(answerOf({ kind: 'single', size: 3 }, [2]), { choices: [2], weights: [1] });
	assert.deepEqual(answerOf({ kind: 'several', size: 3 }, [3, 1, 3]), { choices: [1, 3], weights: [1, 1] });
	assert.deepEqual(answerOf({ kind: 'scale', size: 5 }, [5]), { choices: [5], weights: [1] });
	assert.deepEqual(answerOf({ kind: 'ranking', size: 3 }, [2, 1, 2]), { choices: [1, 2, 3], weights: [1, 4, 1] });
	for (const [kind, chosen] of [
		['single', [1, 2]],
		['single', [4]],
		['single', []],
		['several', [0]],
		['scale', [1.5]],
		['ranking', [0, 0, 0]],
		['ranking', [1, 2]],
		['ranking', [1, 2, 4]],
		['cloud', [1]]
	] as const)
		assert.throws(() => answerOf({ kind, size: 3 }, chosen), refusedAs('answer-unusable'), `${kind} ${chosen.join()}`);
});

test('a poll goes from draft to open to closed, and a closed one may be opened again', () => {
	assert.ok(mayHaveState('draft', 'open') && mayHaveState('open', 'closed') && mayHaveState('closed', 'open'));
	assert.ok(!mayHaveState('draft', 'closed') && !mayHaveState('open', 'draft') && !mayHaveState('open', 'open'));
});

const places = fc.integer({ min: 2, max: 10 }).chain((size) => fc.array(fc.nat(size), { minLength: size, maxLength: size }));

test('whoever ranks gives away the same points, with ties and gaps', () => {
	fc.assert(
		fc.property(
			places,
			(given) => doubledPoints(given).reduce((sum, points) => sum + points, 0) === given.length * (given.length - 1)
		)
	);
});

test('the order of the points is the order of the places, and level stays level', () => {
	fc.assert(
		fc.property(places, (given) => {
			const points = doubledPoints(given);
			const value = (place: number) => (place === 0 ? Infinity : place);
			for (const [at, own] of given.entries())
				for (const [beside, other] of given.entries())
					assert.equal(Math.sign(points[at]! - points[beside]!), Math.sign(value(other) - value(own)) || 0);
			// what the form shows again is worth the same
			assert.deepEqual(doubledPoints(placesOf(points)), points);
		})
	);
});

test('options with the same figure share their place, and it is told', () => {
	const rows = [
		{ name: 'a', count: 4 },
		{ name: 'b', count: 7 },
		{ name: 'c', count: 4 },
		{ name: 'd', count: 0 }
	];
	assert.deepEqual(
		ranked(rows).map(({ name, place, isTied }) => [name, place, isTied]),
		[
			['b', 1, false],
			['a', 2, true],
			['c', 2, true],
			['d', 4, false]
		]
	);
});

test('the middle of a scale', () => {
	const counts = (...of: number[]) => of.map((count, at) => ({ choice: at + 1, count }));
	assert.equal(middleOf(counts(0, 0, 0)), null);
	assert.deepEqual(middleOf(counts(1, 0, 1)), { mean: 2, median: 2 });
	assert.deepEqual(middleOf(counts(3, 1, 0, 0, 1)), { mean: 2, median: 1 });
	assert.deepEqual(middleOf(counts(1, 1)), { mean: 1.5, median: 1.5 });
});

test('words of a cloud are one however they are written', () => {
	for (const [one, other] of [
		['Équité', 'equite'],
		['  trust! ', 'Trust'],
		['STRASSE', 'Straße'],
		['الحُرِّيَّة', 'الحرية'],
		['أمن', 'امن'],
		['Ёлка', 'елка'],
		['ＡＩ', 'ai']
	] as const)
		assert.equal(folded(one), folded(other), `${one} ${other}`);
	assert.notEqual(folded('trust'), folded('truth'));
	assert.equal(folded('…!'), '');
});

test('an answer of words has each word once, and says when one is too long', () => {
	assert.deepEqual(wordsOf(['Trust', ' ', 'trust', 'équité'], 3), [
		{ shown: 'Trust', folded: 'trust' },
		{ shown: 'équité', folded: 'equite' }
	]);
	assert.throws(() => wordsOf([' ', '!'], 3), refusedAs('answer-unusable'));
	assert.throws(() => wordsOf(['a', 'b', 'c'], 2), refusedAs('answer-unusable'));
	assert.throws(() => wordsOf(['x'.repeat(41)], 2), refusedAs('word-too-long'));
	fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (word) => folded(folded(word)) === folded(word)));
});
