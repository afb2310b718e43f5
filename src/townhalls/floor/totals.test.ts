import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToldFloor } from '#townhalls/floor/examples.ts';
import type { Asked, Channel } from '#townhalls/floor/floor.ts';
import { totalsOf } from '#townhalls/floor/totals.ts';

/** So many speeches of a minute each. */
function speeches(floor: ToldFloor, count: number, channel: Channel, asked: Partial<Asked>): void {
	for (let spoken = 0; spoken < count; spoken++) floor.speak(floor.ask(channel, asked), 60);
}

test('channels are told at once, points of order beside them', () => {
	const floor = new ToldFloor();
	speeches(floor, 2, 'room', { group: 'government' });
	speeches(floor, 1, 'hub', {});
	speeches(floor, 1, 'remote', { kind: 'point-of-order' });
	assert.deepEqual(totalsOf(floor), { channels: { room: 120, remote: 0, hub: 60 }, groups: {}, speeches: 3, pointsOfOrder: 60 });
});

test('a group is told from five people on, after a round, and not where it alone would be the rest', () => {
	const floor = new ToldFloor();
	speeches(floor, 5, 'room', { group: 'government' });
	assert.deepEqual(totalsOf(floor).groups, {});
	speeches(floor, 5, 'remote', { group: 'academia' });
	assert.deepEqual(totalsOf(floor).groups, { government: 300, academia: 300 });
	const other = new ToldFloor();
	speeches(other, 5, 'room', { group: 'government' });
	speeches(other, 4, 'room', { group: 'academia' });
	speeches(other, 1, 'room', { group: 'academia', isFirst: false });
	assert.deepEqual(totalsOf(other).groups, {});
	assert.deepEqual(totalsOf(other, true).groups, {});
});

test('one person who speaks five times is one', () => {
	const floor = new ToldFloor();
	speeches(floor, 5, 'room', { group: 'government' });
	speeches(floor, 5, 'room', { group: 'business' });
	speeches(floor, 1, 'room', { group: 'academia' });
	speeches(floor, 9, 'room', { group: 'academia', isFirst: false });
	assert.equal('academia' in totalsOf(floor, true).groups, false);
});

test('what was told of a group is renewed when five more of it have spoken, and stays until then', () => {
	const floor = new ToldFloor();
	speeches(floor, 5, 'room', { group: 'government' });
	speeches(floor, 5, 'room', { group: 'academia' });
	speeches(floor, 4, 'room', { group: 'government' });
	speeches(floor, 6, 'room', { group: 'academia' });
	const before = totalsOf(floor).groups;
	// academia moved with nobody else left out but government: both wait
	assert.deepEqual(before, { government: 300, academia: 300 });
	speeches(floor, 1, 'room', { group: 'government' });
	assert.deepEqual(totalsOf(floor).groups, before);
	speeches(floor, 9, 'room', { group: 'government' });
	assert.deepEqual(totalsOf(floor).groups, { government: 1140, academia: 660 });
});
