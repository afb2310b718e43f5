import { faultOf, type Card, type Marker } from '#cafes/notes/note.ts';
import { uuidv4 } from '#database/ids.ts';
import { BrowserBox, storageTrouble } from '#web/offline/box.ts';
import { fromFile, unpacked } from '#web/offline/handing-over.ts';
import { again, counted, inOrder, newEntry, type Entry, type State } from '#web/offline/outbox.ts';
import { Post, type Sending } from '#web/offline/post.ts';
import { carriersOf, patience } from './carrying.ts';
import { cardsAsFile, cardsInPictures, entriesOf } from './handing-over.ts';
import { isKnown, type Known } from './known.ts';
import { digestOf, madeSmall } from './pictures.ts';
import { shownThreads, type ShownCard, type ShownThread } from './threads.ts';

/** What somebody types now; kept at each keystroke. */
export interface Draft {
	text: string;
	marker: Marker;
	language: string;
	group: string;
	name: string;
	/** the card that is said anew */
	revises: string | null;
}

/** After which a page asks the server again what it should know. */
const seconds = 20;
/**
 * The notebook of a table on this phone. What it knows and what was written lies in the browser's database, and comes from there when there
 * is no network; everything that is shown follows from the two.
 */
export class Notebook {
	known = $state.raw<Known | null>(null);
	entries = $state.raw<readonly Entry[]>([]);
	sending = $state.raw<Sending>({ isSending: false, shut: null, failures: 0 });
	/** why the browser keeps nothing: what is typed then stays in the form */
	trouble = $state<'full' | 'none' | null>(null);
	/** whether the server answered the last time it was asked */
	isReached = $state(true);
	draft = $state<Draft>({ text: '', marker: 'idea', language: 'und', group: '', name: '', revises: null });
	/** the round that somebody chose; null: the one that is on */
	chosen = $state<number | null>(null);
	/** by the server's clock */
	now = $state(0);
	isRehearsing = $state(false);
	/** what was brought over from another phone */
	brought = $state<number | null>(null);

	// only a browser has one
	#box!: BrowserBox;
	readonly #base: string;
	#post: Post | null = null;
	#phone = '';
	/** how far the phone's clock is behind the server's; a clock that is hours wrong changes no round */
	#behind = 0;
	#timers: ReturnType<typeof setInterval>[] = [];

	/**
	 * @param base the address of the page: "/notebook", "/fr/notebook"
	 * @param given what the page came with; null where it came from this phone itself
	 */
	constructor(base: string, given: Known | null) {
		this.#base = base;
		// as it is drawn before the script arrives
		this.known = given;
		this.now = given?.at ?? 0;
		this.draft.language = given?.language ?? 'und';
	}

