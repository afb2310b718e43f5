import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidv4, uuidv7 } from '#database/ids.ts';

test('keys of version 7 sort in the order in which they were made, a hundred thousand in a burst', () => {
	const made = Array.from({ length: 100_000 }, () => uuidv7());
	assert.deepEqual(made, [...made].sort());
	assert.equal(new Set(made).size, made.length);
});

test('a key of version 7 carries its version, its variant and the time', () => {
	const before = Date.now();
	const key = uuidv7();
	assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	const time = Number.parseInt(key.replaceAll('-', '').slice(0, 12), 16);
	// a burst before may have borrowed from the coming milliseconds
	assert.ok(time >= before && time <= Date.now() + 200, `${time - before} ms`);
});

test('a key of version 4 carries its version and its variant, and no two are alike', () => {
	const made = Array.from({ length: 1000 }, () => uuidv4());
	for (const key of made) assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	assert.equal(new Set(made).size, 1000);
});
