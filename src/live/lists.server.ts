import type { ServerResponse } from 'node:http';
import type { Connections } from '#live/connections.server.ts';
import { Sending } from '#live/sending.server.ts';
import { Turns } from '#live/turns.server.ts';

/** What happened in an event, as everybody may see it now. */
export interface Told {
	/** its place in the order, without gaps */
	readonly number: number;
	readonly kind: string;
	/** JSON of one line; `null` where there is nothing (any more) that everybody may see, or a later one of the same kind says it all */
	readonly data: string;
}

/** Of which event. */
export interface Listed {
	readonly topicId: string;
	readonly eventId: string;
}

/** What happened after a number, in order and without gaps: as many as fit into one answer. */
export interface Following {
	readonly told: readonly Told[];
	readonly isAll: boolean;
}

/** What is told at one moment. */
export interface Reading {
	/** what happened after each of several numbers, one for each, in their order */
	readonly following: readonly Following[];
	/** JSON of one line: of what has no order, the newest that takes the place of what was told before; null: nothing */
	readonly figures: string | null;
}

/** Read at once, when it is sent. */
export type ReadList = (listed: Listed, after: readonly number[]) => Promise<Reading>;

/** Who stands so close to another is told from the same reading; less than fits into one answer, so that each round brings everybody on. */
const beside = 100;
/** Readings of one round, those for who is furthest first. Who is told later catches up with them. */
const mostReadings = 10;

/** ms from one reading to the next at the least: four a second, with a little to spare for timers that fire early */
const soonest = 255;
/** what moved without a word to this process is found within so long (ms) */
const latest = 1000;

/**
 * Lists that lose nothing: what happens in an event, told to each who listens in its order, each number once, from whichever process. A
 * listener is a number, the last that was sent to them, and nothing else is kept for them: while they are slow nothing queues up, and what
 * comes next is read from the rows again when they can take it. So who is behind, who comes back and who is up to date are the same
 * case; a round is one question to the database, and what it finds is encoded once and cut for each. Figures go along without a number:
 * whoever comes or comes back is told them as they are now, and knows whether they missed some.
 */
export class Lists {
	readonly #read: ReadList;
	readonly #connections: Connections;
	readonly #isShared: boolean;
	readonly #rooms = new Map<string, Room>();
	readonly #turns = new Turns(2);
	#moved = new Set<string>();

	/** @param isShared whether other processes are told what moved; without them nobody would ever empty the list */
	constructor(read: ReadList, connections: Connections, isShared = false) {
		this.#read = read;
		this.#connections = connections;
		this.#isShared = isShared;
	}

	/**
	 * Answers with what happens in an event until the listener leaves.
	 * @param after the last number that they have; 0: nothing
	 * @returns false, with nothing answered, where there is no room for one more
	 */
	listen(listed: Listed, network: string, after: number, response: ServerResponse): boolean {
		const key = keyOf(listed);
		const room = this.#roomOf(listed);
		const listener = this.#connections.open(
			network,
			response,
			(socket) => new Reader(socket, after, () => room.moved()),
			(left) => {
				room.leave(left);
				if (room.size === 0 && this.#rooms.get(key) === room) this.#rooms.delete(key);
			}
		);
		if (listener) room.join(listener);
		else if (room.size === 0) this.#rooms.delete(key);
		return listener !== null;
	}

	/** Something happened in an event, by an act in this process. */
	moved(listed: Listed): void {
		const key = keyOf(listed);
		this.#rooms.get(key)?.moved();
		if (this.#isShared) this.#moved.add(key);
	}

	/** What moved here since the last call, for the other processes. */
	movedHere(): string[] {
		const moved = [...this.#moved];
		this.#moved = new Set();
		return moved;
	}

	movedElsewhere(moved: readonly string[]): void {
		for (const key of moved) this.#rooms.get(key)?.moved();
	}

	#roomOf(listed: Listed): Room {
		const key = keyOf(listed);
		let room = this.#rooms.get(key);
		if (!room) this.#rooms.set(key, (room = new Room((after) => this.#turns.take(() => this.#read(listed, after)))));
		return room;
	}
}

/** One who listens to a list. */
class Reader extends Sending {
	/** the last number that was sent */
	position: number;
	/** the figures that were sent last */
	figures: string | null = null;

