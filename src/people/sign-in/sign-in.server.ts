import type { Database } from '#database/connection.server.ts';
import { keyFor } from '#database/secret.server.ts';
import type { Settings } from '#database/settings.server.ts';
import type { Actor } from '#activity/actor.ts';
import type { Language } from '#languages/languages.ts';
import type { Account } from '#people/accounts.server.ts';
import { answerLibrary } from '#people/sign-in/answering.server.ts';
import { currentSignIn, type CurrentSignIn } from '#people/sign-in/current.server.ts';
import { library } from '#people/sign-in/library.server.ts';
import {
	beginAtProvider,
	sendCode,
	signInAs,
	signOut,
	useCode,
	type CookieToSet,
	type ProvenPerson
} from '#people/sign-in/proving.server.ts';
import { signedLinks, type SignedLinks } from '#people/sign-in/signed-links.server.ts';

export interface SignIn {
	/** Seals the secrets of apps. */
	readonly key: Buffer;
	readonly links: SignedLinks;
	/** What the button of the provider says; null without one. */
	readonly providerName: string | null;
	/** The visitor, or, where the headers carry a sign-in, the account. Without that cookie it costs nothing. */
	actorOf(headers: Headers, visitorId: string | null): Promise<Actor>;
	current(headers: Headers): Promise<CurrentSignIn | null>;
	/** Mails a code; says the same whether or not the address is known. */
	sendCode(email: string, language: Language): Promise<void>;
	/** Signs in with the code. */
	useCode(email: string, code: string, language: Language, userAgent?: string | null): Promise<CookieToSet[]>;
	/** The address of the provider to go to, and the cookies that will know the answer. */
	beginAtProvider(headers: Headers, then: string): Promise<{ address: string; cookies: CookieToSet[] }>;
	/** Signs in whoever our own links prove: the first administrator, an invited colleague, the roles of the demonstration. */
	signInAs(
		person: ProvenPerson,
		userAgent: string | null,
		secondFactor?: boolean
	): Promise<{ account: Account; cookies: CookieToSet[] }>;
	signOut(headers: Headers): Promise<CookieToSet[]>;
	/** Answers what a page's script or the provider asks of the library. */
	answer(request: Request): Promise<Response>;
	close(): Promise<void>;
}

export function openSignIn(database: Database, settings: Settings, secret: string): SignIn {
	const known = library({
		database,
		...originsOf(settings),
		oidc: settings.oidc,
		secret: keyFor(secret, 'sign-in').toString('base64url')
	});
	return {
		key: keyFor(secret, 'second-factor'),
		links: signedLinks(keyFor(secret, 'signed-links')),
		providerName: settings.oidc?.name ?? null,
		actorOf: (headers, visitorId) => actorOf(currentSignIn(known, headers), visitorId),
		current: (headers) => currentSignIn(known, headers),
		sendCode: (email, language) => sendCode(known, email, language),
		useCode: (email, code, language, userAgent = null) => useCode(known, { email, code, language }, userAgent),
		beginAtProvider: (headers, then) => beginAtProvider(known, headers, then),
		signInAs: (person, userAgent, secondFactor = false) => signInAs(known, person, userAgent, secondFactor),
		signOut: (headers) => signOut(known, headers),
		answer: (request) => answerLibrary(known, request),
		close: () => known.pool.end()
	};
}

function originsOf({ origin, port }: Settings): { origin: string; otherOrigins: string[] } {
	if (origin) return { origin, otherOrigins: [] };
	return { origin: `http://localhost:${port}`, otherOrigins: [`http://127.0.0.1:${port}`, `http://[::1]:${port}`] };
}

async function actorOf(current: Promise<CurrentSignIn | null>, visitorId: string | null): Promise<Actor> {
	const signIn = await current;
	if (!signIn) return { kind: 'visitor', visitorId };
	const { accountId, roles, secondFactor } = signIn;
	return { kind: 'account', accountId, visitorId, roles, secondFactor };
}
