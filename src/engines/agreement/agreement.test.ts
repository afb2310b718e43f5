import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { agreement, usualSettings, type AgreementSettings } from './agreement.ts';
import { anInput, exampleGroups, type Said, type Stated } from './examples.ts';
import type { AgreementInput } from './input.ts';

/** As usual, with little chance to play, so that a test lasts a moment. */
const settings: AgreementSettings = {
	...usualSettings,
	discovery: { ...usualSettings.discovery, resamples: 3, permutations: 19 }
};
const found = (input: AgreementInput) => agreement(input, settings);

function anyNumber(value: unknown, look: (one: number) => void): void {
	if (typeof value === 'number') look(value);
	else if (value !== null && typeof value === 'object') for (const one of Object.values(value)) anyNumber(one, look);
}

const isWhole = (input: AgreementInput) => {
	const result = found(input);
	anyNumber(result, (one) => assert.ok(Number.isFinite(one) && !Object.is(one, -0), JSON.stringify(result)));
	assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
	return result;
};

test('an empty topic has a result', () => {
	const { people, ideas, opinions, peopleCrossed } = isWhole(anInput([], []));
	assert.deepEqual({ people, ideas, opinions }, { people: [], ideas: [], opinions: { given: 0, hidden: 0, repeated: 0 } });
	assert.deepEqual(peopleCrossed.rows, [null, null, null, null]);
});

test('one person and one idea are not enough heard', () => {
	const { ideas, people } = isWhole(anInput([{ id: 7, groups: [1] }], [{ person: 7, idea: 3, value: 1 }]));
	assert.deepEqual(people, [{ id: 7, group: null }]);
	const [{ id, all, level, notHeardFrom, score, rank, agreement: overall, groups }] = ideas as [(typeof ideas)[0]];
	assert.deepEqual(
		{ id, all, level, notHeardFrom, score, rank },
		{
			...{ id: 3, all: { agree: 1, disagree: 0, pass: 0 }, level: 'not-heard', notHeardFrom: exampleGroups },
			...{ score: null, rank: 1 }
		}
	);
	assert.deepEqual(overall, { n: 1, share: 0.75, within80: [0.3514, 0.9938], within95: [0.1467, 0.9996] });
	assert.deepEqual(groups[0]!.agreement, { n: 0, share: null, within80: null, within95: null });
});

test('an idea that nobody judged is not enough heard, and hidden ideas are not spoken of', () => {
	const { ideas, opinions } = isWhole(
		anInput(
			[{ id: 1 }],
			[
				{ person: 1, idea: 1, value: 1 },
				{ person: 1, idea: 2, value: 1 }
			],
			{ ideas: [9], hidden: [2] }
		)
	);
	assert.deepEqual(
		ideas.map(({ id, level, agreement: { n } }) => [id, level, n]),
		[
			[1, 'not-heard', 1],
			[9, 'not-heard', 0]
		]
	);
	assert.deepEqual(opinions, { given: 1, hidden: 1, repeated: 0 });
});

/** So many people of each group, in one region after the other, all of one opinion. */
const crowd = (value: Said['value'], perGroup = 12) => {
	const people = Array.from({ length: perGroup * 3 }, (_, id): Stated => ({
		id,
		groups: [id % 3],
		region: Math.floor(id / 3) % 2
	}));
	return { people, said: people.flatMap(({ id }): Said[] => [1, 2].map((idea) => ({ person: id, idea, value }))) };
};

test('where everyone agrees there is consensus, however one weighs', () => {
	const { people, said } = crowd(1);
	const { ideas, discovered } = isWhole(anInput(people, said));
	assert.deepEqual([ideas[0]!.level, ideas[0]!.favouredBy, ideas[0]!.rank, ideas[1]!.rank], ['consensus', exampleGroups, 1, 1]);
	assert.equal(ideas[0]!.weighting.conclusion, 'same');
	assert.equal(discovered.k, 0);
	assert.deepEqual(ideas[0]!.crossed.cells![0], [{ agree: 6, disagree: 0, pass: 0 }, { agree: 6, disagree: 0, pass: 0 }, null]);
});

