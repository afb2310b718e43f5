import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { fewestPeople, peopleIn, type Tally } from '#agreement/cells.ts';
import {
	groupCellsToPublish,
	groupsLikeBefore,
	inNoGroup,
	letterOf,
	peopleApart,
	sizeToPublish,
	type GroupCell
} from '#agreement/opinion-groups.ts';

const cell = (
	key: string,
	[agree, disagree, pass]: readonly [number, number, number],
	more: Partial<GroupCell> = {}
): GroupCell => ({
	...{ key, agree, disagree, pass, size: 50, shown: null, earlier: [] },
	...more
});
const said = (agree: number, disagree: number, pass: number): Tally => ({ agree, disagree, pass });

test('the people who make a difference are counted once, whatever they said before', () => {
	assert.equal(peopleApart(said(5, 0, 0), said(0, 5, 0)), 5);
	assert.equal(peopleApart(said(9, 2, 1), said(4, 2, 1)), 5);
	assert.equal(peopleApart(said(9, 2, 1), said(9, 2, 1)), 0);
});

test('a cell is shown from five people on, and renewed for five', () => {
	assert.deepEqual(groupCellsToPublish([cell('A', [3, 1, 1]), cell('B', [4, 2, 2])]), ['A', 'B']);
	assert.deepEqual(groupCellsToPublish([cell('A', [3, 1, 0]), cell('B', [4, 2, 2]), cell('C', [2, 1, 0])]), ['B']);
	const before = said(6, 2, 2);
	const changed = (now: readonly [number, number, number]) =>
		groupCellsToPublish([cell('A', now, { shown: before, earlier: [before] })]);
	assert.deepEqual(changed([6, 6, 2]), []);
	assert.deepEqual(changed([6, 7, 2]), ['A']);
});

test('a cell that comes near to something shown long ago is not renewed', () => {
	const earlier = [said(6, 2, 2), said(12, 2, 2)];
	assert.deepEqual(groupCellsToPublish([cell('A', [7, 2, 2], { shown: earlier[1]!, earlier })]), []);
	assert.deepEqual(groupCellsToPublish([cell('A', [6, 2, 2], { shown: earlier[1]!, earlier })]), ['A'], 'the same tells nothing');
});

test('a group that speaks with one voice, all of it, is not shown', () => {
	assert.deepEqual(groupCellsToPublish([cell('A', [7, 0, 0], { size: 7 })]), []);
	assert.deepEqual(groupCellsToPublish([cell('A', [7, 0, 0], { size: 8 })]), ['A']);
});

test('sizes move in steps of five, and not for one person who comes and goes', () => {
	assert.deepEqual(
		[sizeToPublish(14, null), sizeToPublish(15, 10), sizeToPublish(14, 15), sizeToPublish(10, 15)],
		[10, 15, 15, 10]
	);
});

test('a group keeps its letter where most of its people are', () => {
	assert.deepEqual(groupsLikeBefore([1, 20, 30, 2], 2), [1, 0]);
	assert.deepEqual(groupsLikeBefore([9, 1, 0, 0, 8, 1, 1, 0, 7], 3), [0, 1, 2]);
	assert.equal(letterOf(2), 'C');
});

/** Up to twelve people and two ideas of which one is looked at; whoever speaks, or is put into another group, does so between two looks. */
interface World {
	readonly people: number;
	readonly looks: readonly { readonly says: readonly Move[]; readonly moves: readonly Move[]; readonly division: number }[];
}
interface Move {
	readonly person: number;
	readonly to: number;
}

const worlds: fc.Arbitrary<World> = fc.integer({ min: 6, max: 40 }).chain((people) => {
	const move = (most: number) => fc.record({ person: fc.nat(people - 1), to: fc.nat(most) });
	return fc.record({
		people: fc.constant(people),
		looks: fc.array(
			fc.record({
				says: fc.array(move(2), { maxLength: 16 }),
				moves: fc.array(move(3), { maxLength: 5 }),
				division: fc.nat(9).map((chance) => (chance === 0 ? 1 : 0))
			}),
			{ minLength: 2, maxLength: 10 }
		)
	});
});