	async open(given: Known | null): Promise<void> {
		this.#box = new BrowserBox('open-talks notebook');
		try {
			const kept = await this.#box.kept('known');
			const phone = await this.#box.kept('phone');
			this.#phone = typeof phone === 'string' ? phone : uuidv4();
			if (phone !== this.#phone) await this.#box.keep('phone', this.#phone);
			if (!given && isKnown(kept)) this.#learn(kept, await this.#behindKept());
		} catch (error) {
			this.#phone ||= uuidv4();
			this.trouble = storageTrouble(error);
		}
		if (given) await this.#learned(given);
		await this.#begin();
		// asked for once, silently: a browser that says no keeps what it has until its disk is full
		if ('storage' in navigator && 'persist' in navigator.storage) void navigator.storage.persist().catch(() => false);
		this.#timers = [setInterval(() => this.#tick(), 1000), setInterval(() => void this.ask(), seconds * 1000)];
		if (!given) void this.ask();
	}

	close(): void {
		for (const timer of this.#timers) clearInterval(timer);
		this.#post?.stop();
	}

	get lane(): string {
		return `${this.known?.lane ?? ''}${this.isRehearsing ? ' rehearsal' : ''}`;
	}

	get round(): number {
		return this.chosen ?? this.known?.on?.round ?? 1;
	}

	get counts(): Readonly<Record<State, number>> {
		return counted(this.entries);
	}

	/** What has not arrived as far as this phone knows: it is the only place where it stands. */
	get unsent(): readonly Entry[] {
		return this.entries.filter((entry) => entry.state !== 'accepted').sort(inOrder);
	}

	/** All cards of the table that this phone knows of, as threads in their order. */
	get threads(): readonly ShownThread[] {
		return shownThreads(this.entries, this.isRehearsing ? [] : (this.known?.cards ?? []));
	}

	/** Keeps what was typed as a card of this phone, and sends it when it can. @returns false where the browser keeps nothing: it stays in the form */
	async write(): Promise<boolean> {
		const id = uuidv4();
		const card = this.#card(id, 1, this.draft);
		if (!this.known || faultOf(card) !== null) return false;
		const entry = this.#entry(id, 'card', (place): Card => ({ ...card, place }));
		if (!(await this.#keep([entry]))) return false;
		this.draft = { ...this.draft, text: '', revises: null };
		await this.keepDraft();
		return true;
	}

	/** Takes a card back: a revision without words. */
	async takeBack(card: ShownCard): Promise<void> {
		const id = uuidv4();
		const { marker, language, round } = card;
		const empty = this.#card(id, 1, { marker, language, text: '', group: '', name: '', revises: card.id });
		const entry = this.#entry(id, 'card', (place): Card => ({ ...empty, round, place }));
		await this.#keep([entry]);
	}

	/** What was refused is asked again, or said anew. */
	async askAgain(id: string): Promise<void> {
		const entry = this.entries.find((one) => one.id === id);
		if (entry) await this.#keep([again(entry)]);
	}

	/** Of a card that was refused and is of no use. */
	async throwAway(id: string): Promise<void> {
		await this.#box.drop([id]).catch(() => {});
		await this.#look();
	}

	async feedback(went: number, words: string): Promise<boolean> {
		const id = uuidv4();
		return this.#keep([this.#entry(id, 'feedback', () => ({ id, went, words, language: this.draft.language }))]);
	}

	/** A photo is made as small as it is read; one that no browser can open is said. */
	async photo(file: Blob): Promise<'kept' | 'unreadable' | 'not-kept'> {
		const small = await madeSmall(file).catch(() => null);
		if (!small) return 'unreadable';
		const id = uuidv4();
		const sha256 = await digestOf(small);
		const entry = this.#entry(id, 'photo', () => ({ id, sha256, size: small.size, round: this.round }));
		return (await this.#keep([entry], { id, blob: small })) ? 'kept' : 'not-kept';
	}

	/** A draft that is not kept is lost with the page, and nothing else. */
	async keepDraft(): Promise<void> {
		await this.#box.keep(`draft ${this.lane}`, $state.snapshot(this.draft)).catch((error: unknown) => {
			this.trouble = storageTrouble(error);
		});
	}

	/** Cards that have not arrived, as texts of square pictures, and what is too large for one. */
	pictures(origin: string): { addresses: string[]; left: number } {
		return cardsInPictures(this.unsent, this.lane, `${origin}${this.#base}#cards=`);
	}

	/** The same as a file, with what stands in the form. */
	file(): string {
		return cardsAsFile(this.unsent, this.lane, this.#card(uuidv4(), 1e9, this.draft));
	}

	/** Takes what another phone handed over, by an address or a file: what is here already stays as it is. @returns null where it is nothing of the kind */
	async bring(text: string): Promise<number | null> {
		const handed = text.startsWith('{') ? fromFile(text) : unpacked(text);
		if (!handed) return null;
		const known = (await this.#box.all()).map(({ id }) => id);
		const entries = entriesOf(handed).filter(({ id }) => !known.includes(id));
		if (!(await this.#keep(entries))) return null;
		this.brought = handed.bodies.length;
		return handed.bodies.length;
	}

	/** A rehearsal has a lane of its own, of which nothing is left when it ends. */
	async rehearse(on: boolean): Promise<void> {
		if (!on) await this.#box.drop(this.entries.map(({ id }) => id)).catch(() => {});
		this.isRehearsing = on;
		await this.#begin();
	}

	tryAgain(): void {
		this.#post?.tryAgain();
		void this.ask();
	}

	/** What is new at the table: the round, cards of the other phone. */
	async ask(): Promise<void> {
		try {
			const response = await fetch(`${this.#base}/known`, { signal: AbortSignal.timeout(patience) });
			this.isReached = response.status < 500;
			if (!response.ok) return;
			const known: unknown = await response.json();
			if (isKnown(known)) await this.#learned(known);
			// a phone that has a table, and whose link opens it no more
			else if (this.known) this.sending = { ...this.sending, shut: (known as Pick<Sending, 'shut'>).shut };
		} catch {
			this.isReached = false;
		}
	}

	async #learned(known: Known): Promise<void> {
		const lane = this.known?.lane;
		this.#learn(known, known.at - Date.now());
		try {
			await this.#box.keep('known', known);
			await this.#box.keep('behind', this.#behind);
		} catch (error) {
			this.trouble = storageTrouble(error);
		}
		if (lane !== undefined && lane !== known.lane) await this.#begin();
	}

	#learn(known: Known, behind: number): void {
		this.known = known;
		this.#behind = behind;
		this.#tick();
	}

	async #behindKept(): Promise<number> {
		const behind = await this.#box.kept('behind');
		return typeof behind === 'number' ? behind : 0;
	}

	#tick(): void {
		this.now = Date.now() + this.#behind;
	}

	async #begin(): Promise<void> {
		this.#post?.stop();
		const { lane } = this;
		await this.#look();
		try {
			const draft = (await this.#box.kept(`draft ${lane}`)) as Draft | undefined;
			this.draft = draft ?? { ...this.draft, text: '', revises: null, language: this.known?.language ?? 'und' };
		} catch (error) {
			this.trouble = storageTrouble(error);
		}
		this.#post = new Post(this.#box, carriersOf(this.#base, this.#box), lane, (sending) => {
			this.sending = sending;
			void this.#look();
		});
	}

	async #look(): Promise<void> {
		try {
			this.entries = await this.#box.entries(this.lane);
		} catch (error) {
			this.trouble = storageTrouble(error);
		}
	}

	#card(id: string, place: number, { text, marker, language, revises, group, name }: Draft): Card {
		return {
			...{ id, table: this.known?.lane ?? '', round: this.round, place, phone: this.#phone, marker, language, text, revises },
			...{ group: group || null, name: name || null, isRehearsal: this.isRehearsing }
		};
	}

	#entry(id: string, kind: string, body: (place: number) => unknown): Entry {
		const after = (this.known?.cards ?? []).reduce((most, card) => Math.max(most, card.place), 0);
		const entry = newEntry(this.entries, { id, lane: this.lane, kind, body: null, after });
		return { ...entry, body: body(entry.place) };
	}

	async #keep(entries: readonly Entry[], blob?: { id: string; blob: Blob }): Promise<boolean> {
		try {
			await this.#box.write(entries, blob);
			this.trouble = null;
		} catch (error) {
			this.trouble = storageTrouble(error);
			return false;
		}
		await this.#look();
		this.#post?.hurry();
		return true;
	}
}
