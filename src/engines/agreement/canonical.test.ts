import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { inCanonicalOrder } from './canonical.ts';
import { countOpinions } from './counts.ts';
import { anInput, type Said, type Stated } from './examples.ts';
import { checkInput } from './input.ts';
import { countVoices } from './organisations.ts';

const canonical = (people: readonly Stated[], said: readonly Said[], more = {}) => {
	const input = anInput(people, said, more);
	checkInput(input);
	return inCanonicalOrder(input);
};

test('people stand by what they say, idea after idea', () => {
	const { participant, matrix } = canonical(
		[{ id: 7 }, { id: 3 }, { id: 5 }, { id: 9 }],
		[
			{ person: 3, idea: 2, value: 1 },
			{ person: 3, idea: 1, value: 1 },
			{ person: 7, idea: 1, value: -1 },
			{ person: 9, idea: 1, value: 1 }
		]
	);
	// who said nothing, who disagrees, who agrees, who agrees and goes on
	assert.deepEqual([...participant], [5, 7, 9, 3]);
	assert.deepEqual([...matrix.starts], [0, 0, 1, 2, 4]);
	assert.deepEqual([...matrix.idea], [0, 0, 0, 1]);
	assert.deepEqual([...matrix.value], [-1, 1, 1, 1]);
});

test('those who say the same stand by what they state of themselves', () => {
	const said = [1, 2, 3, 4].map((person): Said => ({ person, idea: 1, value: 1 }));
	const { participant } = canonical(
		[
			{ id: 1, groups: [1] },
			{ id: 2, groups: [0], region: 1 },
			{ id: 3, groups: [0], region: 0, assurance: 1 },
			{ id: 4, groups: [0], region: 0 }
		],
		said
	);
	assert.deepEqual([...participant], [4, 3, 2, 1]);
});

test('the last opinion of a person on an idea counts; at the same time agree stands over pass and pass over disagree', () => {
	const { matrix, left } = canonical(
		[{ id: 1 }, { id: 2 }],
		[
			{ person: 1, idea: 1, value: -1, time: 20 },
			{ person: 1, idea: 1, value: 1, time: 10 },
			{ person: 2, idea: 1, value: 1, time: 5 },
			{ person: 2, idea: 1, value: -1, time: 5 },
			{ person: 2, idea: 1, value: 0, time: 5 }
		]
	);
	assert.deepEqual([...matrix.value], [-1, 1]);
	assert.deepEqual(left, { hidden: 0, repeated: 3 });
});

test('what is said to a hidden idea is left out and counted', () => {
	const { matrix, left } = canonical(
		[{ id: 1 }],
		[
			{ person: 1, idea: 4, value: 1 },
			{ person: 1, idea: 8, value: 1 }
		],
		{ hidden: [4] }
	);
	assert.deepEqual([...matrix.idea], [1]);
	assert.deepEqual(left, { hidden: 1, repeated: 0 });
});

test('an opinion keeps what its person had stated when giving it', () => {
	const found = canonical(
		[
			{ id: 1, groups: [0] },
			{ id: 1, groups: [2] }
		],
		[
			{ person: 1, idea: 1, value: 1, under: 1 },
			{ person: 1, idea: 2, value: -1, under: 2 }
		]
	);
	const tables = countOpinions(found, 3, 2);
	assert.deepEqual(tables.ofGroup(0, 0), { agree: 1, disagree: 0, pass: 0 });
	assert.deepEqual(tables.ofGroup(1, 2), { agree: 0, disagree: 1, pass: 0 });
	assert.equal(found.statements.groups[found.latest[0]!], 0b100);
});

test('somebody of two groups counts in both, and once among all', () => {
	const tables = countOpinions(
		canonical(
			[{ id: 1, groups: [0, 2], region: 1 }, { id: 2 }],
			[
				{ person: 1, idea: 1, value: 1 },
				{ person: 2, idea: 1, value: 0 }
			]
		),
		3,
		2
	);
	assert.deepEqual(tables.ofGroup(0, 0), { agree: 1, disagree: 0, pass: 0 });
	assert.deepEqual(tables.ofGroup(0, 2), { agree: 1, disagree: 0, pass: 0 });
	assert.deepEqual(tables.cell(0, 2, 1), { agree: 1, disagree: 0, pass: 0 });
	assert.deepEqual(tables.ofGroup(0, 3), { agree: 0, disagree: 0, pass: 1 });
	assert.deepEqual(tables.ofRegion(0, 2), { agree: 0, disagree: 0, pass: 1 });
	assert.deepEqual(tables.all(0), { agree: 1, disagree: 0, pass: 1 });
});

test('the people of an organisation share one voice, split as they are split', () => {
	const people = [
		{ id: 1, groups: [0], organisation: 4 },
		{ id: 2, groups: [0], organisation: 4 },
		{ id: 3, groups: [0], organisation: 4 },
		{ id: 4, groups: [0], organisation: 4 },
		{ id: 5, groups: [0], organisation: 2 },
		{ id: 6, groups: [0] }
	];
	const said: Said[] = [1, 1, 1, -1, 0, 1].map((value, place) => ({ person: place + 1, idea: 1, value: value as Said['value'] }));
	const found = canonical(people, said);
	const tables = countOpinions(found, 3, 2);
	assert.deepEqual([...countVoices(found, tables)].slice(0, 3), [0.25, 1, 1.75]);
	assert.deepEqual(tables.ofGroup(0, 0), { agree: 4, disagree: 1, pass: 1 });
});

const talks = fc.record({
	people: fc.array(fc.record({ groups: fc.uniqueArray(fc.nat(2)), region: fc.integer({ min: -1, max: 1 }) }), {
		minLength: 1,
		maxLength: 8
	}),
	said: fc.array(
		fc.record({
			person: fc.nat(7),
			idea: fc.nat(4),
			value: fc.constantFrom(-1 as const, 0 as const, 1 as const),
			time: fc.nat(3),
			under: fc.integer({ min: 1, max: 2 })
		}),
		{ maxLength: 40 }
	)
});

test('neither the order of the rows nor the numbers of the people change anything but the names', () => {
	fc.assert(
		fc.property(talks, fc.func(fc.nat()), fc.nat(), ({ people, said }, shuffle, shift) => {
			// everybody says something else of themselves later: what their neighbour said first
			const stated = people.flatMap((one, place) => [
				{ id: place, ...one },
				{ id: place, ...people[(place + 1) % people.length]! }
			]);
			const rows = said.map((one) => ({ ...one, person: one.person % people.length }));
			const found = canonical(stated, rows);
			const others = [...stated].sort((one, other) => shuffle(one.id) - shuffle(other.id));
			const name = new Map(others.map(({ id }, place) => [id, place * 3 + (shift % 100)]));
			const renamed = others.map((one) => ({ ...one, id: name.get(one.id)! }));
			const again = canonical(
				renamed,
				rows
					.map((one, place) => ({ one: { ...one, person: name.get(one.person)! }, key: shuffle(place + 100) }))
					.sort((one, other) => one.key - other.key)
					.map(({ one }) => one)
			);
			assert.deepEqual({ ...again, participant: null }, { ...found, participant: null });
		}),
		{ numRuns: 500, seed: 1 }
	);
});
