import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributions, eventFields, isChatham, isOn, isOver, isPublic, showsGroups, showsNames } from '#events/event.ts';

const startsAt = new Date('2013-10-08T16:15Z');
const endsAt = new Date('2013-10-08T18:15Z');

test('a rule of attribution lets names, groups or nothing stand beside what was said', () => {
	assert.deepEqual(
		attributions.map((attribution) => [showsNames({ attribution }), showsGroups({ attribution }), isChatham({ attribution })]),
		[
			[true, true, false],
			[false, true, false],
			[false, false, true]
		]
	);
});

test('an event is on from its first minute to its end, and over after that or once it is called so', () => {
	assert.equal(isOn({ startsAt, endsAt, state: 'confirmed' }, startsAt), true);
	assert.equal(isOn({ startsAt, endsAt, state: 'confirmed' }, endsAt), false);
	assert.equal(isOn({ startsAt, endsAt, state: 'planned' }, startsAt), false);
	assert.equal(isOver({ endsAt, state: 'confirmed' }, new Date(+endsAt - 1)), false);
	assert.equal(isOver({ endsAt, state: 'confirmed' }, endsAt), true);
	assert.equal(isOver({ endsAt, state: 'cancelled' }, startsAt), true);
	assert.equal(isPublic({ wasConfirmed: false }), false);
	assert.ok(eventFields.includes('title'));
});
