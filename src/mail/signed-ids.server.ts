import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the link in a mail carries: two ids and a signature. No row is needed, no address stands in it, and nobody can make one up. */
export interface SignedIds {
	readonly token: (first: string, second: string) => string;
	/** null where the token is not ours */
	readonly ids: (token: string) => readonly [string, string] | null;
}

/** @param key of this purpose alone, or the link of one kind would do for another */
export function signedIds(key: Uint8Array): SignedIds {
	const signature = (ids: Buffer) => createHmac('sha256', key).update(ids).digest().subarray(0, 16);
	return {
		token(first, second) {
			const ids = Buffer.from((first + second).replaceAll('-', ''), 'hex');
			return Buffer.concat([ids, signature(ids)]).toString('base64url');
		},
		ids(token) {
			if (!/^[\w-]{64}$/.test(token)) return null;
			const bytes = Buffer.from(token, 'base64url');
			const ids = bytes.subarray(0, 32);
			if (!timingSafeEqual(bytes.subarray(32), signature(ids))) return null;
			return [uuidOf(ids.subarray(0, 16)), uuidOf(ids.subarray(16))];
		}
	};
}

function uuidOf(bytes: Buffer): string {
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
