import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from '#web/reports/together.ts';

test('a heading stays with what follows it, and a table with the sentence before it', () => {
	const kinds = ['text', 'heading', 'heading', 'text', 'figures', 'figures', 'quotation', 'figures', 'text', 'text', 'heading'];
	assert.deepEqual(
		together(kinds.map((kind) => ({ kind }))).map((group) => group.map(({ kind }) => kind).join(' ')),
		['text', 'heading heading text figures', 'figures', 'quotation', 'figures', 'text', 'text', 'heading']
	);
	assert.deepEqual(together([]), []);
});
