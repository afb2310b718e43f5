import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { after } from 'node:test';

/** Whoever signs in at the provider next. */
export interface Person {
	readonly sub: string;
	readonly email: string;
	readonly name: string;
	readonly email_verified?: boolean;
}

export interface Provider {
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	person: Person;
}

/** A small OpenID Connect provider on loopback: discovery, code with PKCE, signed tokens. It asks nothing and signs `person` in. */
export async function aProvider(person: Person): Promise<Provider> {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const codes = new Map<string, { challenge: string; nonce: string | null; person: Person }>();
	const server = createServer((request, response) => {
		void answer(request).then(({ status = 200, location, body }) => {
			response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
			response.end(body === undefined ? '' : JSON.stringify(body));
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	after(() => server.close());
	const issuer = `http://localhost:${(server.address() as { port: number }).port}`;
	const provider: Provider = { issuer, clientId: 'open-talks', clientSecret: 'hush', person };

	async function answer(request: IncomingMessage): Promise<{ status?: number; location?: string; body?: unknown }> {
		const url = new URL(request.url ?? '/', issuer);
		switch (url.pathname) {
			case '/.well-known/openid-configuration':
				return {
					body: {
						issuer,
						authorization_endpoint: `${issuer}/authorize`,
						token_endpoint: `${issuer}/token`,
						jwks_uri: `${issuer}/keys`,
						response_types_supported: ['code'],
						subject_types_supported: ['public'],
						id_token_signing_alg_values_supported: ['RS256']
					}
				};
			case '/keys':
				return { body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] } };
			case '/authorize': {
				const asked = url.searchParams;
				if (asked.get('client_id') !== provider.clientId || asked.get('code_challenge_method') !== 'S256') return { status: 400 };
				const code = randomBytes(16).toString('hex');
				codes.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce'), person: provider.person });
				const back = new URL(asked.get('redirect_uri') ?? '');
				back.searchParams.set('code', code);
				back.searchParams.set('state', asked.get('state') ?? '');
				return { status: 302, location: back.href };
			}
			case '/token': {
				const sent = new URLSearchParams(await bodyOf(request));
				const known = codes.get(sent.get('code') ?? '');
				codes.delete(sent.get('code') ?? '');
				const proof = createHash('sha256')
					.update(sent.get('code_verifier') ?? '')
					.digest('base64url');
				if (!known || known.challenge !== proof || sent.get('client_secret') !== provider.clientSecret)
					return { status: 400, body: { error: 'invalid_grant' } };
				return { body: { access_token: 'x', token_type: 'Bearer', expires_in: 300, id_token: token(known) } };
			}
			default:
				return { status: 404 };
		}
	}

	function token({ nonce, person: who }: { nonce: string | null; person: Person }): string {
		const now = Math.floor(Date.now() / 1000);
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const claims = { iss: issuer, aud: provider.clientId, iat: now, exp: now + 300, ...(nonce && { nonce }), ...who };
		const signed = `${part({ alg: 'RS256', kid: '1', typ: 'JWT' })}.${part(claims)}`;
		return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
	}

	return provider;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
