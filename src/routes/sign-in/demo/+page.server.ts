import { redirect } from '@sveltejs/kit';
import { refusal } from '#refusals/refusal.ts';
import { accountByEmail } from '#people/accounts.server.ts';
import { limit, localized } from '#web/answering.server.ts';
import { contextOf, frontedOf } from '#web/context.server.ts';
import { setCookies } from '#web/cookies.server.ts';
import type { PageServerLoad } from './$types';

/** The links that `npm run demo` prints: they sign in a role of the example world, second factor included, on this machine only. */
export const load: PageServerLoad = async (event) => {
	limit(event, 'acting');
	const { database, settings, signIn } = contextOf(event);
	const { address } = frontedOf(event);
	const isHere = settings.origin === null && (address === '127.0.0.1' || address === '::1');
	const email = isHere ? signIn.links.named('demo', event.url.searchParams.get('token') ?? '', new Date()) : null;
	const account = email === null ? null : await accountByEmail(database, email);
	if (!account) throw refusal('link-expired');
	const { cookies } = await signIn.signInAs(account, event.request.headers.get('user-agent'), true);
	setCookies(event, cookies);
	redirect(303, localized(event, '/sign-in/done'));
};
