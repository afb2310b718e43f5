import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCafe, type CafeWishes } from './examples.ts';
import { isPresent, UnfitSeating, type Guest, type Pair, type SeatingInput } from './input.ts';
import { seatEveryone, type Seating, type Standing } from './seating.ts';

const settings = { seed: 1, coolings: 2 };
const seated = (input: SeatingInput, seed = 1) => seatEveryone(input, { ...settings, seed });

/** Counted as plainly as can be, from nothing but who sits where. */
function recount(input: SeatingInput, { rounds }: Pick<Seating, 'rounds'>) {
	const met = new Map<string, number>();
	for (const round of [...input.earlier, ...rounds])
		for (const table of round)
			for (const one of table)
				for (const other of table) if (one < other) met.set(`${one} ${other}`, (met.get(`${one} ${other}`) ?? 0) + 1);
	const off = input.attributes.map((_, attribute) => {
		const kindOf = new Map(input.people.map(({ id, of }) => [id, of[attribute] ?? null]));
		const kinds = new Set([...kindOf.values()].filter((kind) => kind !== null));
		let sum = 0;
		for (const round of rounds) {
			const here = round.flat();
			for (const kind of kinds)
				for (const table of round) {
					const share = (table.length * here.filter((id) => kindOf.get(id) === kind).length) / here.length;
					const count = table.filter((id) => kindOf.get(id) === kind).length;
					sum += Math.max(0, count - Math.ceil(share), Math.floor(share) - count);
				}
		}
		return sum;
	});
	return { repeats: [...met.values()].reduce((sum, m) => sum + (m * (m - 1)) / 2, 0), off };
}

/** What must hold of every seating. */
function holds(input: SeatingInput, seating: Seating): void {
	const { rounds, repeatedMeetings, lowerBound, mix, worstPerson, worstPersonBound } = seating;
	assert.equal(rounds.length, input.rounds);
	rounds.forEach((tables, round) => {
		const here = input.people.filter((guest) => isPresent(guest, round));
		assert.deepEqual(tables.flat().sort(), here.map(({ id }) => id).sort(), 'everybody sits once');
		for (const { id, host } of here) if (host !== null) assert.ok(tables[host]!.includes(id), 'hosts stay');
		for (const { id, pins } of here) for (const pin of pins) if (pin.round === round) assert.ok(tables[pin.table]!.includes(id));
		const sizes = tables.map(({ length }) => length);
		if (input.tables.every(({ seats }) => seats === null)) assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join());
		input.tables.forEach(({ seats }, table) => assert.ok(sizes[table]! <= (seats ?? Infinity)));
	});
	const meet = ([one, other]: Pair) =>
		rounds.filter((tables) => tables.some((table) => table.includes(one) && table.includes(other))).length;
	const ways = (pairs: readonly Pair[]) => new Set(pairs.map((pair) => [...pair].sort().join(' ')));
	assert.deepEqual(ways(seating.unmet.apart), ways(input.apart.filter((pair) => meet(pair) > 0)));
	const { repeats, off } = recount(input, seating);
	assert.equal(repeatedMeetings, repeats);
	assert.deepEqual(
		Object.values(mix).map((one) => one.off),
		off
	);
	assert.ok(lowerBound <= repeatedMeetings, `${lowerBound} is above ${repeatedMeetings}`);
	for (const one of Object.values(mix)) assert.ok(one.bound <= one.off);
	assert.ok(worstPerson <= worstPersonBound, `${worstPerson} is above ${worstPersonBound}`);
}

const anyCafe = fc
	.record({
		people: fc.integer({ min: 4, max: 26 }),
		tables: fc.integer({ min: 2, max: 6 }),
		rounds: fc.integer({ min: 1, max: 5 }),
		hosts: fc.integer({ min: 0, max: 6 }),
		groups: fc.integer({ min: 0, max: 4 }),
		pairs: fc.array(fc.tuple(fc.nat(25), fc.nat(25)), { maxLength: 4 }),
		together: fc.array(fc.tuple(fc.nat(25), fc.nat(25)), { maxLength: 1 }),
		late: fc.array(fc.nat(25), { maxLength: 3 }),
		pinned: fc.array(fc.nat(25), { maxLength: 2 })
	})
	.map(({ people, tables, rounds, hosts, groups, pairs, together, late, pinned }): CafeWishes => {
		const named = (given: readonly (readonly [number, number])[]) =>
			given
				.filter(([one, other]) => one !== other && Math.max(one, other) < people)
				.map(([one, other]): Pair => [`p${one}`, `p${other}`]);
		const few = Math.min(tables, Math.floor(people / 2));
		const kinds: CafeWishes['kinds'] =
			groups === 0
				? {}
				: {
						group: (person) => (person % 7 === 6 ? null : `g${(person * person) % groups}`),
						region: (person) => `r${person % 3}`
					};
		const guests: Record<string, Partial<Guest>> = {};
		for (const person of late) guests[`p${person}`] = { from: Math.min(1, rounds - 1) };
		for (const person of pinned) if (person >= hosts) guests[`p${person}`] = { pins: [{ round: 0, table: 0 }] };
		return {
			...{ people, tables: Math.max(2, few), rounds, hosts: Math.min(hosts, few, tables), kinds },
			...{ apart: named(pairs), together: named(together) },
			guests
		};
	});

