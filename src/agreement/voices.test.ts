import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VoicesCount, type Speaker } from '#agreement/voices.ts';

const speaker = (participant: number): Speaker => ({
	...{ participant, groups: ['governments'], region: 'african', assurance: 'browser', organisation: null }
});

test('what a group said at a table of a café is a voice of the group, and not a person more who took part', () => {
	const voices = new VoicesCount();
	voices.add(speaker(1), { contributions: 1, channel: 'web', language: 'en' });
	voices.add(speaker(2), { contributions: 1, channel: 'café', language: 'en' });
	voices.add(speaker(3), { stances: 1, channel: 'café', language: 'en' });
	assert.deepEqual([...voices.people], [1]);
	assert.ok(Object.hasOwn(voices.balance().channel, 'café'));
});
