import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { contactsIn, redacted } from '#moderation/personal-data.ts';

test('addresses, telephone numbers and bank accounts are found, years and sums are not', () => {
	const text =
		'Write to amina.n@example.org or call +254 (0)20 123-4567; IBAN CH93 0076 2011 6238 5295 7. In 2013, 1,000,000 people.';
	assert.deepEqual(contactsIn(text), ['amina.n@example.org', '+254 (0)20 123-4567', 'CH93 0076 2011 6238 5295 7']);
	assert.deepEqual(contactsIn('From 2005 to 2010, resolution 102 (Rev. Busan, 2014), 10 000 000 people, 50.5 %'), []);
});

test('what is made unreadable keeps its length, whatever its case, and the rest stays', () => {
	const clean = redacted('Amina Njoroge said so; call 020 1234567. AMINA NJOROGE!', {
		phrases: ['amina njoroge', ' '],
		contacts: true
	});
	assert.equal(clean, '█████ ███████ said so; call ███ ███████. █████ ███████!');
});

test('a phrase is words, never a pattern, and offsets behind it hold', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (before, phrase) => {
			const text = `${before}${phrase}|`;
			assert.equal([...redacted(text, { phrases: [phrase], contacts: true })].length, [...text].length);
		})
	);
	assert.equal(redacted('a.c abc', { phrases: ['a.c'], contacts: false }), '███ abc');
});
