import { createHash, randomBytes } from 'node:crypto';

/** What opens an invitation: 16 bytes that name the topic, 16 that nobody guesses, base64url. The database keeps its hash only. */
export interface Token {
	readonly token: string;
	readonly hash: Buffer;
}

export function newToken(topicId: string): Token {
	const bytes = Buffer.concat([Buffer.from(topicId.replaceAll('-', ''), 'hex'), randomBytes(16)]);
	return { token: bytes.toString('base64url'), hash: hashOf(bytes) };
}

/** The topic and the hash of a token; null for what cannot be one. */
export function readToken(token: string): { topicId: string; hash: Buffer } | null {
	if (!/^[\w-]{43}$/.test(token)) return null;
	const bytes = Buffer.from(token, 'base64url');
	if (bytes.length !== 32 || bytes.toString('base64url') !== token) return null;
	const hex = bytes.subarray(0, 16).toString('hex');
	const topicId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
	return { topicId, hash: hashOf(bytes) };
}

function hashOf(bytes: Uint8Array): Buffer {
	return createHash('sha256').update(bytes).digest();
}
