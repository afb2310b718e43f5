import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
	again,
	counted,
	due,
	heard,
	inOrder,
	newEntry,
	outcomeOf,
	pause,
	type Entry,
	type Outcome,
	type Word
} from './outbox.ts';
import { sendRound, type Box, type Carrier } from './sender.ts';

const reason = { code: 'too-long', sentence: 'It is too long.' };
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** What a phone has in its memory that stays when it dies. */
class Disk implements Box {
	readonly kept = new Map<string, Entry>();
	/** writes until the battery is empty */
	left = Infinity;
	entries = (lane: string) => Promise.resolve([...this.kept.values()].filter((entry) => entry.lane === lane));
	write(entries: readonly Entry[]) {
		if (this.left-- <= 0) return Promise.reject(new Error('the battery is empty'));
		for (const entry of entries) this.kept.set(entry.id, entry);
		return Promise.resolve();
	}
}

/** A server that keeps each id once, and refuses what is marked as bad; what happens to a request is said by the test. */
class Server {
	readonly stored: { id: string; lane: string }[] = [];
	readonly #ids = new Set<string>();
	readonly refused = new Map<string, number>();
	accidents: Accident[] = [];
	answer(lane: string, batch: readonly Entry[]): Outcome {
		const accident = this.accidents.shift() ?? 'none';
		if (accident === 'lost') return outcomeOf(0, null, null);
		if (accident === 'no net') return { kind: 'stayed' };
		if (accident === 'down') return outcomeOf(503, null, '7');
		if (accident === 'too-much' && batch.length > 1) return outcomeOf(413, { code: 'too-large', sentence: 'Too much.' }, null);
		if (accident === 'shut') return outcomeOf(403, { code: 'not-allowed', sentence: 'Open your link again.' }, null);
		const words = batch.map(({ id, body }): Word => {
			if (body === 'bad') {
				this.refused.set(id, (this.refused.get(id) ?? 0) + 1);
				return { id, state: 'refused', reason };
			}
			if (!this.#ids.has(id)) this.stored.push({ id, lane });
			this.#ids.add(id);
			return { id, state: 'accepted' };
		});
		if (accident === 'answer lost') return outcomeOf(0, null, null);
		if (accident === 'half answered') return { kind: 'words', words: words.slice(0, Math.ceil(words.length / 2)) };
		if (accident === 'nonsense') return outcomeOf(200, { words: [{ id: 'x' }] }, null);
		return outcomeOf(200, { words }, null);
	}
}
const accidents = ['none', 'lost', 'no net', 'down', 'too-much', 'shut', 'answer lost', 'half answered', 'nonsense'] as const;
type Accident = (typeof accidents)[number];

const step = fc.oneof(
	fc.record({ do: fc.constant('write' as const), phone: fc.nat(2), lane: fc.constantFrom('one', 'two'), bad: fc.boolean() }),
	fc.record({
		do: fc.constant('send' as const),
		phone: fc.nat(2),
		lane: fc.constantFrom('one', 'two'),
		accidents: fc.array(fc.constantFrom(...accidents), { maxLength: 4 }),
		/** writes after which the phone is killed */
		dies: fc.option(fc.nat(4), { nil: Infinity })
	}),
	// the same cards on another phone: handed over, by whatever way, twice too
	fc.record({ do: fc.constant('hand over' as const), from: fc.nat(2), to: fc.nat(2), lane: fc.constantFrom('one', 'two') })
);

test('whatever is lost, repeated, handed over or killed, each card is stored once, in the order of its phone', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (steps, most) => {
			const server = new Server();
			const phones = [new Disk(), new Disk(), new Disk()];
			const carriers: Carrier[] = [
				{ kind: 'card', most, bytes: 1000, send: (lane, batch) => Promise.resolve(server.answer(lane, batch)) }
			];
			let made = 0;
			const written: { id: string; lane: string; phone: number; bad: boolean }[] = [];
			for (const one of steps) {
				if (one.do === 'write') {
					const disk = phones[one.phone]!;
					const entry = newEntry(await disk.entries(one.lane), {
						...{ id: id(++made), lane: one.lane, kind: 'card', body: one.bad ? 'bad' : `card ${made}` }
					});
					await disk.write([entry]);
					written.push({ id: entry.id, lane: one.lane, phone: one.phone, bad: one.bad });
				} else if (one.do === 'send') {
					const disk = phones[one.phone]!;
					server.accidents = [...one.accidents];
					disk.left = one.dies;
					await sendRound(disk, carriers, { lane: one.lane, failures: 1, lot: 0.5 }).catch((error: Error) =>
						assert.equal(error.message, 'the battery is empty')
					);
					disk.left = Infinity;
				} else if (one.from !== one.to) {
					const known = await phones[one.to]!.entries(one.lane);
					const given = (await phones[one.from]!.entries(one.lane)).filter(
						(entry) => entry.state !== 'accepted' && !known.some((mine) => mine.id === entry.id)
					);
					await phones[one.to]!.write(given.map((entry) => ({ ...again(entry), state: 'waiting' })));
				}
			}
			// the net comes back
			server.accidents = [];
			const refusedBefore = new Map(server.refused);
			for (const disk of phones)
				for (const lane of ['one', 'two'])
					assert.deepEqual(await sendRound(disk, carriers, { lane, failures: 1, lot: 0 }), { next: null, shut: null });

			const good = written.filter(({ bad }) => !bad);
			assert.deepEqual(server.stored.map((card) => card.id).sort(), good.map((card) => card.id).sort());
			for (const card of written)
				assert.equal(server.stored.find((stored) => stored.id === card.id)?.lane, card.bad ? undefined : card.lane);
			for (const [place, disk] of phones.entries()) {
				for (const entry of disk.kept.values()) {
					assert.equal(entry.state, entry.body === 'bad' ? 'refused' : 'accepted');
					assert.deepEqual(entry.reason, entry.body === 'bad' ? reason : null);
				}
				for (const lane of ['one', 'two']) {
					const order = [...disk.kept.values()]
						.filter((entry) => entry.lane === lane)
						.sort(inOrder)
						.map((entry) => entry.id);
					const mine = written.filter((card) => card.phone === place && card.lane === lane).map((card) => card.id);
					assert.deepEqual(
						order.filter((one) => mine.includes(one)),
						mine,
						'the order of a phone'
					);
				}
			}
			// what was refused once is not asked again
			for (const disk of phones)
				for (const lane of ['one', 'two']) await sendRound(disk, carriers, { lane, failures: 0, lot: 0 });
			for (const [card, times] of server.refused) assert.ok(times - (refusedBefore.get(card) ?? 0) <= phones.length, card);
		}),
		{ numRuns: 400 }
	);
});

