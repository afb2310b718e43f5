import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
	howQuestionsFared,
	inOrder,
	isMergeable,
	isSeen,
	mayBecome,
	questionOrders,
	shownWith,
	supporters,
	type Merge,
	type QuestionState
} from '#townhalls/questions/floor-question.ts';

test('what is new or refused is seen by nobody', () => {
	assert.deepEqual((['new', 'approved', 'asked', 'answered', 'taken-up', 'on-record', 'refused'] as const).map(isSeen), [
		false,
		true,
		true,
		true,
		true,
		true,
		false
	]);
	assert.ok(mayBecome('refused', 'approved') && !mayBecome('approved', 'new') && !mayBecome('asked', 'asked'));
});

test('merged questions keep their supporters, each once, and give them back', () => {
	const supports = [
		{ question: 'a', who: 1 },
		{ question: 'a', who: 2 },
		{ question: 'b', who: 2 },
		{ question: 'c', who: 3 }
	];
	const merges = [
		{ merged: 'b', into: 'a' },
		{ merged: 'a', into: 'c' }
	];
	assert.deepEqual([...supporters(merges, supports)], [['c', 3]]);
	assert.deepEqual(
		[...supporters([], supports)],
		[
			['a', 2],
			['b', 1],
			['c', 1]
		]
	);
	assert.ok(!isMergeable(merges, { merged: 'c', into: 'b' }));
	assert.ok(!isMergeable(merges, { merged: 'a', into: 'd' }));
	assert.ok(!isMergeable([], { merged: 'a', into: 'a' }));
	assert.ok(isMergeable(merges, { merged: 'd', into: 'b' }));
});

const ids = fc.nat(7).map(String);

test('however questions are merged, nobody counts twice and nobody is lost', () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ merged: ids, into: ids })),
			fc.array(fc.record({ question: ids, who: fc.nat(9) })),
			(tried, supports) => {
				const merges: Merge[] = [];
				for (const merge of tried) if (isMergeable(merges, merge)) merges.push(merge);
				const shown = shownWith(merges);
				for (const root of shown.values()) assert.ok(!shown.has(root));
				const counted = supporters(merges, supports);
				const expected = new Set(supports.map(({ question, who }) => `${shown.get(question) ?? question} ${who}`));
				assert.equal(
					[...counted.values()].reduce((sum, count) => sum + count, 0),
					expected.size
				);
			}
		)
	);
});

const questions = fc
	.array(fc.nat(50), { maxLength: 30 })
	.map((supports) => supports.map((support, at) => ({ number: at + 1, support })));

test('each order has each question once, and the mixed one gives the newest a place among the first', () => {
	fc.assert(
		fc.property(questions, fc.constantFrom(...questionOrders), (given, order) => {
			const ordered = inOrder(given, order);
			assert.deepEqual(new Set(ordered), new Set(given));
			assert.equal(ordered.length, given.length);
			if (order !== 'mixed') return;
			// of the newest n, all stand among the first 3n
			for (let n = 1; 3 * n <= given.length; n++)
				for (const { number } of inOrder(given, 'newest').slice(0, n))
					assert.ok(ordered.slice(0, 3 * n).some((one) => one.number === number));
		})
	);
	const some = [5, 9, 9, 0].map((support, at) => ({ number: at + 1, support }));
	assert.deepEqual(
		inOrder(some, 'support').map(({ number }) => number),
		[2, 3, 1, 4]
	);
	assert.deepEqual(
		inOrder(some, 'mixed').map(({ number }) => number),
		[2, 3, 4, 1]
	);
});

test('every question that was asked is counted, and one that was shown with another fared as that one did', () => {
	const question = (questionId: string, state: QuestionState, into: string | null = null) => ({ questionId, state, into });
	const questions = [
		question('a', 'answered'),
		question('b', 'approved', 'a'),
		question('c', 'asked'),
		question('d', 'refused'),
		question('e', 'on-record'),
		question('f', 'taken-up')
	];
	assert.deepEqual(howQuestionsFared(questions), { asked: 6, forwarded: 4, answered: 3, onRecord: 1 });
	assert.deepEqual(howQuestionsFared([]), { asked: 0, forwarded: 0, answered: 0, onRecord: 0 });
});
