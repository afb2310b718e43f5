import type { Socket } from 'node:net';
import type { Bulletin, Known } from '#live/bulletin.server.ts';
import { Sending } from '#live/sending.server.ts';

/** One who listens to figures. While they are slow the newest bulletin waits, and those before it are passed over. */
export class Listener extends Sending {
	#known: Known;
	#waiting: Bulletin | null = null;

	/** @param known what they had when they came back */
	constructor(socket: Socket, known: Known) {
		super(socket, () => {
			const bulletin = this.#waiting;
			this.#waiting = null;
			if (bulletin) this.tell(bulletin);
		});
		this.#known = known;
	}

	tell(bulletin: Bulletin): void {
		if (this.isFull) {
			this.#waiting = bulletin;
			return;
		}
		const bytes = bulletin.bytesFor(this.#known);
		this.#known = bulletin.digests;
		if (bytes) this.write(bytes);
	}
}
