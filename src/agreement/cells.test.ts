import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { cellsToPublish, fewestPeople, peopleIn, type Cell, type Tally } from '#agreement/cells.ts';

const cell = (key: string, people: number, fresh = people): Cell => ({
	key,
	agree: people,
	disagree: 0,
	pass: 0,
	shown: fresh === people ? null : { agree: people - fresh, disagree: 0, pass: 0 },
	fresh
});

test('a cell is published from five people on', () => {
	assert.deepEqual(cellsToPublish([cell('academia', 4), cell('governments', 5), cell('private-sector', 3)]), ['governments']);
});

test('a published cell is renewed when five of its people have spoken since', () => {
	const others = [cell('academia', 9, 2), cell('private-sector', 9, 1)];
	assert.deepEqual(cellsToPublish([cell('governments', 12, 4), ...others]), []);
	assert.deepEqual(cellsToPublish([cell('governments', 12, 5), ...others]), ['governments']);
});

test('where a single cell would stay behind, the smallest of the others stays with it', () => {
	assert.deepEqual(cellsToPublish([cell('academia', 2), cell('governments', 7), cell('private-sector', 6)]), ['governments']);
	assert.deepEqual(cellsToPublish([cell('academia', 2), cell('governments', 7)]), []);
});

test('a cell that is published as it stands leaves nothing behind', () => {
	assert.deepEqual(cellsToPublish([cell('academia', 8, 0), cell('governments', 7, 5)]), ['governments']);
	assert.deepEqual(cellsToPublish([cell('governments', 7)]), ['governments']);
});

interface Step {
	readonly person: number;
	readonly value: number;
}
interface Talk {
	readonly groups: number;
	/** looks and freezes, which publish by the same rule; what is said before each */
	readonly rounds: readonly (readonly Step[])[];
}

/** A talk on one idea: people of up to four groups give, repeat and change opinions; after each round the rule decides what is seen. */
const talks: fc.Arbitrary<Talk> = fc.record({
	groups: fc.integer({ min: 1, max: 4 }),
	rounds: fc.array(fc.array(fc.record({ person: fc.nat(39), value: fc.constantFrom(-1, 0, 1) }), { maxLength: 14 }), {
		minLength: 1,
		maxLength: 12
	})
});

interface Group {
	readonly opinions: Map<number, number>;
	shown: Tally | null;
	/** who gave an opinion, or another one, since the group was last published */
	fresh: Set<number>;
}
type Look = (groups: ReadonlyMap<string, Group>, published: readonly string[]) => void;

/** Plays the talk; `beforePublishing` and `after` see each round. */
function play(talk: Talk, after: Look, beforePublishing: Look = () => {}): void {
	const groups = new Map<string, Group>();
	for (const steps of talk.rounds) {
		for (const { person, value } of steps) {
			// groups of very different size
			const key = `group ${Math.floor(talk.groups * (person / 40) ** 2)}`;
			const group: Group = groups.get(key) ?? { opinions: new Map(), shown: null, fresh: new Set() };
			groups.set(key, group);
			if (group.opinions.get(person) !== value) group.fresh.add(person);
			group.opinions.set(person, value);
		}
		const cells = [...groups].map(([key, group]) => ({
			key,
			...tallyOf(group.opinions),
			shown: group.shown,
			fresh: group.fresh.size
		}));
		const published = cellsToPublish(cells);
		beforePublishing(groups, published);
		for (const key of published) {
			const group = groups.get(key)!;
			group.shown = tallyOf(group.opinions);
			group.fresh = new Set();
		}
		after(groups, published);
	}
}

function tallyOf(opinions: ReadonlyMap<number, number>): Tally {
	const count = (wanted: number) => [...opinions.values()].filter((value) => value === wanted).length;
	return { agree: count(1), disagree: count(-1), pass: count(0) };
}

test('no cell with fewer than five people is ever shown', () => {
	const look: Look = (groups) => {
		for (const { shown } of groups.values()) assert.ok(shown === null || peopleIn(shown) >= fewestPeople);
	};
	fc.assert(
		fc.property(talks, (talk) => play(talk, look)),
		{ numRuns: 2000, seed: 5 }
	);
});

test('two editions of a cell differ by the opinions of five people or more', () => {
	const look: Look = (groups, published) => {
		for (const key of published) assert.ok(groups.get(key)!.fresh.size >= fewestPeople);
	};
	fc.assert(
		fc.property(talks, (talk) => play(talk, () => {}, look)),
		{ numRuns: 2000, seed: 6 }
	);
});

test('who subtracts all published cells from the total never learns a cell that is not published', () => {
	// An onlooker knows the total at each moment and all that was ever published: they can subtract every cell that shows what it holds.
	const look: Look = (groups, published) => {
		if (published.length === 0) return;
		const unknown = [...groups].filter(([, { opinions, shown }]) => JSON.stringify(shown) !== JSON.stringify(tallyOf(opinions)));
		assert.notEqual(unknown.length, 1);
	};
	fc.assert(
		fc.property(talks, (talk) => play(talk, look)),
		{ numRuns: 5000, seed: 7 }
	);
});

test('the rule looks at the cells, not at their order', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(
				fc.record({
					key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
					agree: fc.nat(9),
					disagree: fc.nat(9),
					pass: fc.nat(3),
					shown: fc.constant<Tally | null>(null),
					fresh: fc.nat(12)
				}),
				{ selector: (one) => one.key }
			),
			(cells) => {
				assert.deepEqual(cellsToPublish([...cells].reverse()), cellsToPublish(cells));
			}
		),
		{ seed: 8 }
	);
});