test('batches of a lane leave in order: nothing of a later place arrives before what waits in front of it', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom(...accidents), { maxLength: 30 }),
			fc.integer({ min: 1, max: 4 }),
			async (misfortunes, most) => {
				const server = new Server();
				server.accidents = misfortunes;
				const disk = new Disk();
				for (let made = 1; made <= 12; made++) {
					const known = await disk.entries('one');
					await disk.write([newEntry(known, { id: id(100 - made), lane: 'one', kind: 'card', body: made })]);
				}
				const carrier: Carrier = {
					...{ kind: 'card', most, bytes: 1000 },
					send: (lane, batch) => Promise.resolve(server.answer(lane, batch))
				};
				for (let rounds = 0; rounds < 60; rounds++) await sendRound(disk, [carrier], { lane: 'one', failures: 0, lot: 0 });
				assert.deepEqual(
					server.stored.map((card) => card.id),
					Array.from({ length: 12 }, (_, at) => id(99 - at))
				);
			}
		),
		{ numRuns: 200 }
	);
});

test('a card too large alone is refused and kept with its reason, and those behind it go on', async () => {
	const disk = new Disk();
	for (let made = 1; made <= 5; made++)
		await disk.write([newEntry(await disk.entries('one'), { id: id(made), lane: 'one', kind: 'card', body: made })]);
	let requests = 0;
	const carrier: Carrier = {
		...{ kind: 'card', most: 50, bytes: 1000 },
		send(_, batch) {
			requests++;
			if (batch.some(({ body }) => body === 3))
				return Promise.resolve(outcomeOf(413, { code: 'too-large', sentence: 'No.' }, null));
			const words = batch.map((one): Word => ({ id: one.id, state: 'accepted' }));
			return Promise.resolve(outcomeOf(200, { words }, null));
		}
	};
	assert.deepEqual(await sendRound(disk, [carrier], { lane: 'one', failures: 0, lot: 0 }), { next: null, shut: null });
	assert.deepEqual(counted([...disk.kept.values()]), { waiting: 0, sent: 0, accepted: 4, refused: 1 });
	assert.deepEqual(disk.kept.get(id(3))!.reason, { code: 'too-large', sentence: 'No.' });
	const before = requests;
	await sendRound(disk, [carrier], { lane: 'one', failures: 0, lot: 0 });
	assert.equal(requests, before, 'it does not loop');
});

