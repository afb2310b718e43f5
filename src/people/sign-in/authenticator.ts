import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Codes of an authenticator app: TOTP (RFC 6238) as all apps know it, HMAC-SHA1, six digits, steps of thirty seconds. A code of the step
 * before or after is taken too, since clocks differ; none is taken twice, which the caller ensures by the step that is returned.
 */
export const stepSeconds = 30;
const digits = 6;

/** 160 bits, as RFC 4226 recommends. */
export function newSecret(): Buffer {
	return randomBytes(20);
}

export function stepAt(at: Date): number {
	return Math.floor(at.getTime() / 1000 / stepSeconds);
}

export function codeOf(secret: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', secret).update(counter).digest();
	const offset = mac[19]! & 0x0f;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step whose code this is, if it is later than the last one taken; null for a wrong or used code. */
export function stepOf(secret: Uint8Array, code: string, at: Date, lastStep: number): number | null {
	const given = Buffer.from(code.replaceAll(/\s/g, ''));
	const now = stepAt(at);
	for (const step of [now, now - 1, now + 1]) {
		const right = Buffer.from(codeOf(secret, step));
		if (step > lastStep && given.length === right.length && timingSafeEqual(given, right)) return step;
	}
	return null;
}

/** Base32 (RFC 4648, without padding): how apps want a secret typed in. */
export function base32(bytes: Uint8Array): string {
	let bits = '';
	for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
	return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What the picture to scan says. */
export function addressForApp(secret: Uint8Array, issuer: string, account: string): string {
	const name = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
	return `otpauth://totp/${name}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
