import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressForApp, base32, codeOf, stepAt, stepOf } from '#people/sign-in/authenticator.ts';

const secret = Buffer.from('12345678901234567890');

test('the codes are those of RFC 6238, appendix B (its last six digits)', () => {
	const moments = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000];
	assert.deepEqual(
		moments.map((seconds) => codeOf(secret, stepAt(new Date(seconds * 1000)))),
		['287082', '081804', '050471', '005924', '279037', '353130']
	);
});

test('a code of half a minute before or after is taken, an older one is not, and none twice', () => {
	const at = new Date(1234567890_000);
	const step = stepAt(at);
	assert.deepEqual(
		[-2, -1, 0, 1, 2].map((off) => stepOf(secret, codeOf(secret, step + off), at, 0)),
		[null, step - 1, step, step + 1, null]
	);
	assert.equal(stepOf(secret, '005 924', at, 0), step);
	assert.equal(stepOf(secret, '005924', at, step), null);
	assert.equal(stepOf(secret, '', at, 0), null);
});

test('the secret is written as apps read it (RFC 4648, section 10)', () => {
	assert.deepEqual(
		['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text))),
		['MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']
	);
	assert.equal(
		addressForApp(Buffer.from('foobar'), 'Open Talks', 'a@example.org'),
		'otpauth://totp/Open%20Talks:a%40example.org?secret=MZXW6YTBOI&issuer=Open%20Talks'
	);
});
