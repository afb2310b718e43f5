import { parseSetCookieHeader } from 'better-auth/cookies';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { keyFor } from '#database/secret.server.ts';
import type { Settings } from '#database/settings.server.ts';
import type { Actor, Role } from '#activity/actor.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { acceptedLanguage, type Language } from '#languages/languages.ts';
import { queueMail } from '#mail/mail.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { accountOfUser, type Account, type SignInUser } from '#people/accounts.server.ts';
import { beginSignIn, endSignIns, knownSignIn, noteSecondFactor, noteSeen } from '#people/sign-in/browsers.server.ts';
import { answerLibrary } from '#people/sign-in/answering.server.ts';
import { cookieName, library, providerId } from '#people/sign-in/library.server.ts';
import { signedLinks, type SignedLinks } from '#people/sign-in/signed-links.server.ts';
import { hasEnded, hasSecondFactor } from '#people/sign-in/standing.ts';

/** A cookie to be set in the answer. */
export interface CookieToSet {
	readonly name: string;
	readonly value: string;
	readonly maxAge: number | undefined;
	readonly path: string;
	readonly secure: boolean;
}

/** The sign-in that the headers' cookie proves. */
export interface CurrentSignIn {
	readonly signInId: string;
	readonly accountId: string;
	readonly roles: readonly Role[];
	readonly secondFactor: boolean;
}

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
		person: { email: string; name: string; language: Language },
		userAgent: string | null,
		secondFactor?: boolean
	): Promise<{ account: Account; cookies: CookieToSet[] }>;
	signOut(headers: Headers): Promise<CookieToSet[]>;
	/** Answers what a page's script or the provider asks of the library. */
	answer(request: Request): Promise<Response>;
	close(): Promise<void>;
}

