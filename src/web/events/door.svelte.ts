import { registrationOfBadge } from '#events/badge.ts';
import { counted, isSettled, newEntry, outcomeOf, type Entry } from '#web/offline/outbox.ts';
import { sendRound, type Box, type Carrier } from '#web/offline/sender.ts';
import { checkInBox } from './check-in-box.ts';

/** One who may come through the door, as the phone knows them. */
export interface AtDoor {
	readonly registrationId: string;
	readonly name: string;
	readonly organisation: string | null;
	readonly group: string | null;
	readonly state: string;
	readonly hasCome: boolean;
	readonly arrivedAt: number | string | null;
}

interface Noted {
	readonly registrationId?: string;
	readonly how?: 'badge' | 'name';
	readonly name?: string;
	readonly group?: string | null;
	/** by this phone's clock, of which only the intervals count */
	readonly at: number;
}

/** What came of noting somebody, for whoever stands at the door. */
export type Told =
	| { readonly kind: 'in'; readonly name: string }
	| { readonly kind: 'before'; readonly name: string; readonly at: number | string }
	| { readonly kind: 'unknown' };

/** The list of a door on a phone, and the check-ins that wait on it. */
export class Door {
	people = $state<readonly AtDoor[]>([]);
	waiting = $state(0);
	refused = $state<readonly { id: string; name: string; sentence: string }[]>([]);
	isLasting = $state(true);
	readonly #lane: string;
	readonly #address: string;
	#box: Box | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#failures = 0;
	#sending = false;

	constructor(lane: string, address: string, people: readonly AtDoor[]) {
		this.#lane = lane;
		this.#address = address;
		this.people = people;
	}

	/** @returns what ends it */
	start(): () => void {
		const now = () => void this.send();
		void checkInBox().then(async (box) => {
			this.#box = box;
			this.isLasting = box.isLasting;
			for (const entry of await box.entries(this.#lane)) this.#mark(entry);
			await this.#count();
			await this.send();
		});
		addEventListener('online', now);
		const refreshing = setInterval(now, 30_000);
		return () => {
			removeEventListener('online', now);
			clearInterval(refreshing);
			clearTimeout(this.#timer);
		};
	}

	/** A code that the camera or a scanner read. */
	async scan(code: string): Promise<Told> {
		const registrationId = registrationOfBadge(code);
		const person = this.people.find((one) => one.registrationId === registrationId);
		return person ? this.arrive(person, 'badge') : { kind: 'unknown' };
	}

	async arrive({ registrationId, name }: AtDoor, how: 'badge' | 'name'): Promise<Told> {
		const person = this.people.find((one) => one.registrationId === registrationId);
		if (person?.hasCome) return { kind: 'before', name, at: person.arrivedAt ?? Date.now() };
		await this.#note({ registrationId, how, at: Date.now() });
		return { kind: 'in', name };
	}

	async walkIn(name: string, group: string | null): Promise<Told> {
		await this.#note({ name, group, at: Date.now() });
		return { kind: 'in', name };
	}

	/** Sends what waits, then asks for the list as it is now. Without a net both are tried again. */
	async send(): Promise<void> {
		if (this.#sending || !this.#box) return;
		this.#sending = true;
		try {
			const round = await sendRound(this.#box, [this.#carrier()], {
				lane: this.#lane,
				failures: this.#failures,
				lot: Math.random()
			});
			this.#failures = round.next === null ? 0 : this.#failures + 1;
			clearTimeout(this.#timer);
			if (round.next !== null) this.#timer = setTimeout(() => void this.send(), round.next * 1000);
			await this.#count();
			if (round.next === null && round.shut === null) await this.#refresh();
		} finally {
			this.#sending = false;
		}
	}

	async #note(body: Noted): Promise<void> {
		const known = (await this.#box?.entries(this.#lane)) ?? [];
		const entry = newEntry(known, { id: crypto.randomUUID(), lane: this.#lane, kind: 'check-in', body });
		await this.#box?.write([entry]);
		this.#mark(entry);
		await this.#count();
		void this.send();
	}

	/** Who was noted here has come for this phone, whatever the net does. */
	#mark(entry: Entry): void {
		const { registrationId, name = '', at } = entry.body as Noted;
		if (entry.state === 'refused') return;
		if (registrationId)
			this.people = this.people.map((one) =>
				one.registrationId === registrationId && !one.hasCome ? { ...one, hasCome: true, arrivedAt: at } : one
			);
		else if (!isSettled(entry))
			this.people = [
				{
					registrationId: entry.id,
					name,
					organisation: null,
					group: null,
					state: 'placed',
					hasCome: true,
					arrivedAt: at
				},
				...this.people
			];
	}

	async #count(): Promise<void> {
		const entries = (await this.#box?.entries(this.#lane)) ?? [];
		const { waiting, sent } = counted(entries);
		this.waiting = waiting + sent;
		this.refused = entries
			.filter(({ state, reason }) => state === 'refused' && reason?.code !== 'checked-in-before')
			.map(({ id, body, reason }) => ({ id, name: this.#nameOf(body as Noted), sentence: reason?.sentence ?? '' }));
	}

	#nameOf({ registrationId, name }: Noted): string {
		return name ?? this.people.find((one) => one.registrationId === registrationId)?.name ?? '';
	}

	async #refresh(): Promise<void> {
		const answer = await fetch(`${this.#address}/notes`).catch(() => null);
		if (!answer?.ok) return;
		const { people } = (await answer.json()) as { people: AtDoor[] };
		this.people = people;
		for (const entry of (await this.#box?.entries(this.#lane)) ?? []) if (!isSettled(entry)) this.#mark(entry);
	}

	#carrier(): Carrier {
		return {
			kind: 'check-in',
			most: 50,
			bytes: 100_000,
			send: async (_, batch) => {
				const notes = batch.map(({ id, body }) => {
					const { at, ...noted } = body as Noted;
					return { id, age: Date.now() - at, ...noted };
				});
				try {
					const answer = await fetch(`${this.#address}/notes`, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ notes })
					});
					return outcomeOf(answer.status, await answer.json().catch(() => null), answer.headers.get('retry-after'));
				} catch {
					return outcomeOf(0, null, null);
				}
			}
		};
	}
}
