import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterClosing } from './closing.ts';

const after = (text: string, words: string) => {
	const letters = [...text];
	const ends = [...text.slice(0, text.indexOf(words))].length + [...words].length;
	return letters.slice(0, afterClosing(letters, ends)).join('');
};

test('the mark of a note stands after the quotation mark, as each language closes it', () => {
	assert.equal(after('They said “listen first”, and left.', 'listen first'), 'They said “listen first”');
	assert.equal(after('«\u00a0Écouter\u00a0», dit-on.', 'Écouter'), '«\u00a0Écouter\u00a0»');
	assert.equal(after('«Слушать»', 'Слушать'), '«Слушать»');
	assert.equal(after('“倾听”。', '倾听'), '“倾听”');
});

test('without a quotation mark it stands where the words end', () => {
	assert.equal(after('Idea 12 says so.', 'Idea 12'), 'Idea 12');
	assert.equal(after('It was said, “listen”', 'It was said,'), 'It was said,');
	assert.equal(after('the end', 'the end'), 'the end');
});
