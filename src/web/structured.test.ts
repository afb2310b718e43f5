import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structuredData } from '#web/structured.ts';

test('whatever a text holds, the block of data holds it and nothing else', () => {
	for (const text of ['</script><script>alert(1)</script>', '<!--<script>', ']]>', '&lt;', '\u2028'])
		assert.equal((JSON.parse(structuredData({ text })) as { text: string }).text, text);
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			const data = structuredData({ text });
			assert.ok(!/[<>&\u2028\u2029]/.test(data));
			assert.equal((JSON.parse(data) as { text: string }).text, text);
		})
	);
});
