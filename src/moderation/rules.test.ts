import assert from 'node:assert/strict';
import test from 'node:test';
import { decisionsOn, hasLink, isHeldBy, moderationRules } from '#moderation/rules.ts';

test('each rule holds what it says', () => {
	const cases = [
		{ text: 'More training', isFirst: true, isFirstLink: true },
		{ text: 'More training', isFirst: false, isFirstLink: true },
		{ text: 'See https://example.org', isFirst: true, isFirstLink: true },
		{ text: 'See https://example.org', isFirst: false, isFirstLink: true },
		{ text: 'See https://example.org', isFirst: false, isFirstLink: false }
	];
	const held = Object.fromEntries(moderationRules.map((rule) => [rule, cases.map((one) => isHeldBy(rule, one))]));
	assert.deepEqual(held, {
		'at-once': [false, false, false, false, false],
		'first-held': [true, false, true, false, false],
		'first-links-held': [false, false, true, true, false],
		'links-held': [false, false, true, true, true],
		'all-held': [true, true, true, true, true]
	});
});

test('addresses are seen however they are written, and ordinary sentences are not taken for them', () => {
	const addresses = [
		'http://a.example',
		'go to WWW.shop-24.example',
		'buy.cheap.example/now',
		'write to spam.com today',
		'ftp://x.example'
	];
	assert.deepEqual(
		addresses.filter((text) => !hasLink(text)),
		[]
	);
	const sentences = [
		'IPv6 is needed. Now!',
		'e.g. training, i.e. courses',
		'A/B tests and 24/7 help',
		'Art. 3.2 of the agreement',
		'вместе.И дальше'
	];
	assert.deepEqual(sentences.filter(hasLink), []);
});

test('a moderator decides only on what stands open to decision', () => {
	assert.deepEqual(
		[null, 'held', 'hidden', 'withdrawn', 'erased'].map((state) => decisionsOn(state as null)),
		[['hidden', 'flags-dismissed', 'redacted'], ['approved', 'hidden', 'redacted'], ['restored', 'redacted'], [], []]
	);
});
