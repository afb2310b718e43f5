import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ToldFloor } from '#townhalls/floor/examples.ts';
import {
	channels,
	expectedOrder,
	noGroup,
	owedToChannels,
	proposedNext,
	type Channel,
	type Floor
} from '#townhalls/floor/floor.ts';

const next = (floor: ToldFloor) => proposedNext(floor, floor.now)?.number ?? null;

test('nobody is proposed where nobody waits', () => {
	const floor = new ToldFloor();
	assert.equal(next(floor), null);
	floor.leave(floor.ask('room'));
	assert.equal(next(floor), null);
});

test('room, remote and hubs alternate, however many wait in the room', () => {
	const floor = new ToldFloor();
	const room = Array.from({ length: 5 }, () => floor.ask('room'));
	const remote = Array.from({ length: 2 }, () => floor.ask('remote'));
	const hub = floor.ask('hub');
	assert.deepEqual(expectedOrder(floor, floor.now), [room[0], remote[0], hub, room[1], remote[1], room[2], room[3], room[4]]);
});

test('who spoke shorter is owed the rest', () => {
	const floor = new ToldFloor();
	floor.ask('room');
	floor.ask('room');
	floor.ask('remote');
	floor.ask('remote');
	floor.speak(1, 120);
	floor.speak(3, 20);
	assert.deepEqual(proposedNext(floor, floor.now), {
		number: 4,
		why: { because: 'turn', channel: 'remote', channelOwed: 50, group: noGroup, groupOwed: 0, isFirst: true, behind: 0 }
	});
});

test('a channel that weighs twice as much has twice the time', () => {
	const floor = new ToldFloor({ channels: { room: 2, remote: 1, hub: 1 } });
	for (let asked = 0; asked < 6; asked++) floor.ask('room');
	for (let asked = 0; asked < 3; asked++) floor.ask('remote');
	const order = expectedOrder(floor, floor.now).map((number) => floor.asked[number - 1]!.channel);
	assert.deepEqual(order.slice(0, 6).filter((channel) => channel === 'room').length, 4);
});

test('a new rule holds from then on: nobody is owed for what was shared by the one before', () => {
	const floor = new ToldFloor();
	for (let asked = 0; asked < 40; asked++) for (const channel of ['room', 'remote'] as const) floor.ask(channel);
	for (let speech = 0; speech < 20; speech++) floor.speak(next(floor)!, 120);
	const before = owedToChannels(floor, floor.now);
	floor.follow({ channels: { room: 9, remote: 1, hub: 1 } });
	assert.deepEqual(owedToChannels(floor, floor.now), before);
	const order = expectedOrder(floor, floor.now).map((number) => floor.asked[number - 1]!.channel);
	assert.equal(order.slice(0, 20).filter((channel) => channel === 'room').length, 18);
});

test('within a channel groups share the time', () => {
	const floor = new ToldFloor();
	for (let asked = 0; asked < 4; asked++) floor.ask('room', { group: 'government' });
	const other = floor.ask('room', { group: 'civil-society' });
	assert.deepEqual(expectedOrder(floor, floor.now), [1, other, 2, 3, 4]);
});

test('first a point of order, then who has not spoken, then who asked first; a follow-up stands behind all who have not spoken', () => {
	const floor = new ToldFloor();
	const spoke = floor.ask('room', { isFirst: false });
	const followUp = floor.ask('room', { isFirst: false, kind: 'follow-up' });
	const first = floor.ask('room');
	const second = floor.ask('room');
	const order = floor.ask('remote', { kind: 'point-of-order' });
	assert.deepEqual(expectedOrder(floor, floor.now), [order, first, second, spoke, followUp]);
});

test('the time of a point of order is nobody’s share', () => {
	const floor = new ToldFloor();
	const order = floor.ask('remote', { kind: 'point-of-order' });
	const remote = floor.ask('remote');
	floor.ask('room');
	floor.speak(order, 600);
	assert.equal(next(floor), remote);
});

