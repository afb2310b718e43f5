import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';

/**
 * What a phone could not send, for another one: as text in square pictures, or as a file. Both hold the same: the bodies of entries, which carry
 * their ids, so that it does not matter how often and by how many ways they arrive.
 */
export interface HandedOver {
	readonly lane: string;
	readonly bodies: readonly unknown[];
}

/** Signs of one square picture: more, and phones of some years ago read it no more. */
export const mostSigns = 1500;
/** What unpacks to more is no table's cards. */
const mostBytes = 4 * 1024 * 1024;

/** Packed as text that an address can bear. */
export function packed(handed: HandedOver): string {
	return toAddress(deflateSync(strToU8(JSON.stringify(handed)), { level: 9 }));
}

/** Null where it is nothing that a phone of ours packed. */
export function unpacked(text: string): HandedOver | null {
	try {
		const bytes = fromAddress(text);
		// the last four bytes of what is packed do not say how long it is: it is unpacked into as much as it may have
		const read: unknown = JSON.parse(strFromU8(inflateSync(bytes, { out: new Uint8Array(mostBytes) })));
		return isHandedOver(read) ? read : null;
	} catch {
		return null;
	}
}

/**
 * Entries in as few pictures as hold them, each whole in itself: one that is lost takes its own with it and no other.
 * @param room signs that the text of a picture may have
 * @returns the texts, and what is too large for any
 */
export function inPictures(lane: string, bodies: readonly unknown[], room = mostSigns): { texts: string[]; left: unknown[] } {
	const texts: string[] = [];
	const left: unknown[] = [];
	let some: unknown[] = [];
	let text = '';
	for (const body of bodies) {
		const more = packed({ lane, bodies: [...some, body] });
		if (more.length <= room) {
			some.push(body);
			text = more;
			continue;
		}
		if (some.length > 0) texts.push(text);
		const alone = packed({ lane, bodies: [body] });
		const fits = alone.length <= room;
		if (!fits) left.push(body);
		some = fits ? [body] : [];
		text = fits ? alone : '';
	}
	if (some.length > 0) texts.push(text);
	return { texts, left };
}

/** A file that a person can read, and the other side, too. */
export function asFile(handed: HandedOver): string {
	return `${JSON.stringify({ 'open-talks': 'outbox', ...handed }, null, '\t')}\n`;
}

export function fromFile(text: string): HandedOver | null {
	try {
		const read: unknown = JSON.parse(text);
		return isHandedOver(read) ? { lane: read.lane, bodies: read.bodies } : null;
	} catch {
		return null;
	}
}

function isHandedOver(read: unknown): read is HandedOver {
	return (
		typeof read === 'object' &&
		read !== null &&
		'lane' in read &&
		typeof read.lane === 'string' &&
		'bodies' in read &&
		Array.isArray(read.bodies) &&
		read.bodies.length <= 5000
	);
}

function toAddress(bytes: Uint8Array): string {
	let signs = '';
	for (const byte of bytes) signs += String.fromCharCode(byte);
	return btoa(signs).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromAddress(text: string): Uint8Array {
	const signs = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}
