import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingIn, plainly } from '#newsroom/notices/notice.ts';

test('words of a notice: what is missing, and Markdown as plain text', () => {
	assert.equal(missingIn({ title: { en: 'a' }, text: { en: 'b', fr: '' } }), null);
	assert.deepEqual(missingIn({ title: { en: 'a' }, text: { fr: 'b' } }), { field: 'title', why: 'half' });
	assert.deepEqual(missingIn({ title: { en: 'a', fr: 'c' }, text: { fr: 'b' } }), { field: 'text', why: 'half' });
	assert.deepEqual(missingIn({ title: { en: ' ' }, text: {} }), { field: 'title', why: 'missing' });
	assert.deepEqual(missingIn({ title: { en: 'a' }, text: {} }), { field: 'text', why: 'missing' });
	assert.equal(
		plainly('# Head\n\n- **one** and __two__\n- [three](https://x.org/a_(b)) ![pic](https://x.org/p.png)\n2 * 3 ** 4'),
		'Head\n\n- one and two\n- three <https://x.org/a_(b)> pic <https://x.org/p.png>\n2 * 3 ** 4'
	);
});
