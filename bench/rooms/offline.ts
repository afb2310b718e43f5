import { aCafe } from '#cafes/examples.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import type { Card } from '#cafes/notes/note.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import { Random } from '#engines/seating/random.ts';
import type { Database } from '#database/connection.server.ts';
import { inOrder, newEntry, outcomeOf, type Entry, type Word } from '#web/offline/outbox.ts';
import { sendRound, type Box } from '#web/offline/sender.ts';
import { figure, type Figure } from '../talk/figures.ts';
import { ofItsOwn } from './own-database.ts';

const [tables, devices, notes, hours] = [6, 2, 300, 2] as const;

/**
 * 300 notes on 6 tables with two phones each; the radio is off for two hours of a simulated clock, phones come back in random order, requests and
 * answers are lost on the way, and each phone is killed twice. Seeds 1 to 5 on a real database, the worst.
 */
export async function offline(): Promise<Figure[]> {
	const runs = await ofItsOwn(async (database) => {
		const each = [];
		for (const seed of [1, 2, 3, 4, 5]) each.push(await oneCafe(database, seed));
		return each;
	});
	const worst = (of: (run: (typeof runs)[0]) => number) => Math.max(...runs.map(of));
	const absolute = { baseline: null };
	return [
		figure(
			{
				...absolute,
				bench: 'offline-stored-once',
				value: Math.min(...runs.map(({ stored }) => stored)),
				unit: `of ${notes} notes`,
				must: `≥ ${notes}`
			},
			{ each: runs.map(({ stored, requests, kills }) => `${stored} stored, ${requests} requests, ${kills} kills`) }
		),
		figure({ ...absolute, bench: 'offline-lost-or-doubled', value: worst(({ wrong }) => wrong), unit: 'notes', must: '0' }),
		figure({
			...absolute,
			bench: 'offline-out-of-order',
			value: worst(({ misplaced }) => misplaced),
			unit: 'notes of a phone',
			must: '0'
		}),
		figure({
			...absolute,
			bench: 'offline-untold',
			value: worst(({ untold }) => untold),
			unit: 'notes not shown as accepted',
			must: '0'
		})
	];
}

/** What stays of a phone when it dies. */
class Disk implements Box {
	readonly kept = new Map<string, Entry>();
	writes = Infinity;
	entries = (lane: string) => Promise.resolve([...this.kept.values()].filter((entry) => entry.lane === lane));
	write(entries: readonly Entry[]) {
		if (this.writes-- <= 0) return Promise.reject(new Error('killed'));
		for (const entry of entries) this.kept.set(entry.id, entry);
		return Promise.resolve();
	}
}

async function oneCafe(database: Database, seed: number) {
	const random = new Random(seed);
	const { topicId, eventId } = await aCafe(database, { tables, rounds: 3 });
	const phones = Array.from({ length: tables * devices }, (_, at) => {
		const table = { topicId, eventId, tableNumber: 1 + Math.floor(at / devices) };
		return {
			table,
			disk: new Disk(),
			id: crypto.randomUUID(),
			lane: `${eventId}/${table.tableNumber}`,
			written: [] as string[],
			clock: 0
		};
	});
	// two hours of a clock of their own: a card now and then, on any phone, and some said anew
	const minutes = Array.from({ length: notes }, () => random.below(hours * 60)).sort((one, other) => one - other);
	for (const [number, minute] of minutes.entries()) {
		const phone = phones[number % phones.length]!;
		const known = await phone.disk.entries(phone.lane);
		const id = crypto.randomUUID();
		const entry = newEntry(known, { id, lane: phone.lane, kind: 'card', body: null });
		const changes: Partial<Card> = {
			id,
			place: entry.place,
			phone: phone.id,
			text: `Note ${number}`,
			round: 1 + Math.floor(minute / 40)
		};
		await phone.disk.write([{ ...entry, body: aCard(phone.table, changes) }]);
		phone.written.push(id);
	}
	let [requests, kills] = [0, 0];
	const carrierOf = (phone: (typeof phones)[0]) => ({
		...{ kind: 'card', most: 10, bytes: 100_000 },
		async send(_lane: string, batch: readonly Entry[]) {
			requests++;
			const luck = random.below(4);
			if (luck === 0) return outcomeOf(0, null, null);
			const answers = await takeCards(
				database,
				phone.table,
				batch.map(({ body }) => body)
			);
			if (luck === 1) return outcomeOf(0, null, null);
			const words = answers.map(({ id, refused }): Word =>
				refused ? { id, state: 'refused', reason: { code: refused.code, sentence: '' } } : { id, state: 'accepted' }
			);
			return outcomeOf(200, { words }, null);
		}
	});
	const round = async (phone: (typeof phones)[0], writes: number) => {
		phone.disk.writes = writes;
		try {
			return (await sendRound(phone.disk, [carrierOf(phone)], { lane: phone.lane, failures: 0, lot: 0 })).next;
		} catch {
			kills++;
			return 0;
		} finally {
			phone.disk.writes = Infinity;
		}
	};
	// each dies twice, before or after a request, as long as there is anything left to send
	for (const phone of random.shuffle([...phones, ...phones])) {
		const before = kills;
		while (kills === before && (await round(phone, random.below(2))) !== null);
	}
	for (let waiting = random.shuffle(phones); waiting.length > 0;) {
		const left = [];
		for (const phone of waiting) if ((await round(phone, Infinity)) !== null) left.push(phone);
		waiting = left;
	}
	return { ...(await counted(database, phones)), requests, kills };
}

async function counted(
	database: Database,
	phones: readonly { table: Parameters<typeof trayOf>[1]; disk: Disk; id: string; written: string[] }[]
) {
	let [stored, wrong, misplaced, untold] = [0, 0, 0, 0];
	for (const { table, disk, id, written } of phones) {
		const there = (await trayOf(database, table)).filter((note) => note.phone === id).map((note) => note.id);
		stored += new Set(there).size;
		wrong += there.length - new Set(there).size + written.filter((one) => !there.includes(one)).length;
		misplaced += there.filter((one, at) => one !== written[at]).length;
		const entries = [...disk.kept.values()].sort(inOrder);
		untold += entries.filter(({ state }) => state !== 'accepted').length;
	}
	return { stored, wrong, misplaced, untold };
}
