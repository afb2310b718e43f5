import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptAsOf, nextItem, timetable, type AgendaStep, type ItemState } from '#townhalls/agenda.ts';

const items = [
	{ itemId: 'opening', minutes: 10 },
	{ itemId: 'floor', minutes: 60 },
	{ itemId: 'closing', minutes: 20 }
];
const nine = new Date('2013-10-25T01:00Z');
const at = (minutes: number) => new Date(nine.getTime() + minutes * 60_000);
const minutesOf = (date: Date) => (date.getTime() - nine.getTime()) / 60_000;

function kept(now: number, ...steps: [string, AgendaStep['step'], number][]) {
	const { items: times, lateBy } = timetable(
		items,
		steps.map(([itemId, step, minute]) => ({ itemId, step, at: at(minute) })),
		nine,
		at(now)
	);
	return { lateBy, times: times.map(({ state, beginsAt, endsAt }) => [state, minutesOf(beginsAt), minutesOf(endsAt)]) };
}

test('before the beginning an agenda stands as planned', () => {
	assert.deepEqual(kept(-30), {
		lateBy: 0,
		times: [
			['to-come', 0, 10],
			['to-come', 10, 70],
			['to-come', 70, 90]
		]
	});
});

test('what is not called moves with the clock', () => {
	assert.deepEqual(kept(7), {
		lateBy: 7,
		times: [
			['to-come', 7, 17],
			['to-come', 17, 77],
			['to-come', 77, 97]
		]
	});
});

test('what was called late makes all after it late, and what takes longer than planned too', () => {
	assert.deepEqual(kept(8, ['opening', 'begun', 5]), {
		lateBy: 5,
		times: [
			['now', 5, 15],
			['to-come', 15, 75],
			['to-come', 75, 95]
		]
	});
	assert.deepEqual(kept(20, ['opening', 'begun', 5]), {
		lateBy: 10,
		times: [
			['now', 5, 20],
			['to-come', 20, 80],
			['to-come', 80, 100]
		]
	});
});

test('what was done sooner brings the rest forward; what is over stands as it was', () => {
	assert.deepEqual(kept(9, ['opening', 'begun', 0], ['opening', 'ended', 6], ['floor', 'begun', 6]), {
		lateBy: -4,
		times: [
			['over', 0, 6],
			['now', 6, 66],
			['to-come', 66, 86]
		]
	});
});

test('an item may be called out of its order, and again', () => {
	const { times } = kept(
		30,
		['floor', 'begun', 0],
		['floor', 'ended', 20],
		['opening', 'begun', 20],
		['opening', 'ended', 25],
		['floor', 'begun', 25]
	);
	assert.deepEqual(times, [
		['over', 20, 25],
		['now', 25, 85],
		['to-come', 85, 105]
	]);
});

test('where an item is passed over, what goes on tells how late it is, and what was passed over follows on it', () => {
	assert.deepEqual(kept(105, ['opening', 'begun', 0], ['opening', 'ended', 10], ['closing', 'begun', 10]), {
		lateBy: 15,
		times: [
			['over', 0, 10],
			['to-come', 105, 165],
			['now', 10, 105]
		]
	});
});

test('a meeting that is over does not get later', () => {
	const event = { startsAt: nine, endsAt: at(90), state: 'confirmed' };
	assert.equal(minutesOf(keptAsOf(event, [], at(200))), 200);
	assert.equal(minutesOf(keptAsOf(event, [], at(5000))), 0);
	assert.equal(minutesOf(keptAsOf({ ...event, state: 'held' }, ['a step'], at(100))), 90);
});

test('when all is over nothing is late', () => {
	const all = items.flatMap(({ itemId }, place): [string, AgendaStep['step'], number][] => [
		[itemId, 'begun', place * 50],
		[itemId, 'ended', place * 50 + 40]
	]);
	assert.equal(kept(500, ...all).lateBy, 0);
});

test('what is called next comes after what was called last; only then what was passed over', () => {
	const next = (...states: ItemState[]) => nextItem(states.map((state, place) => ({ itemId: `${place}`, state })));
	assert.equal(next('to-come', 'to-come'), '0');
	assert.equal(next('now', 'to-come', 'to-come'), '1');
	assert.equal(next('over', 'to-come', 'now', 'to-come'), '3');
	assert.equal(next('over', 'to-come', 'now'), '1');
	assert.equal(next('over', 'now', 'over'), null);
	assert.equal(next(), null);
});