test('who was given the floor and lost it in the same instant waits no more and is charged nothing', () => {
	const floor = new ToldFloor();
	const back = floor.ask('remote');
	const [remote, room] = [floor.ask('remote'), floor.ask('room')];
	floor.speak(back, 0);
	const afterCoffee = floor.now + 1_800_000;
	assert.deepEqual(owedToChannels(floor, afterCoffee), { room: 0, remote: 0, hub: 0 });
	assert.deepEqual(expectedOrder(floor, afterCoffee), [remote, room]);
});

test('where somebody lost the floor in the instant in which another had it, the other is charged', () => {
	const floor = new ToldFloor();
	const room = floor.ask('room');
	const lost = floor.ask('remote');
	floor.ask('room');
	floor.ask('remote');
	floor.speak(lost, 0);
	floor.speak(room, 120);
	assert.deepEqual(owedToChannels(floor, floor.now), { room: -60, remote: 60, hub: 0 });
});

test('nobody saves up silence', () => {
	const floor = new ToldFloor();
	for (let asked = 0; asked < 4; asked++) floor.ask('room');
	for (let asked = 1; asked <= 3; asked++) floor.speak(asked, 120);
	const late = [floor.ask('remote'), floor.ask('remote')];
	assert.deepEqual(expectedOrder(floor, floor.now), [4, ...late]);
});

test('the order of the rows changes nothing', () => {
	fc.assert(
		fc.property(meetings(), fc.infiniteStream(fc.nat()), (meeting, keys) => {
			const { floor, now } = hold(meeting);
			const shuffled: Floor = { ...floor, asked: shuffle(floor.asked, keys), turns: shuffle(floor.turns, keys) };
			assert.deepEqual(proposedNext(shuffled, now), proposedNext(floor, now));
			assert.deepEqual(expectedOrder(shuffled, now), expectedOrder(floor, now));
		})
	);
});

test('all who wait have a place, and each one only', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			const { floor, now } = hold(meeting);
			const had = new Set(floor.turns.map(({ asked }) => asked));
			const waiting = floor.asked.filter(({ number, leftAt }) => leftAt === null && !had.has(number));
			assert.deepEqual(
				expectedOrder(floor, now).toSorted((one, other) => one - other),
				waiting.map(({ number }) => number)
			);
		})
	);
});

test('where all speak in their turn and no longer than they may, no channel is ever owed more than one speech, also one that left and returned', () => {
	fc.assert(
		fc.property(meetings({ isByRule: true }), (meeting) => {
			hold(meeting, (floor) => {
				for (const owed of Object.values(owedToChannels(floor, floor.now)))
					assert.ok(owed <= speechSeconds + roundingOff, `a channel is owed ${owed} s`);
			});
		}),
		{ numRuns: 1000 }
	);
});

test('what a channel is owed, others took: nothing is saved up in silence, and what was taken is paid back also by who left', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			hold(meeting, (floor) => {
				const owed = Object.values(owedToChannels(floor, floor.now));
				const sum = owed.reduce((one, other) => one + other, 0);
				assert.ok(sum <= roundingOff, `${sum} s are owed that nobody took`);
			});
		}),
		{ numRuns: 1000 }
	);
});

test('nobody who took more than their share is proposed while somebody waits who is owed time', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			hold(meeting, (floor) => {
				const why = proposedNext(floor, floor.now)?.why;
				if (why?.because !== 'turn' || why.channelOwed >= -roundingOff) return;
				const owed = owedToChannels(floor, floor.now);
				for (const { channel } of waitingIn(floor))
					assert.ok(owed[channel] <= roundingOff, `${channel} is owed ${owed[channel]} s`);
			});
		}),
		{ numRuns: 1000 }
	);
});

test('an override or overrun puts a channel behind by its length at most', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			let extra = 0;
			hold(meeting, (floor, { seconds, isOverride }) => {
				extra += isOverride ? seconds : Math.max(0, seconds - speechSeconds);
				for (const owed of Object.values(owedToChannels(floor, floor.now)))
					assert.ok(owed <= speechSeconds + extra + roundingOff, `a channel is owed ${owed} s`);
			});
		}),
		{ numRuns: 500 }
	);
});