test('where everyone passes nobody has taken a side, and nobody is heard', () => {
	const { people, said } = crowd(0);
	const { ideas } = isWhole(anInput(people, said));
	assert.deepEqual([ideas[0]!.level, ideas[0]!.all.pass, ideas[0]!.agreement.share], ['not-heard', 36, null]);
});

test('a small group that blocks is seen, and that the majority would change if groups weighed the same', () => {
	const people = Array.from({ length: 60 }, (_, id): Stated => ({ id, groups: [id < 6 ? 0 : id < 12 ? 1 : 2] }));
	const said = people.map(({ id }): Said => ({ person: id, idea: 1, value: id < 12 ? -1 : 1 }));
	const [idea] = found(anInput(people, said)).ideas;
	assert.deepEqual(idea!.opposedBy, ['governments', 'private-sector']);
	assert.equal(idea!.level, 'divergence');
	assert.deepEqual(idea!.weighting, {
		...{ observed: 0.7951, equalGroups: 0.3776, equalRegions: null, equalCells: null },
		conclusion: 'changes'
	});
});

test('stances stand in columns of their own', () => {
	const input = anInput([{ id: 1, groups: [2] }], [{ person: 1, idea: 1, value: 1 }]);
	const stances = {
		raises: Uint32Array.of(0, 0, 1, 2),
		supports: Uint32Array.of(1, 0, 0, 1),
		opposes: Uint32Array.of(0, 3, 0, 3)
	};
	const [idea] = found({ ...input, stances }).ideas;
	assert.deepEqual(idea!.stances, { raises: 2, supports: 1, opposes: 3 });
	assert.deepEqual(idea!.groups[1]!.stances, { raises: 0, supports: 0, opposes: 3 });
	assert.deepEqual(idea!.all, { agree: 1, disagree: 0, pass: 0 });
});

test('progress goes from a part to all of it', () => {
	const told: number[] = [];
	const { people, said } = crowd(1);
	agreement(anInput(people, said), settings, { progress: (share) => told.push(share) });
	assert.equal(told.at(-1), 1);
	assert.deepEqual([...told].sort(), told);
});

const talks = fc.record({
	people: fc.array(
		fc.record({
			groups: fc.uniqueArray(fc.nat(2)),
			region: fc.integer({ min: -1, max: 1 }),
			organisation: fc.integer({ min: -1, max: 3 })
		}),
		{ minLength: 1, maxLength: 30 }
	),
	said: fc.array(
		fc.record({
			person: fc.nat(29),
			idea: fc.nat(8),
			value: fc.constantFrom(-1 as const, 0 as const, 1 as const),
			time: fc.nat(3)
		}),
		{ maxLength: 200 }
	),
	order: fc.array(fc.nat(1000), { minLength: 230, maxLength: 230 })
});

test('the result is the same to the byte for any order of the rows and, but for the ids of people, any names', () => {
	fc.assert(
		fc.property(talks, ({ people, said, order }) => {
			const stated = people.map((one, id) => ({ id, ...one }));
			const rows = said.map((one) => ({ ...one, person: one.person % people.length }));
			const shuffled = <One>(list: readonly One[], from: number) =>
				list
					.map((one, place) => ({ one, key: order[place + from]! }))
					.sort((one, other) => one.key - other.key)
					.map(({ one }) => one);
			const first = isWhole(anInput(stated, rows));
			assert.equal(JSON.stringify(found(anInput(shuffled(stated, 0), shuffled(rows, 30)))), JSON.stringify(first));
			const name = (id: number) => 1000 + ((id * 7) % 31);
			const renamed = found(
				anInput(
					stated.map((one) => ({ ...one, id: name(one.id) })),
					rows.map((one) => ({ ...one, person: name(one.person) }))
				)
			);
			const groupOf = new Map(renamed.people.map(({ id, group }) => [id, group]));
			assert.equal(JSON.stringify({ ...renamed, people: [] }), JSON.stringify({ ...first, people: [] }));
			for (const { id, group } of first.people) assert.equal(groupOf.get(name(id)), group);
		}),
		{ numRuns: 60, seed: 21 }
	);
});
