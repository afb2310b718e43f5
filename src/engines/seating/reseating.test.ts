import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCafe } from './examples.ts';
import { seatAgain } from './reseating.ts';
import { seatEveryone } from './seating.ts';

const planned = aCafe({ people: 50, tables: 10, rounds: 3 });
const { rounds } = seatEveryone(planned);

function changedCafe(gone: readonly number[], late: number) {
	const missing = new Set(gone.map((person) => `p${person}`));
	const people = [
		...planned.people.filter(({ id }) => !missing.has(id)),
		...Array.from({ length: late }, (_, person) => ({ ...planned.people[0]!, id: `late${person}`, from: 1 }))
	];
	const cards = rounds.map((tables) => tables.map((table) => table.filter((id) => !missing.has(id))));
	return { input: { ...planned, people }, cards, held: 1 };
}

test('rounds that were held stay as they were, and every changed card is told, whoever stays away and comes', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.nat(49), { maxLength: 14 }), fc.nat(6), (gone, late) => {
			const asked = changedCafe(gone, late);
			const found = seatAgain(asked);
			assert.deepEqual(found.rounds[0], asked.cards[0]);
			const here = asked.input.people.map(({ id }) => id).sort();
			const changes = new Map(found.changed.map(({ id, round, to }) => [`${id} ${round}`, to]));
			found.rounds.slice(1).forEach((tables, place) => {
				assert.deepEqual(tables.flat().sort(), here);
				const sizes = tables.map(({ length }) => length);
				assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join());
				tables.forEach((table, at) => {
					for (const id of table) {
						const card = asked.cards[place + 1]!.findIndex((ids) => ids.includes(id));
						assert.equal(changes.get(`${id} ${place + 1}`), card === -1 || card === at ? undefined : at);
					}
				});
			});
			assert.ok(found.changedBound <= found.changed.length);
		}),
		{ numRuns: 15 }
	);
});

test('who comes late takes the chairs of those who stayed away: hardly a card changes, and nobody meets twice', () => {
	const found = seatAgain(changedCafe([3, 14, 25, 36, 47], 3));
	assert.ok(found.changed.length <= 2);
	assert.equal(found.repeatedMeetings, 0);
});

test('who left after the first round has no card to change', () => {
	const asked = changedCafe([], 0);
	const people = asked.input.people.map((guest) => (guest.id === 'p7' ? { ...guest, until: 0 } : guest));
	const found = seatAgain({ ...asked, input: { ...asked.input, people } });
	assert.deepEqual(found.changed, []);
	assert.ok(!found.rounds[1]!.flat().includes('p7'));
});

test('where nobody stays away and nobody comes no card changes', () => {
	assert.deepEqual(seatAgain(changedCafe([], 0)).changed, []);
});
