import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { keyFor } from '#database/secret.server.ts';

// Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

/** A secret as its receiver is shown it, once. */
export function newSecret(): string {
	return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The three headers that prove whose message it is, and when it was sent. Each of the secrets signs: a receiver knows one of them. */
export function signed(
	{ id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
	secrets: readonly string[]
): Record<string, string> {
	const timestamp = String(Math.floor(at.getTime() / 1000));
	const signatures = secrets.map((secret) => {
		const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
		return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
	});
	return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** The key under which secrets lie in the database. */
export function sealingKey(instanceSecret: string): Buffer {
	return keyFor(instanceSecret, 'webhooks');
}

export function sealed(key: Buffer, secret: string): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function opened(key: Buffer, sealed: Buffer): string {
	const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
	opener.setAuthTag(sealed.subarray(12, 28));
	return Buffer.concat([opener.update(sealed.subarray(28)), opener.final()]).toString('utf8');
}
