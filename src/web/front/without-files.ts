const mostHead = 16 * 1024;

/**
 * A form as it streams by, without the content of its files: what a person typed is given back to them though their file was far too large to be read.
 * Multipart as browsers write it (RFC 7578); what is none of it passes as it is, up to the limit.
 */
export class WithoutFiles {
	readonly #delimiter: Buffer;
	readonly #most: number;
	#waiting: Buffer = Buffer.alloc(0);
	#kept: Buffer[] = [];
	#size = 0;
	#isHead = true;
	#isFile = false;

	/** @param most bytes that are kept; what is longer is not kept at all */
	constructor(contentType: string, most: number) {
		const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
		this.#delimiter = Buffer.from(boundary === undefined ? '' : `\r\n--${boundary}`);
		this.#most = most;
		// the first delimiter has no line before it
		if (boundary !== undefined) this.#waiting = Buffer.from('\r\n');
	}

	add(piece: Uint8Array): void {
		if (this.#delimiter.length === 0) return this.#keep(piece);
		this.#waiting = Buffer.concat([this.#waiting, piece]);
		while (this.#step());
	}

	/** The form with its files empty; nothing of one with more text than is kept. */
	whole(): Uint8Array<ArrayBuffer> {
		if (this.#isHead) this.#keep(this.#waiting);
		if (this.#size > this.#most) return new Uint8Array();
		const whole = Buffer.concat(this.#kept);
		// the line that was put before the first delimiter
		return new Uint8Array(this.#delimiter.length === 0 ? whole : whole.subarray(2));
	}

	/** One head or as much of a content as is there; false: more has to come. */
	#step(): boolean {
		if (this.#isHead) {
			const end = this.#waiting.indexOf('\r\n\r\n');
			if (end === -1) {
				// no browser writes such a head: nothing of it is kept, and it does not pile up
				if (this.#waiting.length > mostHead) this.#size = Infinity;
				if (this.#size > this.#most) this.#waiting = Buffer.alloc(0);
				return false;
			}
			const head = this.#take(end + 4);
			this.#isFile = /;\s*filename\*?=/i.test(head.toString('latin1'));
			// a file that nobody chose
			this.#keep(
				this.#isFile
					? Buffer.from(head.toString('latin1').replace(/filename\*?=("[^"]*"|[^;\r\n]*)/gi, 'filename=""'), 'latin1')
					: head
			);
			this.#isHead = false;
			return true;
		}
		const end = this.#waiting.indexOf(this.#delimiter);
		// its end may hold the beginning of a delimiter
		const content = this.#take(end === -1 ? Math.max(0, this.#waiting.length - this.#delimiter.length) : end);
		if (!this.#isFile) this.#keep(content);
		this.#isHead = end !== -1;
		return end !== -1;
	}

	#take(length: number): Buffer {
		const taken = this.#waiting.subarray(0, length);
		this.#waiting = this.#waiting.subarray(length);
		return taken;
	}

	#keep(piece: Uint8Array): void {
		this.#size += piece.length;
		if (this.#size > this.#most) this.#kept = [];
		// a copy: a piece of the stream would keep all of it
		else this.#kept.push(Buffer.from(piece));
	}
}
