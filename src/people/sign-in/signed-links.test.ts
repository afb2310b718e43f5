import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signedLinks } from '#people/sign-in/signed-links.server.ts';

const links = signedLinks(Buffer.alloc(32, 1));
const at = new Date('2013-10-22T08:00:00Z');
const later = new Date(at.getTime() + 1000);

test('a link names what it was made for, until its time, for its purpose, and by its instance only', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (named) => {
			const token = links.token('demo', named, later);
			assert.equal(links.named('demo', token, at), named);
			assert.equal(links.named('demo', token, later), null);
			assert.equal(links.named('first-run', token, at), null);
			assert.equal(signedLinks(Buffer.alloc(32, 2)).named('demo', token, at), null);
		})
	);
});

test('a link that somebody changed in any place opens nothing', () => {
	const token = links.token('demo', 'moderator', later);
	for (let place = 0; place < token.length; place++) {
		const changed = `${token.slice(0, place)}${token[place] === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`;
		assert.equal(links.named('demo', changed, at), null, changed);
	}
	for (const nonsense of ['', '.', '..', 'a.b.c', token.slice(0, -1), `${token}.`.repeat(2)])
		assert.equal(links.named('demo', nonsense, at), null, nonsense);
});
