/*
 * A browser's database keeps what it has until a page of ours is opened again; its cookies end by themselves. So what is to be forgotten
 * at a given time is sealed with a key that lies in a cookie of that age: a phone that never comes back cannot read it any more either.
 */
const cookieName = 'list-key';

interface Sealed {
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly bytes: ArrayBuffer;
}

/**
 * @param path of the page that is open
 * @param ms how long it can be read
 * @returns null where the browser cannot seal: without TLS, where no page opens from the phone anyway
 */
export async function sealed(path: string, value: unknown, ms: number): Promise<Sealed | null> {
	if (!('subtle' in crypto) || ms <= 0) return null;
	const key = keptKey() ?? hexOf(crypto.getRandomValues(new Uint8Array(16)));
	setKey(path, key, Math.ceil(ms / 1000));
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const text = new TextEncoder().encode(JSON.stringify(value));
	return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await imported(key), text) };
}

/** Null where it is nothing that this page sealed, or its time is over. */
export async function unsealed(kept: unknown): Promise<unknown> {
	const key = keptKey();
	if (!key || !isSealed(kept)) return null;
	try {
		const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, await imported(key), kept.bytes);
		return JSON.parse(new TextDecoder().decode(text));
	} catch {
		return null;
	}
}

export function forgetKey(path: string): void {
	setKey(path, '', 0);
}

function setKey(path: string, key: string, seconds: number): void {
	const secure = location.protocol === 'https:' ? '; Secure' : '';
	document.cookie = `${cookieName}=${key}; Path=${path}; Max-Age=${seconds}; SameSite=Strict${secure}`;
}

function keptKey(): string | null {
	return new RegExp(`(?:^|; )${cookieName}=([0-9a-f]{32})(?:;|$)`).exec(document.cookie)?.[1] ?? null;
}

function imported(hex: string): Promise<CryptoKey> {
	const bytes = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
	return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isSealed(kept: unknown): kept is Sealed {
	return typeof kept === 'object' && kept !== null && 'iv' in kept && 'bytes' in kept;
}
