import { inTransaction } from '#database/connection.server.ts';
import type { SignInUser } from '#people/accounts.server.ts';
import { noteSecondFactor } from '#people/sign-in/browsers.server.ts';
import { currentSignIn, standingOf } from '#people/sign-in/current.server.ts';
import { apiPath, providerId, type Library } from '#people/sign-in/library.server.ts';
import { hasAnySecondFactor, recordOwn } from '#people/sign-in/second-factor.server.ts';

/**
 * What a browser may ask of the library itself: to sign in with a passkey, to add one, and to come back from the provider. Everything else
 * that the library could answer is not there: its own sign-out, changes of address and second factors would pass our rules by.
 */
export async function answerLibrary(library: Library, request: Request): Promise<Response> {
	const path = new URL(request.url).pathname.slice(apiPath.length);
	switch (`${request.method} ${path}`) {
		case 'GET /passkey/generate-authenticate-options':
		case `GET /callback/${providerId}`:
			return library.auth.handler(request);
		case 'POST /passkey/verify-authentication':
			return signedInByPasskey(library, request);
		case 'GET /passkey/generate-register-options':
			return (await mayAddPasskey(library, request)) ? library.auth.handler(request) : said(403);
		case 'POST /passkey/verify-registration':
			return (await mayAddPasskey(library, request)) ? passkeyAdded(library, request) : said(403);
		default:
			return said(404);
	}
}

/** A passkey asks for the device and for a finger, face or number: two factors at once. */
async function signedInByPasskey(library: Library, request: Request): Promise<Response> {
	const response = await library.auth.handler(request);
	if (!response.ok) return said(response.status);
	const { session, user } = (await response.json()) as { session: { id: string }; user: SignInUser };
	await standingOf(library, session.id, user, request.headers);
	await inTransaction(library.database, (transaction) => noteSecondFactor(transaction, session.id));
	// the library's answer holds the token of the sign-in, which no script may ever read
	return said(200, response.headers.getSetCookie());
}

async function passkeyAdded(library: Library, request: Request): Promise<Response> {
	const response = await library.auth.handler(request);
	if (!response.ok) return said(response.status);
	const signIn = await currentSignIn(library, request.headers);
	if (signIn)
		await inTransaction(library.database, async (transaction) => {
			await noteSecondFactor(transaction, signIn.signInId);
			await recordOwn(transaction, signIn, 'set up', { passkey: true });
		});
	return said(200, response.headers.getSetCookie());
}

/** Who has a second factor must show it before adding another: a stolen mailbox alone must not be enough. */
async function mayAddPasskey(library: Library, request: Request): Promise<boolean> {
	const signIn = await currentSignIn(library, request.headers);
	if (!signIn) return false;
	return signIn.secondFactor || !(await hasAnySecondFactor(library.database, signIn.accountId));
}

function said(status: number, cookies: readonly string[] = []): Response {
	const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
	for (const cookie of cookies) headers.append('set-cookie', cookie);
	return new Response(JSON.stringify({ done: status === 200 }), { status, headers });
}
