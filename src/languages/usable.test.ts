import fc from 'fast-check';
import assert from 'node:assert/strict';
import test from 'node:test';
import { codePoints, hasDirectionOverride, isBlank, isolated, usableText } from '#languages/usable.ts';

const refusedBecause = (reason: string) => ({ code: 'unusable-text', values: { reason, what: 'point', max: 5 } });
const point = { max: 5, what: 'point' };

test('a text is returned as it came, decomposed accents, spaces and all', () => {
	assert.equal(usableText('e\u0301\r\n ', point), 'e\u0301\r\n ');
	assert.equal(usableText('', { ...point, mayBeEmpty: true }), '');
});

test('what cannot be kept or shown is refused by its reason', () => {
	assert.throws(() => usableText('a\0b', point), refusedBecause('nul'));
	assert.throws(() => usableText('a\ud83d', point), refusedBecause('surrogate'));
	assert.throws(() => usableText('\ude00a', point), refusedBecause('surrogate'));
	assert.throws(() => usableText('123456', point), refusedBecause('long'));
	assert.throws(() => usableText('x'.repeat(10_000_000), point), refusedBecause('long'));
	assert.throws(() => usableText(' \u200b\u202e\n', point), refusedBecause('empty'));
	assert.throws(() => usableText(undefined, point), refusedBecause('damaged'));
});

test('the length is counted in code points', () => {
	assert.equal(usableText('😀😀😀😀😀', point), '😀😀😀😀😀');
	assert.throws(() => usableText('😀😀😀😀😀😀', point), refusedBecause('long'));
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => codePoints(text) === [...text].length));
});

test('characters that only direct others are no text', () => {
	assert.deepEqual(['', ' \u00a0', '\u2067\u2069', '.', 'ا'].map(isBlank), [true, true, true, false, false]);
});

test('an isolated text cannot turn the words beside it', () => {
	assert.equal(isolated('abc'), '\u2068abc\u2069');
	assert.equal(isolated('photo\u202egpj.exe'), '\u2068photo\u202egpj.exe\u202c\u2069');
	assert.equal(isolated('\u2069\u202cx'), '\u2068x\u2069');
	assert.equal(isolated('\u2067a\u202eb\u2069c'), '\u2068\u2067a\u202eb\u2069c\u2069');
	assert.deepEqual(['photo\u202egpj.exe', 'اب'].map(hasDirectionOverride), [true, false]);
});

test('isolating any text leaves every opened control closed and every closing one with its opening', () => {
	const controls = fc.string({ unit: fc.constantFrom('a', '\u202a', '\u202e', '\u202c', '\u2066', '\u2068', '\u2069') });
	fc.assert(
		fc.property(controls, (text) => {
			const once = isolated(text);
			assert.equal(isolated(once), `\u2068${once}\u2069`);
		})
	);
});
