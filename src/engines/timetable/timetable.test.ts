import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byCost, draftOf } from './draft.ts';
import { aProgramme } from './examples.ts';
import { gridOf } from './grid.ts';
import { UnfitTimetable, type Timetable, type TimetableInput } from './input.ts';
import { makeTimetable, type TimetableSettings } from './timetable.ts';
import { costOfMove, judge, mustHold } from './warnings.ts';

const settings: TimetableSettings = { seed: 1, steps: 30_000, bound: null };
const place = (session: string, slot: number, room = 'hall') => ({ session, slot, room });
const kindsIn = (input: TimetableInput, timetable: Timetable) => judge(input, timetable).warnings.map(({ kind }) => kind);

/** Small programmes with something of everything, and any way of laying them, clashes and all. */
const programmes = fc
	.record({
		days: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
		rooms: fc.array(
			fc.record({
				seats: fc.option(fc.integer({ min: 0, max: 50 })),
				features: fc.subarray(['booth', 'round']),
				away: fc.subarray([0])
			}),
			{ minLength: 1, maxLength: 3 }
		),
		sessions: fc.array(
			fc.record({
				minutes: fc.constantFrom(30, 60, 90, 120),
				audience: fc.integer({ min: 0, max: 60 }),
				theme: fc.option(fc.constantFrom('a', 'b')),
				people: fc.subarray(['ann', 'bo', 'cy']),
				labels: fc.subarray(['africa', 'asia']),
				needs: fc.subarray(['booth']),
				plenary: fc.boolean(),
				pinned: fc.option(fc.nat()),
				avoid: fc.option(fc.nat()),
				at: fc.option(fc.tuple(fc.nat(), fc.nat())),
				released: fc.option(fc.tuple(fc.nat(), fc.nat()))
			}),
			{ maxLength: 8 }
		),
		away: fc.array(fc.nat(), { maxLength: 2 })
	})
	.map(({ days, rooms, sessions, away }) => {
		const count = days.reduce((sum, one) => sum + one, 0);
		const named = rooms.map((room, at) => ({ ...room, id: `room ${at}` }));
		const placed = (key: 'at' | 'released') =>
			sessions.flatMap((session, at) => {
				const where = session[key];
				return where ? [place(`s${at}`, where[0] % count, named[where[1] % named.length]!.id)] : [];
			});
		const input = aProgramme({
			...{ slots: days, rooms: named, atOnce: { booth: 1 }, away: { ann: away.map((slot) => slot % count) } },
			released: placed('released'),
			sessions: sessions.map(({ pinned, avoid, at: _, released: __, ...session }, at) => ({
				...{ ...session, id: `s${at}`, pin: pinned === null ? null : { slot: pinned % count } },
				wishes: avoid === null ? [] : [{ avoid: [avoid % count], cost: 5 }],
				feeds: at > 0 && at % 2 === 0 ? [`s${at - 1}`] : []
			}))
		});
		return { input, timetable: placed('at') };
	});

test('what warnings cost adds up to what the timetable costs, whatever a hand has made', () => {
	fc.assert(
		fc.property(programmes, ({ input, timetable }) => {
			const { cost, warnings } = judge(input, timetable);
			const sum = (of: 'broken' | 'cost') => warnings.reduce((all, warning) => all + warning[of], 0);
			assert.equal(sum('broken'), cost.broken);
			assert.ok(Math.abs(sum('cost') - cost.soft) < 1e-6, `${sum('cost')} and ${cost.soft}`);
			assert.equal(warnings.filter(({ kind }) => kind === 'waiting').length, cost.waiting);
			for (const { kind, broken } of warnings) assert.equal(broken > 0 || kind === 'waiting', mustHold[kind], kind);
		}),
		{ numRuns: 300 }
	);
});

test('what a move costs is the difference of what it costs before and after', () => {
	fc.assert(
		fc.property(programmes, fc.nat(), fc.nat(), fc.nat(), ({ input, timetable }, who, slot, room) => {
			fc.pre(input.sessions.length > 0);
			const { id } = input.sessions[who % input.sessions.length]!;
			const to = slot % 5 === 0 ? null : { slot: slot % input.slots.length, room: input.rooms[room % input.rooms.length]!.id };
			const others = timetable.filter(({ session }) => session !== id);
			const [before, after] = [
				judge(input, timetable).cost,
				judge(input, to ? [...others, { session: id, ...to }] : others).cost
			];
			const change = costOfMove(input, timetable, id, to);
			assert.deepEqual([change.broken, change.waiting], [after.broken - before.broken, after.waiting - before.waiting]);
			assert.ok(Math.abs(change.soft - (after.soft - before.soft)) < 1e-5);
		}),
		{ numRuns: 300 }
	);
});