	constructor(socket: ConstructorParameters<typeof Sending>[0], position: number, drained: () => void) {
		super(socket, drained);
		this.position = position;
	}
}

/** All who listen to one event. */
class Room {
	readonly #read: (after: readonly number[]) => ReturnType<ReadList>;
	readonly #readers = new Set<Reader>();
	#timer: NodeJS.Timeout | undefined;
	#lastBegan = -Infinity;
	#isReading = false;
	#hasMoved = false;
	#hasFailed = false;

	constructor(read: (after: readonly number[]) => ReturnType<ReadList>) {
		this.#read = read;
	}

	get size(): number {
		return this.#readers.size;
	}

	join(reader: Reader): void {
		this.#readers.add(reader);
		this.moved();
	}

	leave(reader: Reader): void {
		this.#readers.delete(reader);
		if (this.size === 0) clearTimeout(this.#timer);
	}

	moved(): void {
		if (this.#hasMoved) return;
		this.#hasMoved = true;
		if (!this.#isReading) this.#schedule();
	}

	#schedule(): void {
		clearTimeout(this.#timer);
		if (this.size === 0) return;
		const wait = this.#hasMoved && !this.#hasFailed ? soonest : latest;
		this.#timer = setTimeout(() => void this.#readAndSend(), Math.max(0, this.#lastBegan + wait - performance.now())).unref();
	}

	async #readAndSend(): Promise<void> {
		this.#isReading = true;
		this.#hasMoved = false;
		this.#lastBegan = performance.now();
		try {
			const groups = closeTogether([...this.#readers].filter(({ isFull }) => !isFull));
			const now = groups.slice(0, mostReadings);
			if (groups.length > now.length) this.#hasMoved = true;
			if (now.length > 0) {
				const { following, figures } = await this.#read(now.map(([last]) => last!.position));
				now.forEach((readers, at) => this.#send(readers, following[at]!));
				this.#sendFigures(now.flat(), figures);
			}
			this.#hasFailed = false;
		} catch (error) {
			// whoever listens stays at their number; the first of a row of failures is told to the log
			if (!this.#hasFailed) console.error(failure(error));
			this.#hasFailed = true;
		} finally {
			this.#isReading = false;
			this.#schedule();
		}
	}

	#send(readers: readonly Reader[], { told, isAll }: Following): void {
		if (!isAll) this.#hasMoved = true;
		const last = told.at(-1);
		if (!last) return;
		const encoded = told.map(({ number, kind, data }) => Buffer.from(`event: ${kind}\ndata: ${data}\nid: ${number}\n\n`));
		const after = new Map<number, Buffer>();
		for (const reader of readers) {
			const { position } = reader;
			if (position >= last.number) continue;
			let bytes = after.get(position);
			if (!bytes) after.set(position, (bytes = Buffer.concat(encoded.slice(told.findIndex(({ number }) => number > position)))));
			reader.position = last.number;
			reader.write(bytes);
		}
	}

	#sendFigures(readers: readonly Reader[], figures: string | null): void {
		if (figures === null) return;
		const bytes = Buffer.from(`event: figures\ndata: ${figures}\n\n`);
		for (const reader of readers) {
			if (reader.figures === figures || reader.isFull) continue;
			reader.figures = figures;
			reader.write(bytes);
		}
	}
}

/** Groups of those who stand close together, the furthest first; within each the last one first. */
function closeTogether(readers: readonly Reader[]): Reader[][] {
	const groups: Reader[][] = [];
	let furthest = Infinity;
	for (const reader of readers.toSorted((one, other) => other.position - one.position)) {
		if (reader.position < furthest - beside) {
			furthest = reader.position;
			groups.push([]);
		}
		groups.at(-1)!.unshift(reader);
	}
	return groups;
}

/** An event is one within its topic: its id comes from a form. */
function keyOf({ topicId, eventId }: Listed): string {
	return `${topicId} ${eventId}`;
}

function failure(error: unknown): string {
	return JSON.stringify({ at: new Date().toISOString(), lists: error instanceof Error ? error.stack : String(error) });
}
