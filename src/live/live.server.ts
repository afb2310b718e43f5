import type { ServerResponse } from 'node:http';
import { Audience, type Reading } from '#live/audience.server.ts';
import { knownBy } from '#live/bulletin.server.ts';
import { Listener } from '#live/listener.server.ts';

/** Listeners of one process, and of one network in it: a hall of 300 people with some windows each. */
const most = 12_000;
const mostOfNetwork = 1_000;

/** ms between signs of life, so that no proxy takes the connection for dead and every listener notices where it is */
const beatEvery = 15_000;
const beat = Buffer.from('event: beat\ndata:\n\n');

/** Readings of all audiences that ask the database at the same time. */
const readingsAtOnce = 2;

/**
 * Server-sent events. Each topic that somebody listens to has an audience, which is there as long as somebody does. Made once for each
 * process; processes tell each other what moved as a hint, and find it by themselves where they miss the hint.
 */
export class Live {
	readonly #read: (topicId: string) => Promise<Reading>;
	readonly #audiences = new Map<string, Audience>();
	readonly #ofNetwork = new Map<string, number>();
	readonly #isShared: boolean;
	#moved = new Set<string>();
	#size = 0;
	#isClosed = false;
	#beating: NodeJS.Timeout | undefined;
	#readings = 0;
	readonly #waiting: (() => void)[] = [];

	/**
	 * @param read what is told of a topic
	 * @param isShared whether other processes are told what moved; without them nobody would ever empty the list
	 */
	constructor(read: (topicId: string) => Promise<Reading>, isShared = false) {
		this.#read = read;
		this.#isShared = isShared;
	}

	/** How many listen. */
	get size(): number {
		return this.#size;
	}

	/**
	 * Answers with what moves in a topic until the listener leaves.
	 * @param known the name of what they had last (Last-Event-ID)
	 * @returns false, with nothing answered, where there is no room for one more
	 */
	listen(topicId: string, network: string, known: string | null, response: ServerResponse): boolean {
		const ofNetwork = this.#ofNetwork.get(network) ?? 0;
		const { socket } = response;
		// behind an answer on the same connection that has not ended yet, and may never end
		if (socket === null) return false;
		if (this.#isClosed || this.#size >= most || ofNetwork >= mostOfNetwork) return false;
		this.#size++;
		this.#ofNetwork.set(network, ofNetwork + 1);
		// not in chunks: what is told is encoded once, and the same bytes go to all
		response.removeHeader('transfer-encoding');
		response.writeHead(200, headers).flushHeaders();
		const listener = new Listener(socket, knownBy(known));
		// they come back spread over some seconds, not all in the one in which this process is there again
		listener.write(Buffer.from(`retry: ${1000 + Math.floor(4000 * Math.random())}\n\n`));
		const audience = this.#audienceOf(topicId);
		audience.add(listener);
		this.#beating ??= setInterval(() => this.#beat(), beatEvery).unref();
		response.once('close', () => {
			audience.remove(listener);
			if (audience.size === 0 && this.#audiences.get(topicId) === audience) this.#audiences.delete(topicId);
			this.#leave(network);
		});
		return true;
	}

	/** Something moved in a topic, by an act in this process. */
	moved(topicId: string): void {
		this.#audiences.get(topicId)?.moved();
		if (this.#isShared) this.#moved.add(topicId);
	}

	/** What moved here since the last call, for the other processes. */
	movedHere(): string[] {
		const moved = [...this.#moved];
		this.#moved = new Set();
		return moved;
	}

	movedElsewhere(topicIds: readonly string[]): void {
		for (const topicId of topicIds) this.#audiences.get(topicId)?.moved();
	}

	/** Lets all go; they come back by themselves, to whichever process is there then. */
	close(): void {
		this.#isClosed = true;
		clearInterval(this.#beating);
		for (const audience of this.#audiences.values()) audience.end();
	}

	#audienceOf(topicId: string): Audience {
		let audience = this.#audiences.get(topicId);
		if (audience) return audience;
		audience = new Audience(
			() => this.#inTurn(() => this.#read(topicId)),
			() => this.#audiences.delete(topicId)
		);
		this.#audiences.set(topicId, audience);
		return audience;
	}

	#leave(network: string): void {
		this.#size--;
		const left = this.#ofNetwork.get(network)! - 1;
		if (left === 0) this.#ofNetwork.delete(network);
		else this.#ofNetwork.set(network, left);
		if (this.#size > 0) return;
		clearInterval(this.#beating);
		this.#beating = undefined;
	}

	#beat(): void {
		for (const audience of this.#audiences.values()) audience.beat(beat);
	}

	/** However many topics are listened to, who takes part finds the database free. */
	async #inTurn(read: () => Promise<Reading>): Promise<Reading> {
		if (this.#readings >= readingsAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		else this.#readings++;
		try {
			return await read();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#readings--;
		}
	}
}

const headers = {
	'content-type': 'text/event-stream; charset=utf-8',
	// no-transform: a proxy that compresses would hold back what it has until there is more
	'cache-control': 'no-store, no-transform',
	'x-accel-buffering': 'no',
	// the connection ends with the answer: a process that ends waits for none of them
	connection: 'close',
	'x-content-type-options': 'nosniff',
	'cross-origin-resource-policy': 'same-origin'
};
