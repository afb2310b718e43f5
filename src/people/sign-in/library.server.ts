import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { emailOTP, genericOAuth } from 'better-auth/plugins';
import pg from 'pg';
import { z } from 'zod';
import type { Database } from '#database/connection.server.ts';
import type { Settings } from '#database/settings.server.ts';
import { limits } from '#people/sign-in/standing.ts';

export interface LibraryWishes {
	readonly database: Database;
	/** 32 bytes and more, of this purpose alone. */
	readonly secret: string;
	/** https://talks.example.org, or http://localhost:3000 */
	readonly origin: string;
	/** Further addresses under which the same instance is reached. */
	readonly otherOrigins: readonly string[];
	readonly oidc: Settings['oidc'];
}

/** Where the library's own addresses lie; sign-in/api/[...path] lets through those that are needed. */
export const apiPath = '/sign-in/api';
export const providerId = 'oidc';

/**
 * better-auth, as far as we use it: codes by mail, passkeys, an OpenID Connect provider, and browsers that are signed in. Accounts, roles,
 * limits for staff and the codes of apps are ours. Its cookies are signed, so what lies in the database opens nothing by itself.
 */
export function library(wishes: LibraryWishes) {
	const { database, origin } = wishes;
	const pool = poolOf(database);
	return { database, pool, auth: betterAuth(optionsOf(wishes, pool)), cookie: cookieName(origin.startsWith('https:')) };
}

export type Library = ReturnType<typeof library>;

export function optionsOf({ secret, origin, otherOrigins, oidc }: LibraryWishes, pool: pg.Pool) {
	const secure = origin.startsWith('https:');
	return {
		appName: 'Open Talks',
		database: pool,
		baseURL: origin,
		basePath: apiPath,
		trustedOrigins: [...otherOrigins],
		secret,
		telemetry: { enabled: false },
		// ours count for all ways and processes alike
		rateLimit: { enabled: false },
		logger: { disabled: true },
		session: { expiresIn: limits.longest / 1000, disableSessionRefresh: true },
		// an account is found by its address only where the provider vouches for it: a "trusted" provider would not have to
		account: { encryptOAuthTokens: true, accountLinking: { enabled: true, trustedProviders: [] } },
		advanced: {
			database: { generateId: 'uuid' as const },
			ipAddress: { disableIpTracking: true },
			cookiePrefix: 'sign-in',
			useSecureCookies: false,
			defaultCookieAttributes: { secure },
			cookies: { session_token: { name: cookieName(secure), attributes: { secure } } }
		},
		plugins: [
			emailOTP({
				otpLength: 8,
				expiresIn: 600,
				allowedAttempts: 3,
				storeOTP: 'hashed' as const,
				sendVerificationOTP: () => Promise.reject(new Error('codes are sent by sendCode'))
			}),
			passkey({
				rpName: 'Open Talks',
				rpID: new URL(origin).hostname,
				origin: [origin],
				authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
				// a passkey that asked nobody for a finger or a number would be one factor only
				registration: {
					afterVerification: ({ verification }) => verified(verification.registrationInfo?.userVerified)
				},
				authentication: {
					afterVerification: ({ verification }) => verified(verification.authenticationInfo.userVerified)
				}
			}),
			genericOAuth({ config: oidc ? [providerOf(oidc)] : [] }),
			signingInAs()
		]
	};
}

/** The name that browsers let only this host set, where there is TLS. */
function cookieName(secure: boolean): string {
	return secure ? '__Host-sign-in' : 'sign-in';
}

function providerOf({ issuer, clientId, clientSecret, name }: NonNullable<Settings['oidc']>) {
	return {
		providerId,
		name,
		discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
		clientId,
		clientSecret,
		scopes: ['openid', 'email', 'profile'],
		pkce: true,
		requireIdTokenVerification: true,
		requireEmailVerification: true,
		disableProviderLogout: true,
		// whoever runs this instance chose the provider: its addresses hold unless it says itself that one is not confirmed
		mapProfileToUser: (profile: Record<string, unknown>) => ({
			emailVerified: profile.email_verified !== false && profile.email_verified !== 'false',
			name: typeof profile.name === 'string' ? profile.name : ''
		})
	};
}

/** Signs a user in without asking anything: for verbs of ours that know who it is. Not reachable from outside. */
function signingInAs() {
	return {
		id: 'open-talks',
		endpoints: {
			signInAs: createAuthEndpoint.serverOnly(
				{ method: 'POST', body: z.object({ email: z.string(), name: z.string() }) },
				async (ctx) => {
					const { internalAdapter } = ctx.context;
					const { email, name } = ctx.body;
					const known = await internalAdapter.findUserByEmail(email);
					const user =
						known?.user ?? (await internalAdapter.createUser({ email, name, emailVerified: true }, { method: 'magic-link' }));
					const session = await internalAdapter.createSession(user.id);
					if (!session) throw new APIError('INTERNAL_SERVER_ERROR');
					await setSessionCookie(ctx, { session, user });
					return ctx.json({ user: { id: user.id, email: user.email, name: user.name }, sessionId: session.id });
				}
			)
		}
	};
}

function verified(isVerified: boolean | undefined): void {
	if (!isVerified) throw new APIError('FORBIDDEN', { code: 'NOT_VERIFIED' });
}

/** The library names its tables without a schema: connections of its own that look into sign_in, closed when idle. */
export function poolOf(database: Database): pg.Pool {
	const pool = new pg.Pool({
		...database.pool.options,
		max: 5,
		options: '-c search_path=sign_in -c timezone=UTC',
		application_name: 'open-talks sign-in'
	});
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}
