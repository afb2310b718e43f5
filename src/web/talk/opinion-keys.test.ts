import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opinionOfKey } from '#web/talk/opinion-keys.ts';

test('a, d and p answer, in small letters or capitals', () => {
	assert.deepEqual(
		['a', 'D', 'p', 'x', 'Enter'].map((key) => opinionOfKey({ key, code: '' })),
		['agree', 'disagree', 'pass', undefined, undefined]
	);
});

test('a keyboard that writes Arabic or Russian answers with the keys on which a, d and p are printed', () => {
	const pressed = [
		{ key: 'ش', code: 'KeyA' },
		{ key: 'ي', code: 'KeyD' },
		{ key: 'ح', code: 'KeyP' },
		{ key: 'ф', code: 'KeyA' },
		{ key: 'В', code: 'KeyD' },
		{ key: 'з', code: 'KeyP' },
		{ key: 'ы', code: 'KeyS' }
	];
	assert.deepEqual(pressed.map(opinionOfKey), ['agree', 'disagree', 'pass', 'agree', 'disagree', 'pass', undefined]);
});

test('where the letters stand elsewhere the letter counts, not its place', () => {
	assert.equal(opinionOfKey({ key: 'q', code: 'KeyA' }), undefined);
	assert.equal(opinionOfKey({ key: 'a', code: 'KeyQ' }), 'agree');
});
