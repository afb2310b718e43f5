import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, networkOf, trustedProxies } from './addresses.server.ts';
import { Limits, rates } from './limits.server.ts';

test('a rested bucket gives its burst, then says after how many seconds to come back', () => {
	const limits = new Limits();
	for (let taken = 0; taken < rates['writing-alone'].burst; taken++) assert.equal(limits.take('writing-alone', 'a', 0), 0);
	assert.equal(limits.take('writing-alone', 'a', 0), 10);
	assert.equal(limits.take('writing-alone', 'b', 0), 0);
	assert.equal(limits.take('writing-alone', 'a', 10_000), 0);
});

test('300 people behind one address give an opinion in the same second, and one every two seconds afterwards', () => {
	const limits = new Limits();
	let refused = 0;
	for (let second = 0; second < 60; second += 2)
		for (let person = 0; person < 300; person++) refused += limits.take('acting', '192.0.2.1', second * 1000) > 0 ? 1 : 0;
	assert.equal(refused, 0);
});

test('what another process let through counts here too', () => {
	const [here, there] = [new Limits(), new Limits()];
	for (let taken = 0; taken < rates['writing-alone'].burst; taken++) there.take('writing-alone', 'a', 0);
	here.spentElsewhere(there.spentHere(), 0);
	assert.equal(here.take('writing-alone', 'a', 0), 10);
	assert.deepEqual(there.spentHere(), []);
});

test('who has rested is forgotten, who has not is remembered however many come after', () => {
	const limits = new Limits();
	const { burst } = rates['writing-alone'];
	for (let taken = 0; taken < burst; taken++) limits.take('writing-alone', 'eager', 0);
	for (let who = 0; who < 50_000; who++) limits.take('writing-alone', String(who), who);
	assert.ok(limits.take('writing-alone', 'eager', 9_999) > 0);
	assert.equal(limits.take('writing-alone', 'eager', 10_000), 0);
	assert.ok(limits.remembered < 25_000, String(limits.remembered));
});

test('where more are under way than can be remembered, the oldest are forgotten', () => {
	const limits = new Limits(2_000);
	for (let who = 0; who < 10_000; who++) limits.charge('guessing', String(who), 0);
	assert.ok(limits.remembered <= 2_000);
	for (let taken = 1; taken < rates.guessing.burst; taken++) limits.charge('guessing', '9999', 0);
	assert.ok(limits.wait('guessing', '9999', 0) > 0);
	assert.equal(limits.spentHere().length, 10_000);
});

test('an address behind a trusted proxy is believed, one that a stranger claims is not', () => {
	const from = (remoteAddress: string, forwarded?: string) => ({
		socket: { remoteAddress },
		headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
	});
	const isTrusted = trustedProxies(['127.0.0.1', '10.0.0.0/8']);
	assert.equal(addressOf(from('127.0.0.1', '198.51.100.7'), isTrusted), '198.51.100.7');
	assert.equal(addressOf(from('127.0.0.1', '203.0.113.9, 198.51.100.7, 10.1.2.3'), isTrusted), '198.51.100.7');
	assert.equal(addressOf(from('198.51.100.7', '203.0.113.9'), isTrusted), '198.51.100.7');
	assert.equal(addressOf(from('::ffff:127.0.0.1', 'nonsense'), isTrusted), '127.0.0.1');
	assert.equal(addressOf(from('127.0.0.1', '203.0.113.9'), trustedProxies([])), '127.0.0.1');
});

test('an IPv6 address counts by its /64 network', () => {
	assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
	assert.equal(networkOf('2001:db8::6'), '2001:db8:0:0');
	assert.equal(networkOf('::1'), '0:0:0:0');
	assert.equal(networkOf('192.0.2.1'), '192.0.2.1');
});
