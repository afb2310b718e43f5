import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitors } from '#people/visitors.server.ts';

const ours = visitors(Buffer.alloc(32, 1));

test('a token of ours is known again, the second time too', () => {
	const token = ours.newToken();
	const id = ours.idIn(token);
	assert.equal(id, token.slice(0, 22));
	assert.equal(ours.idIn(token), id);
});

test('a token of another instance, a changed one and none at all are nobody', () => {
	const token = visitors(Buffer.alloc(32, 2)).newToken();
	assert.equal(ours.idIn(token), null);
	const mine = ours.newToken();
	assert.equal(ours.idIn((mine.startsWith('A') ? 'B' : 'A') + mine.slice(1)), null);
	assert.equal(ours.idIn(undefined), null);
	assert.equal(ours.idIn(''), null);
	assert.equal(ours.idIn('x'.repeat(45)), null);
});

test('two tokens are two visitors', () => {
	assert.notEqual(ours.idIn(ours.newToken()), ours.idIn(ours.newToken()));
});