test('whatever is asked, everybody sits once where they may, and every figure is what one counts', () => {
	fc.assert(
		fc.property(anyCafe, (wishes) => {
			const input = aCafe(wishes);
			try {
				holds(input, seated(input));
			} catch (error) {
				if (!(error instanceof UnfitSeating)) throw error;
				assert.match(error.code, /cannot-be-met|apart-and-together|too-many-pinned|more-tables/);
			}
		}),
		{ numRuns: 120 }
	);
});

test('the same input and seed give the same seating', () => {
	const input = aCafe({ people: 23, tables: 5, rounds: 4, hosts: 5, kinds: { group: (person) => `g${person % 4}` } });
	assert.deepEqual(seated(input, 7), seated(input, 7));
});

test('earlier rounds count as met', () => {
	const before = seated(aCafe({ people: 16, tables: 4, rounds: 2 }));
	const input = aCafe({ people: 16, tables: 4, rounds: 3, earlier: before.rounds });
	const after = seatEveryone(input, { seed: 1, coolings: 20 });
	holds(input, after);
	assert.equal(after.repeatedMeetings, 0);
	assert.equal(after.worstPerson, 9);
});

test('the café of 2013 needs no cards: guests move by their letter, and nobody meets twice', () => {
	const input = aCafe({ people: 50, tables: 10, rounds: 3, hosts: 10 });
	const found = seated(input);
	holds(input, found);
	assert.deepEqual([found.method, found.repeatedMeetings, found.worstPerson], ['closed form', 0, 12]);
	assert.deepEqual(found.provenBest, { repeatedMeetings: true, mix: true, worstPerson: true });
	for (const [id, { table, steps }] of Object.entries(found.moves!))
		found.rounds.forEach((tables, round) => assert.ok(tables[(table + round * steps) % 10]!.includes(id)));
});

test('few large tables repeat what they must, and that is said to be proven best', () => {
	const found = seatEveryone(aCafe({ people: 48, tables: 6, rounds: 3 }), { seed: 1, coolings: 20 });
	assert.deepEqual([found.repeatedMeetings, found.lowerBound, found.provenBest.repeatedMeetings], [36, 36, true]);
});

test('tables that differ by one repeat what they must: that, too, is proven', () => {
	for (const [people, tables, rounds, repeats] of [
		[14, 3, 4, 30],
		[20, 3, 3, 39],
		[50, 6, 5, 140]
	] as const) {
		const found = seated(aCafe({ people, tables, rounds }));
		assert.deepEqual([found.repeatedMeetings, found.lowerBound], [repeats, repeats], `${people} people`);
	}
});

test('the fifteen of Kirkman walk for seven days, and thirty-two golfers play ten', () => {
	for (const [people, tables, rounds] of [
		[15, 5, 7],
		[32, 8, 10]
	] as const) {
		const input = aCafe({ people, tables, rounds });
		const found = seated(input);
		holds(input, found);
		assert.deepEqual([found.method, found.repeatedMeetings], ['design', 0], `${people} people`);
	}
});

test('of thirty-six officers in four rounds two pairs meet twice: no seating is better', () => {
	const found = seatEveryone(aCafe({ people: 36, tables: 6, rounds: 4 }), { seed: 1, coolings: 20 });
	assert.deepEqual([found.repeatedMeetings, found.lowerBound], [2, 2]);
});

test('people sit at tables of their languages', () => {
	const french = Object.fromEntries([0, 1, 2, 3, 4].map((person) => [`p${person}`, { languages: ['fr'] }]));
	const input = aCafe({ people: 15, tables: 3, rounds: 2, guests: french, languages: [['en', 'fr'], ['en', 'es'], ['fr']] });
	const { rounds } = seated(input);
	for (const tables of rounds) for (const id of tables[1]!) assert.ok(!(id in french));
});

