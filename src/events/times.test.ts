import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { spanIn } from '#events/times.ts';

const say = speakerOf('en');
const span = (from: string, to: string, zone: string) =>
	spanIn(say, { startsAt: new Date(from), endsAt: new Date(to) }, zone).replaceAll('\u202f', ' ');

test('an event within a day says the day once, and the clock by which it is told', () => {
	const [from, to] = ['2013-10-25T09:00+08:00', '2013-10-25T10:30+08:00'];
	assert.equal(span(from, to, 'Asia/Makassar'), 'Friday, 25 October 2013, 09:00 – 10:30 GMT+8');
	assert.equal(span(from, to, 'UTC'), 'Friday, 25 October 2013, 01:00 – 02:30 UTC');
	// where the reader is it may be the day before
	assert.equal(span(from, to, 'America/Los_Angeles'), 'Thursday, 24 October 2013, 18:00 – 19:30 GMT-7');
});

test('an event over midnight says both days, where there is a midnight in between', () => {
	const [from, to] = ['2013-10-08T22:30+02:00', '2013-10-09T01:00+02:00'];
	assert.equal(span(from, to, 'Europe/Zurich'), 'Tuesday, 8 October 2013, 22:30 – Wednesday, 9 October 2013, 01:00 CEST');
	assert.equal(span(from, to, 'UTC'), 'Tuesday, 8 October 2013, 20:30 – 23:00 UTC');
});

test('an event over a change of clocks says by which clock each end is told', () => {
	// at three in the morning clocks in Zurich went back to two
	const [from, to] = ['2013-10-27T01:30+02:00', '2013-10-27T03:30+01:00'];
	assert.equal(span(from, to, 'Europe/Zurich'), 'Sunday, 27 October 2013, 01:30 CEST – 03:30 CET');
});
