import { createHash, type Hash } from 'node:crypto';
import { addressParser, decodeWords } from 'postal-mime';
import { refusal } from '#refusals/refusal.ts';
import { decode } from '../decoding.ts';

/** The header of a mail: names in small letters, values unfolded, as they stand there. */
export type MailHead = ReadonlyMap<string, readonly string[]>;

/** A head beyond this was made to hurt. */
const longestHead = 256 * 1024;

/**
 * Reads a mail as it arrives, whatever its size: its head, and a likeness that is the same for the same mail sent twice, also where the
 * servers on its way noted themselves in its head or changed its line ends.
 */
export class MailReader {
	#head: Buffer | undefined = Buffer.alloc(0);
	#fields: MailHead = new Map();
	readonly #body: Hash = createHash('sha256');
	#ends = 0;

	take(chunk: Uint8Array): void {
		if (this.#head === undefined) return this.#takeBody(chunk);
		const grown = Buffer.concat([this.#head, chunk]);
		const end = /\r?\n\r?\n|^\r?\n/u.exec(grown.toString('latin1', 0, longestHead + 4));
		if (end === null) {
			if (grown.length > longestHead) throw refusal('mail-unusable');
			this.#head = grown;
			return;
		}
		this.#fields = headOf(grown.subarray(0, end.index));
		this.#head = undefined;
		this.#takeBody(grown.subarray(end.index + end[0].length));
	}

	end(): { head: MailHead; likeness: Buffer } {
		if (this.#head !== undefined) this.#fields = headOf(this.#head);
		const head = this.#fields;
		const name = head.get('message-id')?.[0] ?? ['from', 'date', 'subject'].map((field) => head.get(field)?.[0] ?? '').join('\n');
		const likeness = createHash('sha256').update(name, 'utf8').update('\0').update(this.#body.digest()).digest();
		return { head, likeness };
	}

	/** Line ends are counted as one sign, those at the end of all not at all. */
	#takeBody(chunk: Uint8Array): void {
		const text = Buffer.from(chunk).toString('latin1').replaceAll('\r', '');
		let end = text.length;
		while (end > 0 && text[end - 1] === '\n') end -= 1;
		if (end > 0) {
			for (; this.#ends > 0; this.#ends -= Math.min(this.#ends, 1024)) this.#body.update('\n'.repeat(Math.min(this.#ends, 1024)));
			this.#body.update(text.slice(0, end), 'latin1');
		}
		this.#ends += text.length - end;
	}
}

/** @param bytes what stands before the first blank line */
export function headOf(bytes: Uint8Array): MailHead {
	const fields = new Map<string, string[]>();
	// a head in raw Cyrillic or Chinese letters is against the rules, and comes
	const { text } = decode(bytes);
	for (const field of text.replaceAll('\0', '').split(/\r?\n(?![ \t])/u)) {
		const found = /^([!-9;-~]{1,100})\s*:([\s\S]*)$/u.exec(field);
		if (!found) continue;
		const name = found[1]!.toLowerCase();
		const value = found[2]!.replaceAll(/\r?\n[ \t]+/gu, ' ').trim();
		fields.set(name, [...(fields.get(name) ?? []), value]);
	}
	return fields;
}

/** A value for people: encoded words decoded, one line, without what directs or ends lines. */
export function readable(value: string | undefined): string {
	return decodeWords(value ?? '')
		.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
		.replaceAll(/\s+/gu, ' ')
		.toWellFormed()
		.trim();
}

/** Who wrote it, by their own account; '' where no one address stands there. */
export function writerOf(head: MailHead): { address: string; name: string } {
	const [first] = addressParser(head.get('from')?.[0] ?? '', { flatten: true });
	const address = addressIn(first?.address ?? '');
	return { address, name: readable(first?.name).slice(0, 200) };
}

/** The address in small letters, or '' where it is none to which mail could go. */
export function addressIn(text: string): string {
	const address = text.trim().replace(/^<|>$/gu, '').toLowerCase();
	return address.length <= 254 && /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]+$/u.test(address) ? address : '';
}

export function messageIdOf(head: MailHead): string {
	return /<[^<>\s]{1,400}>/u.exec(head.get('message-id')?.[0] ?? '')?.[0] ?? '';
}
