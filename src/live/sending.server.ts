import type { Socket } from 'node:net';
import type { Connected } from '#live/connections.server.ts';

/** How long somebody may take in nothing at all before they are let go (ms). */
const longestSilence = 60_000;

/**
 * The end of a stream that is ours. Nothing queues up in it: while its reader is slow it says so, and whoever sends keeps in mind what to
 * send next. Written without Node's layer of HTTP, whose share would be a third of the work: the answer has begun, and ends with its connection.
 */
export class Sending implements Connected {
	readonly #socket: Socket;
	#fullSince: number | null = null;

	/** @param drained called when a slow reader has taken in everything */
	constructor(socket: Socket, drained: () => void) {
		this.#socket = socket;
		socket.on('drain', () => {
			this.#fullSince = null;
			drained();
		});
	}

	get isFull(): boolean {
		return this.#fullSince !== null;
	}

	write(bytes: Buffer): void {
		if (!this.#socket.write(bytes)) this.#fullSince ??= performance.now();
	}

	beat(bytes: Buffer): void {
		if (this.#fullSince === null) this.write(bytes);
		else if (performance.now() - this.#fullSince > longestSilence) this.#socket.destroy();
	}

	end(): void {
		// whoever takes nothing in would hold up the end of the process
		if (this.isFull) this.#socket.destroy();
		else this.#socket.end();
	}
}
