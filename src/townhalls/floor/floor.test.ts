import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hold, meetings } from '#townhalls/floor/examples-of-meetings.ts';
import { ToldFloor } from '#townhalls/floor/examples.ts';
import { expectedOrder, noGroup, owedToChannels, proposedNext, type Floor } from '#townhalls/floor/floor.ts';

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

function shuffle<Row>(rows: readonly Row[], keys: Iterable<number>): Row[] {
	const key = keys[Symbol.iterator]();
	return rows
		.map((row) => ({ row, key: key.next().value as number }))
		.sort((one, other) => one.key - other.key)
		.map(({ row }) => row);
}
