import { uuidv4 } from '#database/ids.ts';
import { registrationOfBadge } from '#events/badge.ts';
import { counted, newEntry, outcomeOf, type Entry } from '#web/offline/outbox.ts';
import { Post, type Sending } from '#web/offline/post.ts';
import type { Carrier } from '#web/offline/sender.ts';
import { checkInBox, type CheckInBox } from './check-in-box.ts';
import { isDoorList, isShut, type AtDoor, type DoorList } from './door-list.ts';

interface Noted {
	readonly registrationId?: string;
	readonly how?: 'badge' | 'name';
	readonly name?: string;
	readonly group?: string | null;
	/** by this phone's clock, of which only the intervals count */
	readonly at: number;
}

/** What came of noting somebody, for whoever stands at the door. Times are by the server's clock. */
export type Told =
	| { readonly kind: 'in'; readonly name: string }
	| { readonly kind: 'before'; readonly name: string; readonly at: number }
	| { readonly kind: 'unknown' };

/** A request without an answer for so long has none; milliseconds. */
const patience = 20_000;
/** After which a page asks again who came by other doors, and who registered. */
const between = 30_000;

/**
 * The door on a phone: the list, and the check-ins that wait. Both lie in the browser's database and come from there where there is no
 * network. The list is forgotten when the door is shut, or opens to this phone no more; what was not sent stays, because it is nowhere else.
 */
export class Door {
	list = $state.raw<DoorList | null>(null);
	/** those of the list, and who was let in here */
	people = $state.raw<readonly AtDoor[]>([]);
	waiting = $state(0);
	refused = $state.raw<readonly { id: string; name: string; sentence: string }[]>([]);
	isLasting = $state(true);
	/** whether the server answered the last time it was asked */
	isReached = $state(true);
	/** why nothing is taken from this phone */
	shut = $state<string | null>(null);
	readonly #address: string;
	#box: CheckInBox | undefined;
	#post: Post | undefined;
	#sending: Sending = { isSending: false, shut: null, failures: 0 };
	/** how far the phone's clock is behind the server's */
	#behind = 0;
	/** of the check-ins; known also where the list is forgotten */
	#lane: string | null = null;
	#timer: ReturnType<typeof setInterval> | undefined;
	#isOver = false;

	/**
	 * @param address of the page, in its language
	 * @param given what the page came with; null where it came from this phone, or to somebody who may not see it
	 */
	constructor(address: string, given: DoorList | null) {
		this.#address = address;
		this.list = given;
		this.people = given?.people ?? [];
	}

