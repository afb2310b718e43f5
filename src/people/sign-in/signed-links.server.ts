import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Links of our own that open one thing for a while, without a row: what they name, until when, and a signature (HMAC-SHA256) under a key
 * that only this instance has. That one is used once is seen from what it did: there is an administrator then.
 */
export interface SignedLinks {
	token(purpose: LinkPurpose, named: string, until: Date): string;
	/** What the token names; null where it is not ours, for something else, or too old. */
	named(purpose: LinkPurpose, token: string, at: Date): string | null;
}

export type LinkPurpose = 'first-run' | 'demo';

export function signedLinks(key: Buffer): SignedLinks {
	const signature = (purpose: string, content: string) =>
		createHmac('sha256', key).update(`${purpose} ${content}`).digest('base64url');
	return {
		token(purpose, named, until) {
			const content = `${Buffer.from(named).toString('base64url')}.${until.getTime()}`;
			return `${content}.${signature(purpose, content)}`;
		},
		named(purpose, token, at) {
			const [named = '', until = '', given = '', ...more] = token.split('.');
			if (more.length > 0) return null;
			const right = Buffer.from(signature(purpose, `${named}.${until}`));
			const isOurs = right.length === Buffer.byteLength(given) && timingSafeEqual(right, Buffer.from(given));
			return isOurs && Number(until) > at.getTime() ? Buffer.from(named, 'base64url').toString() : null;
		}
	};
}
