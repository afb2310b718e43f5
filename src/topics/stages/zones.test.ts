import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { instantOf, isZone, wallTime, zones } from '#topics/stages/zones.ts';

test('the clock on the wall in Geneva, Bali and New York leads to one instant', () => {
	assert.equal(instantOf('2013-10-08T18:15', 'Europe/Zurich')?.toISOString(), '2013-10-08T16:15:00.000Z');
	assert.equal(instantOf('2013-10-25T09:00', 'Asia/Makassar')?.toISOString(), '2013-10-25T01:00:00.000Z');
	assert.equal(instantOf('2013-11-05T12:00', 'America/New_York')?.toISOString(), '2013-11-05T17:00:00.000Z');
});

test('an hour that summer time skips is taken an hour later, one that it repeats the first time', () => {
	assert.equal(instantOf('2013-03-31T02:30', 'Europe/Zurich')?.toISOString(), '2013-03-31T01:30:00.000Z');
	assert.equal(instantOf('2013-10-27T02:30', 'Europe/Zurich')?.toISOString(), '2013-10-27T00:30:00.000Z');
});

test('a time in the hour that is repeated stays the one that it was when its form is saved', () => {
	for (const time of ['2013-10-27T00:30Z', '2013-10-27T01:30Z', '2013-10-27T02:30Z']) {
		const before = new Date(time);
		assert.deepEqual(instantOf(wallTime(before, 'Europe/Zurich'), 'Europe/Zurich', before), before);
	}
	const before = new Date('2013-10-27T01:30Z');
	assert.equal(instantOf('2013-10-27T02:45', 'Europe/Zurich', before)?.toISOString(), '2013-10-27T00:45:00.000Z');
});

test('what is no time and what is no zone is neither', () => {
	assert.deepEqual(
		['', '2013-10-08', '2013-13-01T00:00', '2013-02-30T00:00', 'tomorrow'].map((wall) => instantOf(wall, 'UTC')),
		[null, null, null, null, null]
	);
	assert.deepEqual(['Europe/Zurich', 'UTC', 'Mars/Olympus', '', '+02:00', 'Europe/Zurich; drop'].map(isZone), [
		true,
		true,
		false,
		false,
		false,
		false
	]);
});

test('whatever instant and zone: what a form shows leads back to the same minute, but for the second run of a repeated hour', () => {
	fc.assert(
		fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 33_000_000 }), (zone, minute) => {
			const instant = new Date(minute * 60_000);
			const back = instantOf(wallTime(instant, zone), zone)!;
			assert.equal(wallTime(back, zone), wallTime(instant, zone));
			assert.ok(Math.abs(+instant - +back) <= 86_400_000 && back <= instant);
		}),
		{ numRuns: 2000 }
	);
});