export function openSignIn(database: Database, settings: Settings, secret: string): SignIn {
	const origin = settings.origin ?? `http://localhost:${settings.port}`;
	const otherOrigins = settings.origin ? [] : [`http://127.0.0.1:${settings.port}`, `http://[::1]:${settings.port}`];
	const { oidc } = settings;
	const { auth, pool } = library({
		database,
		origin,
		otherOrigins,
		oidc,
		secret: keyFor(secret, 'sign-in').toString('base64url')
	});
	const cookie = cookieName(origin.startsWith('https:'));

	const sessionOf = async (headers: Headers) => {
		if (!headers.get('cookie')?.includes(`${cookie}=`)) return null;
		return auth.api.getSession({ headers, query: { disableRefresh: true, disableCookieCache: true } });
	};

	/** What holds for the sign-in; its rows are made at its first request. */
	const standingOf = async (signInId: string, user: SignInUser, headers: Headers) => {
		const known = await knownSignIn(database, signInId);
		if (known) return known;
		await inTransaction(database, async (transaction) => {
			const account = await accountOfUser(transaction, user, acceptedLanguage(headers.get('accept-language')) ?? 'en');
			await beginSignIn(transaction, signInId, account.accountId);
		});
		return knownSignIn(database, signInId);
	};

	const current = async (headers: Headers): Promise<CurrentSignIn | null> => {
		const found = await sessionOf(headers);
		if (!found) return null;
		const signInId = found.session.id;
		const standing = await standingOf(signInId, found.user, headers);
		if (!standing) return null;
		const { accountId, at } = standing;
		if (hasEnded(standing, at)) {
			await inTransaction(database, (transaction) => endSignIns(transaction, accountId, signInId));
			return null;
		}
		const secondFactor = hasSecondFactor(standing, at);
		// one that fell silent is not made alive again by the request that finds it so
		if (at.getTime() - standing.seenAt.getTime() > 60_000) await noteSeen(database, signInId, secondFactor);
		return { signInId, accountId, roles: standing.roles as Role[], secondFactor };
	};

	return {
		key: keyFor(secret, 'second-factor'),
		links: signedLinks(keyFor(secret, 'signed-links')),
		providerName: oidc?.name ?? null,
		current,

		async actorOf(headers, visitorId) {
			const signIn = await current(headers);
			if (!signIn) return { kind: 'visitor', visitorId };
			const { accountId, roles, secondFactor } = signIn;
			return { kind: 'account', accountId, visitorId, roles, secondFactor };
		},

		async sendCode(email, language) {
			await inTransaction(database, async (transaction) => {
				await refuseTooMany(transaction, email);
				const code = await auth.api.createVerificationOTP({ body: { email, type: 'sign-in' } });
				const say = speakerOf(language);
				const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
				await queueMail(transaction, {
					topicId: nilTopic,
					to: email,
					language,
					kind: codeMail,
					subject: say('sign-in.mail-subject', { code: shown }),
					body: say('sign-in.mail-body', { code: shown })
				});
			});
		},

		async useCode(email, code, language, userAgent) {
			const response = await auth.api.signInEmailOTP({
				body: { email, otp: code.replaceAll(/\D/g, '') },
				headers: told(userAgent),
				asResponse: true
			});
			if (!response.ok) throw refusal('wrong-code');
			const { user } = (await response.json()) as { user: SignInUser };
			await inTransaction(database, (transaction) => accountOfUser(transaction, user, language));
			return cookiesOf(response);
		},

		async beginAtProvider(headers, then) {
			const response = await auth.api.signInSocial({
				body: { provider: providerId, callbackURL: then, errorCallbackURL: '/sign-in?failed=provider', disableRedirect: true },
				headers,
				asResponse: true
			});
			const { url } = (await response.json()) as { url?: string };
			if (!response.ok || !url) throw refusal('provider-silent');
			return { address: url, cookies: cookiesOf(response) };
		},

		async signInAs({ email, name, language }, userAgent, secondFactor = false) {
			const response = await auth.api.signInAs({
				body: { email: email.toLowerCase(), name },
				headers: told(userAgent),
				asResponse: true
			});
			const { user, sessionId } = (await response.json()) as { user: SignInUser; sessionId: string };
			const account = await inTransaction(database, async (transaction) => {
				const found = await accountOfUser(transaction, user, language);
				await beginSignIn(transaction, sessionId, found.accountId);
				if (secondFactor) await noteSecondFactor(transaction, sessionId);
				return found;
			});
			return { account, cookies: cookiesOf(response) };
		},

		async signOut(headers) {
			return cookiesOf(await auth.api.signOut({ headers, asResponse: true }));
		},

		answer: (request) => answerLibrary({ database, auth, current, standingOf }, request),

		close: () => pool.end()
	};
}

/** Of the request only what the list of browsers shows. */
function told(userAgent: string | null | undefined): Headers {
	return new Headers(userAgent ? { 'user-agent': userAgent.slice(0, 300) } : {});
}

export const codeMail = 'sign-in-code';

/** Codes for one address in a quarter of an hour: enough for mails that are slow, too few to flood somebody. */
const codesPerQuarter = 5;

async function refuseTooMany(transaction: Parameters<typeof queueMail>[0], email: string): Promise<void> {
	const { rows } = await transaction.query<{ sent: number }>(
		`
			select count(*)::int as sent
			from mails
			where lower(to_address) = lower($1) and kind = $2 and queued_at > $3::timestamptz - interval '15 minutes'`,
		[email, codeMail, transaction.at]
	);
	if (rows[0]!.sent >= codesPerQuarter) throw refusal('too-many-codes');
}

function cookiesOf(response: Response): CookieToSet[] {
	return response.headers.getSetCookie().flatMap((header) =>
		[...parseSetCookieHeader(header)].map(([name, { value, ...attributes }]) => ({
			name,
			value: decodeURIComponent(value),
			maxAge: attributes['max-age'],
			path: attributes.path ?? '/',
			secure: attributes.secure ?? false
		}))
	);
}
