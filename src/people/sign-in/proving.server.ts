import { parseSetCookieHeader } from 'better-auth/cookies';
import { inTransaction, nilTopic, type Transaction } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import type { Language } from '#languages/languages.ts';
import { queueMail } from '#mail/mail.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { accountOfUser, type Account, type SignInUser } from '#people/accounts.server.ts';
import { beginSignIn, noteSecondFactor } from '#people/sign-in/browsers.server.ts';
import { providerId, type Library } from '#people/sign-in/library.server.ts';

/** A cookie to be set in the answer. */
export interface CookieToSet {
	readonly name: string;
	readonly value: string;
	readonly maxAge: number | undefined;
	readonly path: string;
	readonly secure: boolean;
}

/** Whom our own links prove. */
export interface ProvenPerson {
	readonly email: string;
	readonly name: string;
	readonly language: Language;
}

export const codeMail = 'sign-in-code';

/** Codes for one address in a quarter of an hour: enough for mails that are slow, too few to flood somebody. */
const codesPerQuarter = 5;

export async function sendCode({ database, auth }: Library, email: string, language: Language): Promise<void> {
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
}

export async function useCode(
	{ database, auth }: Library,
	{ email, code, language }: { email: string; code: string; language: Language },
	userAgent: string | null
): Promise<CookieToSet[]> {
	const response = await auth.api.signInEmailOTP({
		body: { email, otp: code.replaceAll(/\D/g, '') },
		headers: told(userAgent),
		asResponse: true
	});
	if (!response.ok) throw refusal('wrong-code');
	const { user } = (await response.json()) as { user: SignInUser };
	await inTransaction(database, (transaction) => accountOfUser(transaction, user, language));
	return cookiesOf(response);
}

export async function beginAtProvider(
	{ auth }: Library,
	headers: Headers,
	then: string
): Promise<{ address: string; cookies: CookieToSet[] }> {
	const response = await auth.api.signInSocial({
		body: { provider: providerId, callbackURL: then, errorCallbackURL: '/sign-in?failed=provider', disableRedirect: true },
		headers,
		asResponse: true
	});
	const { url } = (await response.json()) as { url?: string };
	if (!response.ok || !url) throw refusal('provider-silent');
	return { address: url, cookies: cookiesOf(response) };
}

export async function signInAs(
	{ database, auth }: Library,
	{ email, name, language }: ProvenPerson,
	userAgent: string | null,
	secondFactor: boolean
): Promise<{ account: Account; cookies: CookieToSet[] }> {
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
}

export async function signOut({ auth }: Library, headers: Headers): Promise<CookieToSet[]> {
	return cookiesOf(await auth.api.signOut({ headers, asResponse: true }));
}

async function refuseTooMany(transaction: Transaction, email: string): Promise<void> {
	const { rows } = await transaction.query<{ sent: number }>(
		`
			select count(*)::int as sent
			from mails
			where lower(to_address) = lower($1) and kind = $2 and queued_at > $3::timestamptz - interval '15 minutes'`,
		[email, codeMail, transaction.at]
	);
	if (rows[0]!.sent >= codesPerQuarter) throw refusal('too-many-codes');
}

/** Of the request only what the list of browsers shows. */
function told(userAgent: string | null): Headers {
	return new Headers(userAgent ? { 'user-agent': userAgent.slice(0, 300) } : {});
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