/** What an onlooker sees of a cell at a look, beside what they do not: who was in it and said what. */
interface Seen {
	readonly look: number;
	readonly division: number;
	readonly key: string;
	readonly tally: Tally;
	/** "person says" */
	readonly holds: ReadonlySet<string>;
}

interface Look {
	readonly published: readonly string[];
	readonly now: ReadonlyMap<string, GroupCell>;
	readonly shown: ReadonlyMap<string, Tally>;
}

const keys = ['A', 'B', 'C', inNoGroup];

/** Plays a world; gives all that was ever published, and each look. */
function play({ people, looks }: World): { seen: Seen[]; each: Look[] } {
	const group = Array.from({ length: people }, (_, person) => keys[person % 4 === 3 ? 3 : person % 3]!);
	const says = new Map<number, number>();
	const seen: Seen[] = [];
	const each: Look[] = [];
	let division = 0;
	let shown = new Map<string, Tally>();
	looks.forEach((look, at) => {
		for (const { person, to } of look.says) says.set(person, to);
		for (const { person, to } of look.moves) group[person] = keys[to]!;
		division += look.division;
		if (look.division) shown = new Map();
		const cells = keys.map((key) => {
			const own = [...says].filter(([person]) => group[person] === key);
			const count = (wanted: number) => own.filter(([, value]) => value === wanted).length;
			const earlier = seen.filter((one) => one.division !== division || one.key === key).map(({ tally }) => tally);
			const size = group.filter((one) => one === key).length;
			return cell(key, [count(0), count(1), count(2)], { size, shown: shown.get(key) ?? null, earlier });
		});
		const published = groupCellsToPublish(cells);
		for (const { key, agree, disagree, pass } of cells) {
			if (!published.includes(key)) continue;
			const tally = { agree, disagree, pass };
			shown.set(key, tally);
			const holds = new Set([...says].filter(([person]) => group[person] === key).map(([person, value]) => `${person} ${value}`));
			seen.push({ look: at, division, key, tally, holds });
		}
		each.push({ published, now: new Map(cells.map((one) => [one.key, one])), shown: new Map(shown) });
	});
	return { seen, each };
}

const runs = { numRuns: 1500, seed: 23 };

test('an onlooker who knows every group at every moment sees no cell of fewer than five people', () => {
	fc.assert(
		fc.property(worlds, (world) => {
			for (const { tally } of play(world).seen) assert.ok(peopleIn(tally) >= fewestPeople);
		}),
		runs
	);
});

test('of any two figures ever shown that can be compared, the difference is nobody, or the opinions of five people at least', () => {
	fc.assert(
		fc.property(worlds, (world) => {
			const { seen } = play(world);
			for (const [place, later] of seen.entries())
				for (const before of seen.slice(0, place)) {
					if (before.division === later.division && before.key !== later.key) continue;
					if (peopleApart(later.tally, before.tally) === 0) continue;
					const came = [...later.holds].filter((one) => !before.holds.has(one)).length;
					const went = [...before.holds].filter((one) => !later.holds.has(one)).length;
					assert.ok(Math.max(came, went) >= fewestPeople);
				}
		}),
		runs
	);
});

test('who subtracts all groups that are shown from the total never learns a group that is not', () => {
	fc.assert(
		fc.property(worlds, (world) => {
			for (const { published, now, shown } of play(world).each) {
				if (published.length === 0) continue;
				const unknown = [...now].filter(([key, cellNow]) => {
					const { agree, disagree, pass } = shown.get(key) ?? said(0, 0, 0);
					return peopleApart(cellNow, said(agree, disagree, pass)) > 0;
				});
				assert.notEqual(unknown.length, 1);
			}
		}),
		runs
	);
});

test('nobody whose group is known is told by it: what a look shows never leaves one answer for a person of whom only the group is known', () => {
	fc.assert(
		fc.property(worlds, (world) => {
			for (const { published, now } of play(world).each)
				for (const key of published) {
					const { agree, disagree, pass, size } = now.get(key)!;
					// they may have said nothing, or one of two things
					const answers =
						[agree, disagree, pass].filter((people) => people > 0).length + (agree + disagree + pass < size ? 1 : 0);
					assert.ok(answers > 1);
				}
		}),
		runs
	);
});
