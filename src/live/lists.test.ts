import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { inTransaction } from '#database/connection.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { figureMoved, move, type OfEvent } from '#events/moving.server.ts';
import { planEvent } from '#events/planning.server.ts';
import { Connections } from '#live/connections.server.ts';
import { listenAt, type Hearer } from '#live/examples.ts';
import { Lists, type Listed, type ReadList } from '#live/lists.server.ts';
import { readingMoves } from '#live/seen-moves.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';

const database = await testDatabase();

/** A bare process of the product: it lets everybody listen to one event, or to one of several by its place in the list. */
async function aProcess(listed: Listed | readonly Listed[], read: ReadList = readingMoves(database)) {
	const connections = new Connections();
	const lists = new Lists(read, connections, true);
	const server = createServer((asked, response) => {
		const last = Number(asked.headers['last-event-id'] ?? 0);
		const event = 'topicId' in listed ? listed : listed[Number(asked.url!.slice(1))]!;
		if (!lists.listen(event, '192.0.2.1', last, response)) response.writeHead(429).end();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	after(() => {
		connections.close();
		server.closeAllConnections();
		server.close();
	});
	return { lists, connections, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const happens = (of: OfEvent, kind = 'test', details = {}) =>
	inTransaction(database, (transaction) => move(transaction, of, kind, null, details));

const numbersOf = (hearers: readonly Hearer[]) => hearers.flatMap(({ heard }) => heard.map(({ id }) => Number(id)));
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

test('many write at once, listeners leave and come back to the one process or the other: nobody misses or hears twice', async () => {
	const script = fc.sample(fc.array(fc.record({ heard: fc.integer({ min: 1, max: 9 }), process: fc.nat(1) }), { maxLength: 6 }), {
		numRuns: 12,
		seed: 1
	});
	const event = await anEvent(database);
	const processes = await Promise.all([aProcess(event), aProcess(event)]);
	const writers = 8;
	const each = 25;
	const all = writers * each;
	const listening = script.map(async (breaks, index) => {
		const hearers: Hearer[] = [];
		let last = '0';
		for (const { heard, process } of [...breaks, { heard: Infinity, process: index % 2 }]) {
			const hearer = await listenAt(processes[process]!.address, last);
			hearers.push(hearer);
			await hearer.until(({ heard: those }) => those.length >= heard || Number(those.at(-1)?.id ?? last) === all);
			hearer.leave();
			last = hearer.heard.at(-1)?.id ?? last;
			if (Number(last) === all) break;
		}
		return hearers;
	});
	await Promise.all(
		upTo(writers).map(async (writer) => {
			for (const turn of upTo(each)) {
				await happens(event);
				// only some acts are known to their process; the others are found
				if (turn % 2 === 0) processes[writer % 2]!.lists.moved(event);
			}
		})
	);
	for (const hearers of await Promise.all(listening)) assert.deepEqual(numbersOf(hearers), upTo(all));
});

test('what happens ten times a second is told four times a second at most, each once and encoded once for all', async () => {
	const event = { topicId: 't', eventId: 'e' };
	const [rows, readings] = [[] as number[], { count: 0 }];
	const read: ReadList = (_, after) => {
		readings.count++;
		const toldAfter = (last: number) =>
			rows.filter((number) => number > last).map((number) => ({ number, kind: 'test', data: 'null' }));
		return Promise.resolve({ following: after.map((last) => ({ told: toldAfter(last), isAll: true })), figures: null });
	};
	const { lists, address } = await aProcess(event, read);
	const hearers = await Promise.all(upTo(20).map(() => listenAt(address)));
	const began = performance.now();
	for (const number of upTo(20)) {
		rows.push(number);
		lists.moved(event);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	for (const hearer of hearers) await hearer.until(({ heard }) => heard.length === 20);
	for (const hearer of hearers) assert.deepEqual(numbersOf([hearer]), upTo(20));
	assert.ok(readings.count <= 4 * ((performance.now() - began) / 1000) + 4, `${readings.count} readings`);
});

test('three hundred who come back at as many numbers are one reading for all, and nobody waits for them', async () => {
	const event = await anEvent(database, { kind: 'town-hall' });
	await turnFloor(database, event, 'open', aSecretary);
	for (const _ of upTo(399)) await happens(event, 'floor');
	const readings: number[] = [];
	const sound = readingMoves(database);
	const { lists, address } = await aProcess(event, (listed, after) => {
		readings.push(after.length);
		return sound(listed, after);
	});
	const upToDate = await listenAt(address, '400');
	await upToDate.until(() => readings.length > 0);
	const crowd = await Promise.all(upTo(300).map((number) => listenAt(address, String(number))));
	await happens(event, 'floor');
	lists.moved(event);
	for (const hearer of [upToDate, ...crowd]) await hearer.until(({ heard }) => heard.at(-1)?.id === '401');
	assert.deepEqual(numbersOf([upToDate]), [401]);
	crowd.forEach((hearer, at) => assert.deepEqual(numbersOf([hearer]), upTo(401).slice(at + 1)));
	// all hear how the floor stands: from the last move of it
	for (const hearer of crowd) assert.equal((hearer.last('floor') as { state: string }).state, 'open');
	assert.ok(Math.max(...readings) <= 5, `${Math.max(...readings)} stretches in one reading`);
	assert.ok(readings.length <= 12, `${readings.length} readings`);
});

test('who takes nothing in keeps nothing waiting, and has missed nothing when they can again', async () => {
	const event = { topicId: 't', eventId: 'e' };
	const rows: number[] = [];
	const data = JSON.stringify('x'.repeat(1_000_000));
	const following = (last: number) => {
		const told = rows.filter((number) => number > last).slice(0, 2);
		return { told: told.map((number) => ({ number, kind: 'test', data })), isAll: told.at(-1) === rows.at(-1) };
	};
	const read: ReadList = (_, after) => Promise.resolve({ following: after.map(following), figures: null });
	const { lists, address } = await aProcess(event, read);
	const [slow, quick] = [await listenAt(address), await listenAt(address)];
	slow.pause();
	for (const number of upTo(30)) {
		rows.push(number);
		lists.moved(event);
		await quick.until(({ heard }) => heard.length === number);
	}
	slow.goOn();
	await slow.until(({ heard }) => heard.length === 30);
	assert.deepEqual(numbersOf([slow]), upTo(30));
});

test('an error of a reading loses nothing', async () => {
	const event = await anEvent(database);
	const now = { isBroken: false };
	const sound = readingMoves(database);
	const { lists, address } = await aProcess(event, (...asked) =>
		now.isBroken ? Promise.reject(new Error('the database is not there (meant by this test)')) : sound(...asked)
	);
	const hearer = await listenAt(address);
	await happens(event);
	lists.moved(event);
	await hearer.until(({ heard }) => heard.length === 1);
	now.isBroken = true;
	await happens(event);
	lists.moved(event);
	await new Promise((resolve) => setTimeout(resolve, 600));
	now.isBroken = false;
	await happens(event);
	await hearer.until(({ heard }) => heard.length === 3);
	assert.deepEqual(numbersOf([hearer]), [1, 2, 3]);
});

test('a number that no event reaches slows nobody, and is told what follows nothing', async () => {
	const event = await anEvent(database);
	const failed: unknown[] = [];
	const sound = readingMoves(database);
	const { lists, address } = await aProcess(event, (...asked) =>
		sound(...asked).catch((error: unknown) => {
			failed.push(error);
			throw error;
		})
	);
	const [sensible, odd] = [await listenAt(address), await listenAt(address, '9999999999')];
	for (const number of upTo(3)) {
		await happens(event);
		lists.moved(event);
		await sensible.until(({ heard }) => heard.length === number);
	}
	assert.deepEqual([failed, odd.heard, odd.hasEnded], [[], [], false]);
});

test('events of two topics that have the same id are two', async () => {
	const first = await anEvent(database);
	const { topicId } = await aPublishedTopic(database);
	const second = { topicId, eventId: first.eventId };
	await planEvent(database, { ...second, kind: 'meeting', ...aWrittenEvent() }, aSecretary);
	const { lists, address } = await aProcess([first, second]);
	const hearers = [await listenAt(`${address}/0`), await listenAt(`${address}/1`)] as const;
	await happens(first, 'of-the-first');
	await happens(second, 'of-the-second');
	lists.moved(first);
	lists.moved(second);
	for (const hearer of hearers) await hearer.until(({ heard }) => heard.length > 0);
	assert.deepEqual(
		hearers.map(({ heard }) => heard.map(({ event }) => event)),
		[['of-the-first'], ['of-the-second']]
	);
	const there = new Lists(readingMoves(database), new Connections(), true);
	there.movedElsewhere(lists.movedHere());
	assert.deepEqual(there.movedHere(), [], 'it is not passed on in a circle');
});

test('at the end of a process all are let go, and nobody else is taken', async () => {
	const event = await anEvent(database);
	const { connections, address } = await aProcess(event);
	const hearer = await listenAt(address);
	connections.close();
	await hearer.until(({ hasEnded }) => hasEnded);
	assert.equal((await listenAt(address)).status, 429);
});

test('a move tells what everybody may see when it is sent, the last of a row of the same kind at once; what nobody knows is a number', async () => {
	const event = await anEvent(database, { kind: 'town-hall' });
	await turnFloor(database, event, 'open', aSecretary);
	await turnFloor(database, event, 'queue-closed', aSecretary);
	await happens(event, 'of-another-folder', { secret: 'a name' });
	const { address } = await aProcess(event);
	const hearer = await listenAt(address);
	await hearer.until(({ heard }) => heard.length === 3);
	const states = hearer.heard.map(({ event: kind, data }) => [kind, (JSON.parse(data) as { state: string } | null)?.state]);
	assert.deepEqual(states, [
		['floor', undefined],
		['floor', 'queue-closed'],
		['of-another-folder', undefined]
	]);
	assert.equal(
		hearer.heard.some(({ data }) => data.includes('secret')),
		false
	);
});

test('figures go beside the list without a number: each who comes hears them once, and again when they differ, whichever process changed them', async () => {
	const event = await anEvent(database, { kind: 'town-hall' });
	const answered = () => inTransaction(database, (transaction) => figureMoved(transaction, event, 'answers'));
	const [here, there] = [await aProcess(event), await aProcess(event)];
	const early = await listenAt(here.address);
	await happens(event);
	await early.until(({ heard }) => heard.length === 1);
	// nothing was counted yet, so nothing is told
	assert.deepEqual(numbersOf([early]), [1]);
	for (const _ of upTo(50)) await answered();
	here.lists.moved(event);
	const late = await listenAt(there.address, '1');
	for (const hearer of [early, late])
		await hearer.until((one) => (one.last() as { answers: number } | undefined)?.answers === 50);
	// two at once come in one word, four times a second at most
	assert.ok(early.heard.length <= 5, `${early.heard.length}`);
	assert.deepEqual(late.heard, [{ event: 'figures', data: '{"answers":50,"supports":0}', id: '' }]);
	await happens(event);
	here.lists.moved(event);
	await early.until(({ heard }) => heard.at(-1)?.id === '2' && heard.at(-1)?.event === 'test');
	assert.equal(early.heard.filter(({ event: kind }) => kind === 'test').length, 2);
});
