import { hash } from 'node:crypto';

/** A part of what is told, which is whole in itself: the newest takes the place of the one before. */
export interface Part {
	/** the name under which a browser hears it */
	readonly event: string;
	/** JSON of one line */
	readonly data: string;
}

/** What a listener has: the digest of each part, in order; null of a part that they never had. */
export type Known = readonly (string | null)[];

/**
 * What is told at one moment. Its parts are named by digests of their content, so that two processes which read the same give it the same
 * name, and whoever comes back is sent what they lack and nothing else. It is encoded once for all who lack the same.
 */
export class Bulletin {
	readonly digests: readonly string[];
	readonly #parts: readonly Part[];
	readonly #encoded = new Map<number, Buffer>();

	constructor(parts: readonly Part[]) {
		this.#parts = parts;
		this.digests = parts.map(({ data }) => hash('sha256', data, 'base64url').slice(0, 12));
	}

	/** What somebody lacks, ready to be sent; null: nothing. */
	bytesFor(known: Known): Buffer | null {
		const lacking = this.digests.reduce((set, digest, at) => (known[at] === digest ? set : set | (1 << at)), 0);
		if (lacking === 0) return null;
		let bytes = this.#encoded.get(lacking);
		if (!bytes) this.#encoded.set(lacking, (bytes = this.#encode(lacking)));
		return bytes;
	}

	/** The name stands at the last event alone: before that one somebody who is cut off does not have it all. */
	#encode(lacking: number): Buffer {
		const events = this.#parts
			.filter((_, at) => lacking & (1 << at))
			.map(({ event, data }) => `event: ${event}\ndata: ${data}\n`);
		return Buffer.from(`${events.join('\n')}id: ${this.digests.join('.')}\n\n`);
	}
}

/** The digests in the name of a bulletin (Last-Event-ID); of anything else none that are known. */
export function knownBy(name: string | null | undefined): Known {
	return name && /^[\w-]{12}(?:\.[\w-]{12}){0,7}$/.test(name) ? name.split('.') : [];
}
