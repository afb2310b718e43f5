import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A visitor is a random id that their browser (cookie) or program (bearer token) carries, signed by this instance; there is no row
 * until the first act. The token is `<id>.<signature>`, both base64url: 16 random bytes, 16 bytes of HMAC-SHA256.
 */
export interface Visitors {
	newToken(): string;
	/** The id in a token of ours; null for anything else, one of another instance included. */
	idIn(token: string | undefined): string | null;
}

/** @param key 32 bytes, derived from the secret of the instance */
export function visitors(key: Buffer): Visitors {
	// a token is checked with each request of its owner: the last ones seen are remembered
	const seen = new Map<string, string>();
	const secret = createSecretKey(key);
	const signed = (id: string) => createHmac('sha256', secret).update(id).digest().subarray(0, 16);
	return {
		newToken() {
			const id = randomBytes(16).toString('base64url');
			return `${id}.${signed(id).toString('base64url')}`;
		},
		idIn(token) {
			if (token === undefined || token.length !== 45) return null;
			const known = seen.get(token);
			if (known !== undefined) return known;
			const [id = '', signature = ''] = token.split('.');
			const given = Buffer.from(signature, 'base64url');
			if (id.length !== 22 || given.length !== 16 || !timingSafeEqual(given, signed(id))) return null;
			if (seen.size >= 20_000) seen.clear();
			seen.set(token, id);
			return id;
		}
	};
}
