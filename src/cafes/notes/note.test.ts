import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cardFrom, faultOf, longestCard, threadsOf, type Revision } from '#cafes/notes/note.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const card = (number: number, changes: Partial<Revision> = {}): Revision => ({
	...{ id: id(number), revises: null, text: `point ${number}`, place: number, phone: id(900), ...changes }
});
const told = (cards: readonly Revision[]) =>
	threadsOf(cards).map(({ first, wordings }) => [first.id.slice(-2), ...wordings.map(({ text }) => text)]);

test('a card and its revisions are one thread, which comes to its last wording', () => {
	const cards = [card(1), card(2, { revises: id(1), text: 'better' }), card(3), card(4, { revises: id(2), text: 'best' })];
	assert.deepEqual(told(cards), [
		['01', 'best'],
		['03', 'point 3']
	]);
});

test('where two phones said the same card anew, both wordings stand', () => {
	const cards = [
		card(1),
		card(2, { revises: id(1), text: 'mine' }),
		card(2.5, { id: id(7), revises: id(1), text: 'yours', phone: id(901) })
	];
	assert.deepEqual(told(cards), [['01', 'mine', 'yours']]);
});

test('a card is taken back by a revision without words, but not a wording that this one did not know', () => {
	const back = card(2, { revises: id(1), text: ' ' });
	assert.deepEqual(told([card(1), back]), [['01']]);
	assert.deepEqual(told([card(1), back, card(3, { revises: id(1), text: 'kept', phone: id(901) })]), [['01', 'kept']]);
});

test('a revision that comes before its card is kept, and one whose card never comes stands for itself', () => {
	assert.deepEqual(told([card(5, { revises: id(99), text: 'late' })]), [['05', 'late']]);
});

test('what comes of the cards does not depend on the order in which they arrive, and no wording is lost', () => {
	const cards = fc
		.array(fc.record({ revises: fc.option(fc.nat(15)), text: fc.constantFrom('a', 'b', ''), phone: fc.nat(2) }), {
			maxLength: 16
		})
		.map((made) =>
			made.map(({ revises, text, phone }, at) =>
				card(at + 1, {
					...{ text: revises === null ? text || 'c' : text, phone: id(900 + phone) },
					// also cards that are not there, and rings
					revises: revises === null ? null : id(revises + 1)
				})
			)
		);
	fc.assert(
		fc.property(cards, fc.infiniteStream(fc.nat(1000)), (some, lots) => {
			const order = new Map(some.map((one) => [one.id, lots.next().value as number]));
			const shuffled = [...some].sort((one, other) => order.get(one.id)! - order.get(other.id)!);
			assert.deepEqual(threadsOf(shuffled), threadsOf(some));
			const threads = threadsOf(some);
			assert.deepEqual(
				threads.flatMap(({ written }) => written.map((one) => one.id)).sort(),
				some.map((one) => one.id).sort(),
				'each card is in one thread'
			);
			const revised = new Set(some.map(({ revises }) => revises));
			for (const one of some.filter((kept) => !revised.has(kept.id) && kept.text !== ''))
				assert.ok(threads.some(({ wordings }) => wordings.includes(one)));
		})
	);
});

test('what is no card is none, whatever it is', () => {
	const good = { id: id(1), table: 'x/1', round: 1, place: 1, phone: id(2), marker: 'idea', language: 'en', text: 'x' };
	assert.ok(cardFrom(good));
	for (const wrong of [
		null,
		[],
		'x',
		{},
		{ ...good, id: '1' },
		{ ...good, round: 0 },
		{ ...good, place: 1.5 },
		{ ...good, marker: 'joke' }
	])
		assert.equal(cardFrom(wrong), null);
	fc.assert(fc.property(fc.anything(), (anything) => void cardFrom(anything)));
});

test('a card has words, and not too many', () => {
	const fault = (text: string, revises: string | null = null) => faultOf({ text, revises, name: null });
	assert.deepEqual([fault('x'), fault(''), fault('', id(1)), fault('😀'.repeat(longestCard))], [null, 'empty', null, null]);
	assert.deepEqual([fault('x'.repeat(longestCard + 1)), fault('a\0'), fault('\ud800')], ['long', 'nul', 'surrogate']);
	assert.equal(faultOf({ text: 'x', revises: null, name: 'n'.repeat(121) }), 'long');
});
