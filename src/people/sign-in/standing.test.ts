import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasEnded, hasSecondFactor, type Standing } from '#people/sign-in/standing.ts';

const began = new Date('2013-10-22T08:00:00Z');
const after = (minutes: number) => new Date(began.getTime() + minutes * 60_000);
const standing = (differences: Partial<Standing>): Standing => ({
	beganAt: began,
	seenAt: began,
	secondFactorAt: null,
	isStaff: false,
	...differences
});

test('staff are signed out after twelve hours, participants after thirty days', () => {
	const hours = (count: number) => after(60 * count);
	assert.deepEqual(
		[hours(11.9), hours(12), hours(24 * 30)].map((at) => hasEnded(standing({ isStaff: true }), at)),
		[false, true, true]
	);
	assert.deepEqual(
		[hours(12), hours(24 * 29.9), hours(24 * 30)].map((at) => hasEnded(standing({}), at)),
		[false, false, true]
	);
});

test('a second factor lasts as long as its browser is heard from every half hour', () => {
	assert.equal(hasSecondFactor(standing({}), after(1)), false);
	assert.equal(hasSecondFactor(standing({ secondFactorAt: after(1) }), after(30)), true);
	assert.equal(hasSecondFactor(standing({ secondFactorAt: after(1) }), after(31)), false);
	assert.equal(hasSecondFactor(standing({ secondFactorAt: after(1), seenAt: after(300) }), after(329)), true);
	assert.equal(hasSecondFactor(standing({ secondFactorAt: after(1), seenAt: after(300) }), after(330)), false);
});
