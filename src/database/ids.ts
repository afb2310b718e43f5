let lastMillisecond = 0;
let counter = 0;

/** A key that sorts by the time of its making (RFC 9562, version 7), also within one millisecond of one process. */
export function uuidv7(): string {
	const bytes = random();
	const now = Date.now();
	if (now > lastMillisecond) {
		lastMillisecond = now;
		counter = ((bytes[6]! & 0x07) << 8) | bytes[7]!;
	} else if (++counter > 0xfff) {
		// a clock that was set back, or more than the counter holds: borrow from the next millisecond
		lastMillisecond += 1;
		counter = 0;
	}
	for (let place = 5, rest = lastMillisecond; place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
	bytes[6] = 0x70 | (counter >> 8);
	bytes[7] = counter & 0xff;
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	return written(bytes);
}

/** A key that tells nothing, not even when it was made: for participants and rooms under the Chatham House rule. */
export function uuidv4(): string {
	const bytes = random();
	bytes[6] = 0x40 | (bytes[6]! & 0x0f);
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	return written(bytes);
}

// a call costs microseconds, whatever it is asked for: many keys share one
const pool = new Uint8Array(4096);
let used = pool.length;

function random(): Uint8Array {
	if (used === pool.length) {
		crypto.getRandomValues(pool);
		used = 0;
	}
	used += 16;
	return pool.slice(used - 16, used);
}

const pairs = Array.from({ length: 256 }, (_, byte) => (byte + 0x100).toString(16).slice(1));

function written(bytes: Uint8Array): string {
	let hex = '';
	for (const byte of bytes) hex += pairs[byte]!;
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
