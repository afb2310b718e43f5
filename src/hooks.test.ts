import assert from 'node:assert/strict';
import test from 'node:test';
import { speakerInBrowser } from '#languages/catalogue.server.ts';
import type { Say } from '#languages/speaking.ts';
import { crossing } from '#web/crossing.ts';
import { transport } from './hooks.ts';

test('what says something to a reader arrives in the browser saying the same', () => {
	const { encode, decode } = transport.Say!;
	const say = speakerInBrowser('ar', ['capacities']);
	const arrived = decode(JSON.parse(JSON.stringify(encode(say)))) as Say;
	assert.equal(arrived('capacities.expert'), say('capacities.expert'));
	assert.equal(arrived.direction, 'rtl');
	assert.equal(encode({ language: 'ar' }), false);
});

test('of what ends on the server only things are left out, and never what stands in their place', (t) => {
	t.mock.method(crossing, 'ends', () => true);
	const { encode, decode } = transport.Nothing!;
	const instead: unknown = encode({ title: 'A page' });
	assert.ok(instead);
	assert.equal(encode(instead), false);
	assert.deepEqual(decode(instead), {});
});