test('a phone whose link holds no more keeps everything waiting, and says why', async () => {
	const disk = new Disk();
	await disk.write([newEntry([], { id: id(1), lane: 'one', kind: 'card', body: 'x' })]);
	const shut = { code: 'not-allowed', sentence: 'Open your link again.' };
	const carrier: Carrier = { kind: 'card', most: 9, bytes: 99, send: () => Promise.resolve(outcomeOf(401, shut, null)) };
	assert.deepEqual(await sendRound(disk, [carrier], { lane: 'one', failures: 0, lot: 0 }), { next: null, shut });
	assert.deepEqual(counted([...disk.kept.values()]), { waiting: 0, sent: 1, accepted: 0, refused: 0 });
});

test('without any network a card is on this phone, and one that may have arrived before is not', async () => {
	const disk = new Disk();
	await disk.write([newEntry([], { id: id(1), lane: 'one', kind: 'card', body: 'x' })]);
	const outcomes: Outcome[] = [{ kind: 'stayed' }, { kind: 'later', seconds: null }, { kind: 'stayed' }];
	const carrier: Carrier = { kind: 'card', most: 9, bytes: 99, send: () => Promise.resolve(outcomes.shift()!) };
	const told: string[] = [];
	for (let rounds = 0; rounds < 3; rounds++) {
		await sendRound(disk, [carrier], { lane: 'one', failures: 0, lot: 0 });
		told.push(disk.kept.get(id(1))!.state);
	}
	assert.deepEqual(told, ['waiting', 'sent', 'sent']);
});

test('what a proxy on the way answers refuses no card and shuts no lane: it is tried again, in smaller pieces where it was too much', async () => {
	for (const [status, requests] of [...[400, 401, 403, 404, 410, 415, 422].map((one) => [one, 1] as const), [413, 2]] as const)
		for (const page of [null, '<html>', { code: 'portal' }]) {
			const disk = new Disk();
			for (const place of [1, 2]) {
				const entry = newEntry(await disk.entries('one'), { id: id(place), lane: 'one', kind: 'card', body: 'x' });
				await disk.write([entry]);
			}
			let asked = 0;
			const carrier: Carrier = {
				...{ kind: 'card', most: 9, bytes: 99 },
				send: () => Promise.resolve((asked++, outcomeOf(status, page, null)))
			};
			assert.deepEqual(await sendRound(disk, [carrier], { lane: 'one', failures: 0, lot: 0 }), { next: 0.5, shut: null });
			assert.equal(asked, requests, String(status));
			const { sent, refused } = counted([...disk.kept.values()]);
			assert.deepEqual({ sent, refused }, { sent: 2, refused: 0 }, String(status));
		}
});

test('a batch ends at its most and at its bytes, but one is always in it', () => {
	const entries = [1, 2, 3].map((place) => ({
		...newEntry([], { id: id(place), lane: 'one', kind: 'card', body: 'x'.repeat(50) }),
		place
	}));
	const sent = (most: number, bytes: number) =>
		due(entries, { lane: 'one', kind: 'card', most, bytes }).map(({ place }) => place);
	assert.deepEqual([sent(2, 1000), sent(9, 110), sent(9, 10), sent(9, 1000)], [[1, 2], [1, 2], [1], [1, 2, 3]]);
});

test('a late answer does not change what was said first', () => {
	const refused = { ...newEntry([], { id: id(1), lane: 'one', kind: 'card', body: '' }), state: 'refused' as const, reason };
	assert.deepEqual(heard([refused], [{ id: id(1), state: 'accepted' }]), []);
	assert.deepEqual(again(refused), { ...refused, state: 'waiting', reason: null });
});

test('phones come back at different moments, two minutes apart at most', () => {
	assert.deepEqual([pause(0, 0), pause(0, 1), pause(3, 0), pause(3, 1), pause(50, 1)], [0.5, 1, 4, 8, 120]);
	assert.deepEqual(outcomeOf(429, null, '30'), { kind: 'later', seconds: 30 });
	assert.deepEqual(outcomeOf(500, null, 'soon'), { kind: 'later', seconds: null });
});

test('a card is placed behind everything that the phone knows of, whatever its clock says', () => {
	const first = newEntry([], { id: id(1), lane: 'one', kind: 'card', body: '', after: 7 });
	assert.equal(first.place, 8);
	assert.equal(newEntry([first], { id: id(2), lane: 'one', kind: 'card', body: '', after: 3 }).place, 9);
	assert.equal(newEntry([first], { id: id(3), lane: 'two', kind: 'card', body: '' }).place, 1);
});
