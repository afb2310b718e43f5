import { inTransaction } from '#database/connection.server.ts';
import type { Role } from '#activity/actor.ts';
import { acceptedLanguage } from '#languages/languages.ts';
import { accountOfUser, type SignInUser } from '#people/accounts.server.ts';
import { beginSignIn, endSignIns, knownSignIn, noteSeen, type KnownSignIn } from '#people/sign-in/browsers.server.ts';
import type { Library } from '#people/sign-in/library.server.ts';
import { hasEnded, hasSecondFactor } from '#people/sign-in/standing.ts';

/** The sign-in that the headers' cookie proves. */
export interface CurrentSignIn {
	readonly signInId: string;
	readonly accountId: string;
	readonly roles: readonly Role[];
	readonly secondFactor: boolean;
}

export async function currentSignIn(library: Library, headers: Headers): Promise<CurrentSignIn | null> {
	const found = await sessionOf(library, headers);
	if (!found) return null;
	const { database } = library;
	const signInId = found.session.id;
	const standing = await standingOf(library, signInId, found.user, headers);
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
}

/** What holds for the sign-in; its rows are made at its first request. */
export async function standingOf(
	{ database }: Library,
	signInId: string,
	user: SignInUser,
	headers: Headers
): Promise<KnownSignIn | null> {
	const known = await knownSignIn(database, signInId);
	if (known) return known;
	await inTransaction(database, async (transaction) => {
		const account = await accountOfUser(transaction, user, acceptedLanguage(headers.get('accept-language')) ?? 'en');
		await beginSignIn(transaction, signInId, account.accountId);
	});
	return knownSignIn(database, signInId);
}

async function sessionOf({ auth, cookie }: Library, headers: Headers) {
	if (!headers.get('cookie')?.includes(`${cookie}=`)) return null;
	return auth.api.getSession({ headers, query: { disableRefresh: true, disableCookieCache: true } });
}