test('the cost that follows each change is the cost counted anew', () => {
	fc.assert(
		fc.property(
			programmes,
			fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 40 }),
			({ input, timetable }, moves) => {
				const grid = gridOf(input);
				const draft = draftOf(grid, timetable);
				for (const [who, slot, room] of moves) {
					if (grid.sessions === 0) return;
					const session = who % grid.sessions;
					if (draft.slotOf[session] !== -1) draft.take(session);
					if (slot % 4 > 0) draft.put(session, slot % grid.slots, room % grid.rooms);
				}
				const anew = draftOf(
					grid,
					[...draft.slotOf.entries()].flatMap(([at, slot]) =>
						slot === -1 ? [] : [place(`s${at}`, slot, `room ${draft.roomOf[at]}`)]
					)
				);
				assert.deepEqual(draft.cost, anew.cost);
			}
		),
		{ numRuns: 300 }
	);
});

test('nothing is broken but by pins, everybody who is laid is laid once, and cost is true', () => {
	fc.assert(
		fc.property(programmes, fc.nat(), ({ input }, seed) => {
			const found = makeTimetable(input, { ...settings, seed, steps: 2_000 });
			const { cost, warnings } = judge(input, found.timetable);
			assert.deepEqual(found.cost, cost);
			assert.equal(found.timetable.length + found.waiting.length, input.sessions.length);
			const pinned = new Set(input.sessions.filter(({ pin }) => pin).map(({ id }) => id));
			for (const { broken, sessions, kind } of warnings)
				if (broken > 0)
					assert.ok(
						sessions.some((id) => pinned.has(id)),
						`${kind} of ${sessions.join()}`
					);
			for (const { kind } of warnings) assert.notEqual(kind, 'room-twice');
		}),
		{ numRuns: 150 }
	);
});

test('nothing better is found by trying everything', () => {
	fc.assert(
		fc.property(programmes, ({ input: all }) => {
			fc.pre(all.slots.length * all.rooms.length <= 8);
			const few = all.sessions.slice(0, 3).map((session) => ({ ...session, pin: null, feeds: [] }));
			const known = { ...all, sessions: few, released: null };
			const { cost } = makeTimetable(known, { ...settings, steps: 6_000 });
			for (const timetable of everyTimetable(known)) {
				const other = judge(known, timetable).cost;
				if (other.broken === 0) assert.ok(byCost(cost, other) <= 0, `${JSON.stringify(cost)} and ${JSON.stringify(other)}`);
			}
		}),
		{ numRuns: 40 }
	);
});

function everyTimetable({ slots, rooms, sessions }: TimetableInput): Timetable[] {
	const places = slots.flatMap((_, slot) => rooms.map(({ id }) => ({ slot, room: id })));
	return sessions.reduce<Timetable[]>(
		(so, { id }) => so.flatMap((timetable) => [timetable, ...places.map((where) => [...timetable, { session: id, ...where }])]),
		[[]]
	);
}

test('the same seed and steps give the same timetable, another seed may not', () => {
	const sessions = Array.from({ length: 30 }, (_, at) => ({ id: `s${at}`, theme: `t${at % 4}`, people: [`p${at % 11}`] }));
	const input = aProgramme({ slots: [6, 6], rooms: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], sessions });
	assert.deepEqual(makeTimetable(input, settings), makeTimetable(input, settings));
});

test('a long session takes the slots it needs, and never over a break', () => {
	const input = aProgramme({
		slots: [
			{ day: 0, start: 540, minutes: 60 },
			{ day: 0, start: 630, minutes: 60 },
			{ day: 0, start: 690, minutes: 30 }
		],
		sessions: [{ id: 'long', minutes: 90 }, { id: 'short' }]
	});
	assert.deepEqual(makeTimetable(input, settings).timetable, [place('long', 1), place('short', 0)]);
	assert.deepEqual(kindsIn(input, [place('long', 0), place('short', 1)]), ['does-not-fit']);
});

test('two short sessions make room for a long one', () => {
	const sessions = [{ id: 'long', minutes: 120, people: ['ann'] }, { id: 'one' }, { id: 'two' }];
	const input = aProgramme({ slots: [2, 2], sessions, away: { ann: [2, 3] } });
	const { timetable, waiting } = makeTimetable(input, settings);
	assert.deepEqual([timetable[0], waiting], [place('long', 0), []]);
});

