import type { ServerResponse } from 'node:http';
import { Audience, type Reading } from '#live/audience.server.ts';
import { knownBy } from '#live/bulletin.server.ts';
import { Connections } from '#live/connections.server.ts';
import { Listener } from '#live/listener.server.ts';
import { Turns } from '#live/turns.server.ts';

/** Readings of all audiences that ask the database at the same time. */
const readingsAtOnce = 2;

/**
 * Server-sent events. Each topic that somebody listens to has an audience, which is there as long as somebody does. Made once for each
 * process; processes tell each other what moved as a hint, and find it by themselves where they miss the hint.
 */
export class Live {
	readonly #read: (topicId: string) => Promise<Reading>;
	readonly #audiences = new Map<string, Audience>();
	readonly #connections: Connections;
	readonly #turns = new Turns(readingsAtOnce);
	readonly #isShared: boolean;
	#moved = new Set<string>();

	/**
	 * @param read what is told of a topic
	 * @param isShared whether other processes are told what moved; without them nobody would ever empty the list
	 */
	constructor(read: (topicId: string) => Promise<Reading>, isShared = false, connections = new Connections()) {
		this.#read = read;
		this.#isShared = isShared;
		this.#connections = connections;
	}

	/** How many listen, to figures or lists. */
	get size(): number {
		return this.#connections.size;
	}

	/**
	 * Answers with what moves in a topic until the listener leaves.
	 * @param known the name of what they had last (Last-Event-ID)
	 * @returns false, with nothing answered, where there is no room for one more
	 */
	listen(topicId: string, network: string, known: string | null, response: ServerResponse): boolean {
		const audience = this.#audienceOf(topicId);
		const listener = this.#connections.open(
			network,
			response,
			(socket) => new Listener(socket, knownBy(known)),
			(left) => {
				audience.remove(left);
				this.#forget(topicId, audience);
			}
		);
		if (listener) audience.add(listener);
		else this.#forget(topicId, audience);
		return listener !== null;
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
		this.#connections.close();
		for (const audience of this.#audiences.values()) audience.end();
	}

	#audienceOf(topicId: string): Audience {
		let audience = this.#audiences.get(topicId);
		if (audience) return audience;
		audience = new Audience(
			() => this.#turns.take(() => this.#read(topicId)),
			() => this.#audiences.delete(topicId)
		);
		this.#audiences.set(topicId, audience);
		return audience;
	}

	#forget(topicId: string, audience: Audience): void {
		if (audience.size === 0 && this.#audiences.get(topicId) === audience) this.#audiences.delete(topicId);
	}
}