test('who is kept together sits together in every round', () => {
	const input = aCafe({
		people: 20,
		tables: 5,
		rounds: 4,
		together: [
			['p1', 'p2'],
			['p2', 'p3']
		]
	});
	const found = seated(input);
	holds(input, found);
	for (const tables of found.rounds) assert.ok(tables.some((table) => ['p1', 'p2', 'p3'].every((id) => table.includes(id))));
	assert.deepEqual(found.unmet.together, []);
});

test('an odd person is no obstacle: one table is larger', () => {
	const input = aCafe({ people: 13, tables: 4, rounds: 3 });
	holds(input, seated(input));
});

test('a pair to sit apart that is said a hundred times, either way round, is one', () => {
	const apart = Array.from({ length: 130 }, (_, place): Pair => (place % 2 ? ['p1', 'p2'] : ['p2', 'p1']));
	for (let seed = 1; seed <= 20; seed++)
		assert.deepEqual(seated(aCafe({ people: 10, tables: 2, rounds: 1, apart }), seed).unmet.apart, []);
});

test('nothing is called proven best where two meet who are to sit apart', () => {
	// a ring of five, apart from their neighbours, needs three tables
	const ring = [0, 1, 2, 3, 4].map((person): Pair => [`p${person}`, `p${(person + 1) % 5}`]);
	const found = seated(aCafe({ people: 12, tables: 2, rounds: 1, apart: ring }));
	assert.equal(found.unmet.apart.length, 1);
	assert.deepEqual(found.provenBest, { repeatedMeetings: false, mix: false, worstPerson: false });
});

test('how far it is counts meetings of those to be kept apart by themselves', () => {
	const ring = [0, 1, 2, 3, 4].map((person): Pair => [`p${person}`, `p${(person + 1) % 5}`]);
	const standings: (Standing | null)[] = [];
	const goOn = (standing: Standing | null) => standings.push(standing) < 20;
	seatEveryone(aCafe({ people: 12, tables: 2, rounds: 1, apart: ring }), settings, { goOn });
	assert.deepEqual(standings.at(-1), { unmet: 1, repeatedMeetings: 0, lowerBound: 0, off: 0 });
});

test('whoever ends it is heard while people are given the places of a closed form', () => {
	const kinds = { group: (person: number) => `g${person % 7}`, region: (person: number) => `r${(person * person) % 5}` };
	let asked = 0;
	seatEveryone(aCafe({ people: 50, tables: 10, rounds: 3, hosts: 10, kinds }), settings, { goOn: () => ++asked < 1 });
	assert.ok(asked <= 4, `asked ${asked} times after the end`);
});

test('tables take turns in being larger, so that no host stays among the fewest', () => {
	const kinds = {
		group: (person: number) => ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'd', 'd', 'e'][person % 11]!,
		region: (person: number) => `r${(person * 7 + (person >> 2)) % 5}`
	};
	for (const seed of [1, 2, 3]) {
		const input = aCafe({ people: 45, tables: 10, rounds: 3, hosts: 10, kinds });
		const found = seatEveryone(input, { seed, coolings: 6 });
		holds(input, found);
		assert.deepEqual([found.repeatedMeetings, found.worstPerson, found.worstPersonBound], [0, 10, 10]);
		assert.deepEqual(found.provenBest, { repeatedMeetings: true, mix: true, worstPerson: true });
	}
});

test('where there are fewer larger tables than hosts nobody can do better than the host who has none', () => {
	// three of ten tables are larger in each of three rounds: one host never sits at one
	const found = seated(aCafe({ people: 53, tables: 10, rounds: 3, hosts: 10 }));
	assert.deepEqual([found.worstPerson, found.worstPersonBound], [12, 12]);
	assert.equal(found.provenBest.worstPerson, true);
});

test('whoever ends the search leaves time to even out who meets how many', () => {
	const input = aCafe({ people: 14, tables: 3, rounds: 4 });
	const found = seatEveryone(input, { seed: 1, coolings: Infinity }, { goOn: () => false });
	holds(input, found);
	assert.deepEqual([found.repeatedMeetings, found.worstPerson], [30, 11]);
});

test('whoever stops the search gets the best so far', () => {
	let asked = 0;
	const input = aCafe({ people: 30, tables: 5, rounds: 6 });
	const found = seatEveryone(input, { seed: 1, coolings: Infinity }, { goOn: () => ++asked < 3 });
	holds(input, found);
	assert.equal(asked >= 3, true);
});
