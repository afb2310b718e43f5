import assert from 'node:assert/strict';
import test from 'node:test';
import { printable } from '#languages/printable.ts';

test('what a terminal would obey is written out, and words of any script stay', () => {
	assert.equal(printable('a\0b\u001b[31mc\u009bd\u202egpj.exe'), 'a\\u{0}b\\u{1b}[31mc\\u{9b}d\\u{202e}gpj.exe');
	assert.equal(printable('one\r\n\ttwo'), 'one\\u{d}\\u{a}\\u{9}two');
	assert.equal(printable('one\n\ttwo\r', '\n\t'), 'one\n\ttwo\\u{d}');
	const words = '«Société», политика, سياسة، 政策 👩🏽‍💻';
	assert.equal(printable(words), words);
});
