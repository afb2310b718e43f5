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

test('a channel that always waits is never more than one speech behind its share; an override or overrun puts it behind by its length at most', () => {
	fc.assert(
		fc.property(meetings(), fc.constantFrom(...channels), (meeting, channel) => {
			const { floor, behind, outOfTurn } = hold(meeting, (at) => at.channel === channel, { channel });
			const weights = channels.reduce((sum, each) => sum + floor.rule.channels[each], 0);
			for (const { time, spoken, extra } of behind) {
				const share = floor.rule.channels[channel] / weights;
				assert.ok(share * time - spoken <= floor.rule.speechSeconds + extra + 1e-3, JSON.stringify({ time, spoken, outOfTurn }));
			}
		}),
		{ numRuns: 500 }
	);
});

test('a group that always waits in its channel is never more than one speech behind its share of the time of the channel', () => {
	fc.assert(
		fc.property(meetings(), (meeting) => {
			const mine = { channel: 'room', group: 'a' } as const;
			const { floor, behind } = hold(meeting, (at) => at.channel === 'room' && at.group === 'a', mine, true);
			const weights = groups.reduce((sum, group) => sum + (floor.rule.groups[group] ?? 1), 0) + 1;
			const share = (floor.rule.groups['a'] ?? 1) / weights;
			for (const { time, spoken, extra } of behind)
				assert.ok(share * time - spoken <= floor.rule.speechSeconds + extra + 1e-3, JSON.stringify({ time, spoken }));
		}),
		{ numRuns: 500 }
	);
});

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

function meetings(): fc.Arbitrary<Meeting> {
	const weight = fc.integer({ min: 1, max: 20 });
	const seconds = fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constantFrom(1, 120), fc.integer({ min: 1, max: 200 }));
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
				{ weight: 1, arbitrary: override }
			),
			{ maxLength: 80 }
		)
	});
}

/**
 * Plays a meeting by the rule. Where a queue is named, it always has somebody waiting, and what it got of the time (of all, or of its channel) is told
 * after each speech.
 */
function hold(
	{ channels, groups, steps }: Meeting,
	isMine?: (asked: { channel: Channel; group: string | null }) => boolean,
	mine?: { channel: Channel; group?: string },
	ofChannel = false
) {
	const floor = new ToldFloor({ channels, groups, speechSeconds });
	const waiting = new Set<number>();
	const behind: { time: number; spoken: number; extra: number }[] = [];
	let [time, spoken, extra, outOfTurn] = [0, 0, 0, 0];
	const ask = (asked: Parameters<typeof floor.ask>[1] & { channel: Channel }) => {
		waiting.add(floor.ask(asked.channel, asked));
	};
	const keepWaiting = () => {
		if (!isMine) return;
		const those = [...waiting].map((number) => floor.asked[number - 1]!);
		while (those.filter((one) => one.kind !== 'point-of-order' && isMine(one)).length < 2)
			those.push(floor.asked[floor.ask(mine!.channel, { group: mine!.group ?? null }) - 1]!);
		for (const { number } of those) waiting.add(number);
	};
	const speak = (number: number, seconds: number, isOverride: boolean) => {
		waiting.delete(number);
		floor.speak(number, seconds);
		const asked = floor.asked[number - 1]!;
		if (asked.kind === 'point-of-order') return;
		if (ofChannel && asked.channel !== mine!.channel) return;
		time += seconds;
		if (isMine?.(asked)) spoken += seconds;
		if (isOverride) outOfTurn++;
		extra += isOverride ? seconds : Math.max(0, seconds - speechSeconds);
		behind.push({ time, spoken, extra });
	};
	for (const step of steps) {
		keepWaiting();
		const pick = (which: number) => [...waiting][which % waiting.size];
		if (step.does === 'ask') {
			const kind = step.kind === 0 ? 'point-of-order' : step.kind < 4 && !step.isFirst ? 'follow-up' : 'speak';
			ask({ channel: step.channel, group: step.group, isFirst: step.isFirst, kind });
		} else if (step.does === 'leave') {
			const number = pick(step.which);
			if (number === undefined || isMine?.(floor.asked[number - 1]!)) continue;
			waiting.delete(number);
			floor.leave(number);
		} else {
			const number = step.does === 'override' ? pick(step.which) : proposedNext(floor, floor.now)?.number;
			if (number !== undefined) speak(number, step.seconds, step.does === 'override');
		}
	}
	return { floor, now: floor.now, behind, outOfTurn };
}

function shuffle<Row>(rows: readonly Row[], keys: Iterable<number>): Row[] {
	const key = keys[Symbol.iterator]();
	return rows
		.map((row) => ({ row, key: key.next().value as number }))
		.sort((one, other) => one.key - other.key)
		.map(({ row }) => row);
}
