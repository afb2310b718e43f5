import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Reading } from './audience.server.ts';
import { aServerOf, listenAt } from './examples.ts';
import { Live } from './live.server.ts';

/** Something that is counted up, and a server that tells it. */
async function counting({ bytes = 0, holdsFor = Infinity } = {}) {
	const now = { count: 0, readings: 0, isGone: false, isBroken: false };
	const read = (): Promise<Reading> => {
		now.readings++;
		if (now.isBroken) return Promise.reject(new Error('the database is not there (meant by this test)'));
		if (now.isGone) return Promise.resolve(null);
		const data = JSON.stringify({ count: now.count, ...(bytes > 0 && { filling: 'x'.repeat(bytes) }) });
		return Promise.resolve({ parts: [{ event: 'figures', data }], holdsFor });
	};
	const live = new Live(read);
	const { address, answers } = await aServerOf(live, 'a topic');
	const moveTo = (count: number) => {
		now.count = count;
		live.moved('a topic');
	};
	return { now, live, address, answers, moveTo };
}

const countOf = (told: unknown) => (told as { count: number } | undefined)?.count;

test('what moves a thousand times in two seconds is told four times a second at most, the last of it included', async () => {
	const { address, moveTo, now } = await counting();
	const hearers = await Promise.all([listenAt(address), listenAt(address)]);
	const began = performance.now();
	for (let count = 1; count <= 1000; count++) {
		moveTo(count);
		await pauseFor(2);
	}
	for (const hearer of hearers) await hearer.until((one) => countOf(one.last()) === 1000);
	const most = 4 * ((performance.now() - began) / 1000) + 2;
	for (const { heard } of hearers) assert.ok(heard.length >= 2 && heard.length <= most, `${heard.length} of ${most}`);
	assert.ok(now.readings <= most + 1);
});

test('nothing is told again that stayed as it was', async () => {
	const { address, moveTo, now } = await counting();
	const hearer = await listenAt(address);
	await hearer.until(({ heard }) => heard.length === 1);
	const { readings } = now;
	moveTo(0);
	await hearer.until(() => now.readings > readings);
	moveTo(1);
	await hearer.until((one) => countOf(one.last()) === 1);
	assert.equal(hearer.heard.length, 2);
});

test('what moved without a word to this process is found all the same', async () => {
	const { address, now } = await counting();
	const hearer = await listenAt(address);
	await hearer.until((one) => countOf(one.last()) === 0);
	now.count = 7;
	await hearer.until((one) => countOf(one.last()) === 7);
});

test('who comes back is told only what they lack', async () => {
	const { address, moveTo } = await counting();
	const before = await listenAt(address);
	await before.until(({ heard }) => heard.length === 1);
	const { id } = before.heard[0]!;
	before.leave();
	const back = await listenAt(address, id);
	const other = await listenAt(address);
	await other.until(({ heard }) => heard.length === 1);
	moveTo(1);
	await back.until((one) => countOf(one.last()) === 1);
	assert.equal(back.heard.length, 1);
	assert.equal(other.heard[0]!.id, id);
});

test('who is slow gets the newest when they can, nothing of what lay between, and nothing is kept for them', async () => {
	const bytes = 4_000_000;
	const { address, answers, moveTo } = await counting({ bytes });
	const [slow, quick] = [await listenAt(address), await listenAt(address)];
	await Promise.all([slow, quick].map((one) => one.until(({ heard }) => heard.length === 1)));
	slow.pause();
	for (let count = 1; count <= 10; count++) {
		moveTo(count);
		await quick.until((one) => countOf(one.last()) === count);
	}
	assert.ok(answers[0]!.socket.writableLength < 2 * bytes, `${answers[0]!.socket.writableLength} bytes wait`);
	slow.goOn();
	await slow.until((one) => countOf(one.last()) === 10);
	assert.ok(slow.heard.length < quick.heard.length, `${slow.heard.length} of ${quick.heard.length}`);
});

test('an error of a reading ends nothing, and what comes after it is told', async () => {
	const { address, moveTo, now } = await counting();
	const hearer = await listenAt(address);
	await hearer.until(({ heard }) => heard.length === 1);
	const { readings } = now;
	now.isBroken = true;
	moveTo(1);
	await hearer.until(() => now.readings > readings);
	now.isBroken = false;
	await hearer.until((one) => countOf(one.last()) === 1);
	assert.equal(hearer.hasEnded, false);
});

test('when what it is about is there no more, all are let go', async () => {
	const { address, live, moveTo, now } = await counting();
	const hearer = await listenAt(address);
	await hearer.until(({ heard }) => heard.length === 1);
	now.isGone = true;
	moveTo(1);
	await hearer.until(({ hasEnded }) => hasEnded);
	await hearer.until(() => live.size === 0);
});

test('who leaves is forgotten, and nothing is read any more', async () => {
	const { address, live, now } = await counting({ holdsFor: 100 });
	const hearers = await Promise.all(Array.from({ length: 20 }, () => listenAt(address)));
	for (const hearer of hearers) await hearer.until(({ heard }) => heard.length === 1);
	assert.equal(live.size, 20);
	for (const hearer of hearers) hearer.leave();
	await hearers[0]!.until(() => live.size === 0);
	await pauseFor(300);
	const { readings } = now;
	await pauseFor(600);
	assert.equal(now.readings, readings);
});

test('300 people behind one address listen with three windows each; who opens a thousand more does not', async () => {
	const { address, live } = await counting();
	const hearers = await Promise.all(Array.from({ length: 900 }, () => listenAt(address)));
	assert.ok(hearers.every(({ status }) => status === 200));
	const more = await Promise.all(Array.from({ length: 101 }, () => listenAt(address)));
	assert.deepEqual([more.filter(({ status }) => status === 429).length, live.size], [1, 1000]);
});

test('who asks again behind an answer that does not end is not taken, and keeps no place', async () => {
	const { address, live, answers } = await counting();
	const socket = connect(Number(new URL(address).port), '127.0.0.1');
	const asks = 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n';
	socket.write(asks + asks);
	await once(socket, 'data');
	assert.deepEqual([answers.length, answers[1]?.response.statusCode, live.size], [2, 429, 1]);
	const closed = once(answers[0]!.socket, 'close');
	socket.destroy();
	await closed;
	assert.equal(live.size, 0);
});

test('at the end of the process all are let go, and nobody else is taken', async () => {
	const { address, live } = await counting();
	const hearer = await listenAt(address);
	await hearer.until(({ heard }) => heard.length === 1);
	live.close();
	await hearer.until(({ hasEnded }) => hasEnded);
	assert.equal((await listenAt(address)).status, 429);
});

test('a proxy is told to hold nothing back and to change nothing', async () => {
	const { address } = await counting();
	const { headers } = await listenAt(address);
	assert.deepEqual(
		['content-type', 'cache-control', 'x-accel-buffering', 'connection', 'content-encoding'].map((name) => headers[name]),
		['text/event-stream; charset=utf-8', 'no-store, no-transform', 'no', 'close', undefined]
	);
});