test('nothing runs beside a plenary, and only as many interpreted sessions at once as there are teams', () => {
	const rooms = ['a', 'b', 'c'].map((id) => ({ id, features: ['interpretation'] }));
	const needs = ['interpretation'];
	const sessions = [{ id: 'opening', plenary: true }, ...['s', 't', 'u', 'v'].map((id) => ({ id, needs }))];
	const input = aProgramme({ slots: [3], rooms, sessions, atOnce: { interpretation: 2 } });
	const { timetable, waiting } = makeTimetable(input, settings);
	assert.deepEqual(waiting, []);
	const together = [0, 1, 2].map((slot) => timetable.filter((placed) => placed.slot === slot).length);
	assert.deepEqual([...together].sort(), [1, 2, 2]);
	assert.deepEqual(kindsIn(input, [place('opening', 0, 'a'), place('s', 0, 'b')]).slice(0, 1), ['beside-plenary']);
	const three = judge(input, [place('s', 1, 'a'), place('t', 1, 'b'), place('u', 1, 'c')]).warnings[0]!;
	assert.deepEqual([three.kind, three.about, three.count, three.slots], ['too-many-at-once', 'interpretation', [3, 2], [1]]);
});

test('pins are obeyed, and what they break is warned of', () => {
	const sessions = [{ id: 'pinned', people: ['ann'], pin: { slot: 0, room: 'hall' } }, { id: 'other' }];
	const input = aProgramme({ slots: [2], sessions, away: { ann: [0] } });
	const { timetable, cost } = makeTimetable(input, settings);
	assert.deepEqual([timetable[0], cost.broken], [place('pinned', 0), 1]);
	const [first] = judge(input, timetable).warnings;
	assert.deepEqual([first!.kind, first!.people, first!.slots], ['person-away', ['ann'], [0]]);
});

test('a person who is everywhere leaves the others waiting, with nothing broken', () => {
	const sessions = Array.from({ length: 5 }, (_, at) => ({ id: `s${at}`, people: ['ann'] }));
	const found = makeTimetable(aProgramme({ slots: [3], rooms: [{ id: 'a' }, { id: 'b' }], sessions }), settings);
	assert.deepEqual([found.cost.broken, found.waiting.length], [0, 2]);
});

test('a feeder comes before its main session, and groups are spread over the days', () => {
	const sessions = [{ id: 'main' }, { id: 'feeder', feeds: ['main'] }, ...['a', 'b'].map((id) => ({ id, labels: ['africa'] }))];
	const input = aProgramme({ slots: [2, 2], sessions });
	const { timetable, cost } = makeTimetable(input, settings);
	const slotOf = Object.fromEntries(timetable.map(({ session, slot }) => [session, slot]));
	assert.ok(slotOf['feeder']! < slotOf['main']!);
	assert.notEqual(slotOf['a']! < 2, slotOf['b']! < 2);
	assert.equal(cost.soft, 0);
});

test('when a room is lost, only those who were in it move', () => {
	const rooms = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
	const sessions = Array.from({ length: 13 }, (_, at) => ({ id: `s${at}`, people: [`p${at % 5}`] }));
	const before = aProgramme({ slots: [3, 3], rooms, sessions });
	const released = makeTimetable(before, settings).timetable;
	const lost = {
		...before,
		released,
		rooms: rooms.map((room) => ({ ...before.rooms[0]!, ...room, away: room.id === 'a' ? [0, 1, 2] : [] }))
	};
	const again = makeTimetable(lost, settings);
	const inIt = released.filter(({ room, slot }) => room === 'a' && slot < 3).map(({ session }) => session);
	assert.deepEqual(again.waiting, []);
	assert.deepEqual([...again.changed].sort(), inIt.sort());
	assert.equal(makeTimetable({ ...before, released }, settings).changed.length, 0);
});

test('whoever watches the time gets the best so far', () => {
	const sessions = Array.from({ length: 40 }, (_, at) => ({ id: `s${at}`, people: [`p${at % 9}`], theme: 'one' }));
	const input = aProgramme({ slots: [8, 8], rooms: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], sessions });
	let asked = 0;
	const found = makeTimetable(input, { ...settings, steps: Infinity }, { timeGone: () => ++asked / 5 });
	assert.deepEqual([asked, found.cost.broken], [5, 0]);
});

test('what is no programme at all is refused by name', () => {
	const refused = (input: TimetableInput, code: string) =>
		assert.throws(
			() => makeTimetable(input, settings),
			(error) => error instanceof UnfitTimetable && error.code === code
		);
	refused(aProgramme({ slots: [] }), 'no-slots');
	refused(aProgramme({ rooms: [] }), 'no-rooms');
	refused(aProgramme({ sessions: [{ id: 's', minutes: 0 }] }), 'zero-minutes');
	refused(aProgramme({ sessions: [{ id: 's' }, { id: 's' }] }), 'twice');
	refused(aProgramme({ sessions: [{ id: 's', feeds: ['t'] }] }), 'unknown-session');
	refused(aProgramme({ sessions: [{ id: 's', pin: { room: 'nowhere' } }] }), 'unknown-room');
	refused(aProgramme({ sessions: [{ id: 's', pin: { slot: 9 } }] }), 'unknown-slot');
	refused(aProgramme({ released: [place('nobody', 0)] }), 'unknown-session');
	assert.deepEqual(makeTimetable(aProgramme(), settings).timetable, []);
});