test('a group of a channel is never owed more than one speech of the time of the channel', () => {
	fc.assert(
		fc.property(meetings({ isByRule: true }), (meeting) => {
			hold(meeting, (floor) => {
				const why = proposedNext(floor, floor.now)?.why;
				if (why?.because === 'turn')
					assert.ok(why.groupOwed <= speechSeconds + roundingOff, `${why.group} is owed ${why.groupOwed} s`);
			});
		}),
		{ numRuns: 500 }
	);
});

/** Sums of fractions that are equal on paper differ by less (s). */
const roundingOff = 1e-3;

const groups = ['a', 'b', 'c'];

type Step =
	| {
			readonly does: 'ask';
			readonly channel: Channel;
			readonly group: string | null;
			readonly isFirst: boolean;
			readonly kind: number;
	  }
	| { readonly does: 'leave'; readonly which: number }
	| { readonly does: 'speak'; readonly seconds: number }
	| { readonly does: 'override'; readonly which: number; readonly seconds: number };

interface Meeting {
	readonly channels: Record<Channel, number>;
	readonly groups: Record<string, number>;
	readonly steps: Step[];
}

const speechSeconds = 120;

/** @param isByRule without overrides and overruns */
function meetings({ isByRule = false } = {}): fc.Arbitrary<Meeting> {
	const weight = fc.integer({ min: 1, max: 20 });
	const longest = isByRule ? speechSeconds : 200;
	const seconds = fc.oneof(fc.integer({ min: 1, max: longest }), fc.constantFrom(1, speechSeconds));
	const ask = fc.record({
		does: fc.constant('ask' as const),
		channel: fc.constantFrom(...channels),
		group: fc.constantFrom(...groups, null),
		isFirst: fc.boolean(),
		kind: fc.nat(20)
	});
	const speak = fc.record({ does: fc.constant('speak' as const), seconds });
	const leave = fc.record({ does: fc.constant('leave' as const), which: fc.nat() });
	const override = fc.record({ does: fc.constant('override' as const), which: fc.nat(), seconds });
	return fc.record({
		channels: fc.record({ room: weight, remote: weight, hub: weight }),
		groups: fc.dictionary(fc.constantFrom(...groups), weight),
		steps: fc.array(
			fc.oneof(
				{ weight: 5, arbitrary: ask },
				{ weight: 5, arbitrary: speak },
				{ weight: 1, arbitrary: leave },
				...(isByRule ? [] : [{ weight: 1, arbitrary: override }])
			),
			{ maxLength: 80, size: 'max' }
		)
	});
}

/** Plays a meeting by the rule, and looks at it after each speech. */
function hold(
	{ channels, groups, steps }: Meeting,
	look: (floor: ToldFloor, speech: { readonly seconds: number; readonly isOverride: boolean }) => void = () => {}
) {
	const floor = new ToldFloor({ channels, groups, speechSeconds });
	for (const step of steps) {
		const waiting = waitingIn(floor);
		const pick = (which: number) => waiting[which % waiting.length]?.number;
		if (step.does === 'ask') {
			const kind = step.kind === 0 ? 'point-of-order' : step.kind < 4 && !step.isFirst ? 'follow-up' : 'speak';
			floor.ask(step.channel, { group: step.group, isFirst: step.isFirst, kind });
		} else if (step.does === 'leave') {
			const number = pick(step.which);
			if (number !== undefined) floor.leave(number);
		} else {
			const isOverride = step.does === 'override';
			const number = isOverride ? pick(step.which) : proposedNext(floor, floor.now)?.number;
			if (number === undefined) continue;
			floor.speak(number, step.seconds);
			look(floor, { seconds: step.seconds, isOverride });
		}
	}
	return { floor, now: floor.now };
}

function waitingIn({ asked, turns }: Floor) {
	const had = new Set(turns.map((turn) => turn.asked));
	return asked.filter(({ number, leftAt }) => leftAt === null && !had.has(number));
}

function shuffle<Row>(rows: readonly Row[], keys: Iterable<number>): Row[] {
	const key = keys[Symbol.iterator]();
	return rows
		.map((row) => ({ row, key: key.next().value as number }))
		.sort((one, other) => one.key - other.key)
		.map(({ row }) => row);
}