	/** @param isFromPhone the page came from the phone itself: then so does the list */
	async start(isFromPhone: boolean): Promise<void> {
		this.#box = await checkInBox();
		this.isLasting = this.#box.isLasting;
		if (this.list) await this.#learned(this.list);
		else if (isFromPhone) {
			this.isReached = false;
			const kept = await this.#box.listOf(this.#address);
			this.#behind = kept?.behind ?? 0;
			this.#lane = kept?.lane ?? null;
			if (kept?.list) await this.#learn(kept.list);
			else await this.#look();
		} else await this.#forget();
		if (this.#isOver) return;
		this.#timer = setInterval(() => void this.refresh(), between);
		if (!this.list) await this.refresh();
	}

	stop(): void {
		this.#isOver = true;
		clearInterval(this.#timer);
		this.#post?.stop();
	}

	/** A code that the camera or a scanner read. */
	async scan(code: string): Promise<Told> {
		const registrationId = registrationOfBadge(code);
		const person = this.people.find((one) => one.registrationId === registrationId);
		return person ? this.arrive(person, 'badge') : { kind: 'unknown' };
	}

	async arrive({ registrationId, name }: AtDoor, how: 'badge' | 'name'): Promise<Told> {
		const person = this.people.find((one) => one.registrationId === registrationId);
		if (person?.hasCome) return { kind: 'before', name, at: person.arrivedAt ?? this.#now() };
		await this.#note({ registrationId, how, at: Date.now() });
		return { kind: 'in', name };
	}

	async walkIn(name: string, group: string | null): Promise<Told> {
		await this.#note({ name, group, at: Date.now() });
		return { kind: 'in', name };
	}

	/** Asks for the list as it is now. */
	async refresh(): Promise<void> {
		if (!this.#box || this.#isOver) return;
		if (this.list && this.#now() > this.list.until) return this.#forget();
		const arrived = (await this.#entries()).filter(({ state }) => state === 'accepted').map(({ id }) => id);
		try {
			const answer = await fetch(`${this.#address}/notes`, { signal: AbortSignal.timeout(patience) });
			const said: unknown = await answer.json().catch(() => null);
			this.isReached = answer.status < 500;
			if (isDoorList(said)) {
				await this.#learned(said, arrived);
			} else if (isShut(said)) await this.#forget(said.shut.sentence);
		} catch {
			this.isReached = false;
		}
	}

	/** @param arrived check-ins that stand in the list now */
	async #learned(list: DoorList, arrived: readonly string[] = []): Promise<void> {
		this.#behind = list.at - Date.now();
		this.shut = null;
		try {
			await this.#box!.keepList(this.#address, { lane: list.lane, list, behind: this.#behind });
			await this.#box!.drop(arrived);
		} catch {
			this.isLasting = false;
		}
		await this.#learn(list);
	}

	async #learn(list: DoorList): Promise<void> {
		this.list = list;
		this.#lane = list.lane;
		await this.#look();
		this.#post ??= new Post(this.#box!, [this.#carrier()], list.lane, (sending) => void this.#heard(sending));
	}

	async #forget(why: string | null = null): Promise<void> {
		this.shut = why;
		this.list = null;
		this.#post?.stop();
		this.#post = undefined;
		await this.#box?.forgetList(this.#address);
		await this.#look();
	}

	async #heard(sending: Sending): Promise<void> {
		const hasEnded = this.#sending.isSending && !sending.isSending;
		this.#sending = sending;
		if (sending.failures > 0) this.isReached = false;
		if (sending.shut) await this.#forget(sending.shut.sentence);
		await this.#look();
		if (hasEnded && !sending.shut && sending.failures === 0) await this.refresh();
	}

	async #note(body: Noted): Promise<void> {
		const about = { id: uuidv4(), lane: this.#lane!, kind: 'check-in', body };
		const entry = newEntry(await this.#entries(), about);
		await this.#box!.write([entry]);
		await this.#look();
		this.#post?.hurry();
	}

	async #entries(): Promise<readonly Entry[]> {
		return this.#lane && this.#box ? this.#box.entries(this.#lane) : [];
	}

	/** The list, and who was noted here: they have come for this phone, whatever the net does. */
	async #look(): Promise<void> {
		const entries = await this.#entries();
		const { waiting, sent } = counted(entries);
		this.waiting = waiting + sent;
		const noted = entries.filter(({ state }) => state !== 'refused').map(({ id, body }) => ({ id, ...(body as Noted) }));
		const came: Readonly<Record<string, number>> = Object.fromEntries(
			noted.flatMap(({ registrationId, at }) => (registrationId ? [[registrationId, at + this.#behind]] : []))
		);
		const people = (this.list?.people ?? []).map((one) => {
			const at = came[one.registrationId];
			return one.hasCome || at === undefined ? one : { ...one, hasCome: true, arrivedAt: at };
		});
		const letIn = noted.flatMap(({ id, name, registrationId, at }): AtDoor[] => {
			if (registrationId || name === undefined) return [];
			const nothing = { organisation: null, group: null, state: 'placed' };
			return [{ registrationId: id, name, ...nothing, hasCome: true, arrivedAt: at + this.#behind }];
		});
		this.people = this.list ? [...letIn, ...people] : [];
		this.refused = entries
			.filter((entry) => entry.state === 'refused' && entry.reason?.code !== 'checked-in-before')
			.map(({ id, body, reason }) => ({ id, name: this.#nameOf(body as Noted), sentence: reason?.sentence ?? '' }));
	}

	#nameOf({ registrationId, name }: Noted): string {
		return name ?? this.people.find((one) => one.registrationId === registrationId)?.name ?? '';
	}

	#now(): number {
		return Date.now() + this.#behind;
	}

	#carrier(): Carrier {
		return {
			...{ kind: 'check-in', most: 50, bytes: 100_000 },
			send: async (_, batch) => {
				const notes = batch.map(({ id, body }) => {
					const { at, ...noted } = body as Noted;
					return { id, age: Date.now() - at, ...noted };
				});
				try {
					const answer = await fetch(`${this.#address}/notes`, {
						...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ notes }) },
						signal: AbortSignal.timeout(patience)
					});
					return outcomeOf(answer.status, await answer.json().catch(() => null), answer.headers.get('retry-after'));
				} catch {
					return outcomeOf(0, null, null);
				}
			}
		};
	}
}
