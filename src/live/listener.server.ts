import type { Socket } from 'node:net';
import type { Bulletin, Known } from '#live/bulletin.server.ts';

/** How long somebody may take in nothing at all before they are let go (ms). */
const longestSilence = 60_000;

/**
 * One who listens. Nothing queues up for them: while they are slow the newest bulletin waits, and those before it are passed over. They are
 * written to without Node's layer of HTTP, whose share would be a third of the work: the answer has begun, and ends with its connection.
 */
export class Listener {
	readonly #socket: Socket;
	#known: Known;
	#waiting: Bulletin | null = null;
	#fullSince: number | null = null;

	/** @param known what they had when they came back */
	constructor(socket: Socket, known: Known) {
		this.#socket = socket;
		this.#known = known;
		socket.on('drain', () => {
			this.#fullSince = null;
			const bulletin = this.#waiting;
			this.#waiting = null;
			if (bulletin) this.tell(bulletin);
		});
	}

	tell(bulletin: Bulletin): void {
		if (this.#fullSince !== null) {
			this.#waiting = bulletin;
			return;
		}
		const bytes = bulletin.bytesFor(this.#known);
		this.#known = bulletin.digests;
		if (bytes) this.write(bytes);
	}

	/** A sign of life, which whoever is slow does not get. */
	beat(bytes: Buffer): void {
		if (this.#fullSince === null) this.write(bytes);
		else if (performance.now() - this.#fullSince > longestSilence) this.#socket.destroy();
	}

	write(bytes: Buffer): void {
		if (!this.#socket.write(bytes)) this.#fullSince = performance.now();
	}

	end(): void {
		// whoever takes nothing in would hold up the end of the process
		if (this.#fullSince === null) this.#socket.end();
		else this.#socket.destroy();
	}
}
