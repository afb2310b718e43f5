import { redirect } from '@sveltejs/kit';
import { limit, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { setCookies } from '#web/cookies.server.ts';
import { pathThen } from '#web/then.ts';
import type { PageServerLoad } from './$types';

/** A link, not a form: a browser forbids that a form of ours ends on another host (form-action of the CSP). */
export const load: PageServerLoad = async (event) => {
	limit(event, 'acting');
	const then = pathThen(event.url.searchParams.get('then'), '');
	const done = localized(event, `/sign-in/done?then=${encodeURIComponent(then)}`);
	const { address, cookies } = await contextOf(event).signIn.beginAtProvider(event.request.headers, done);
	setCookies(event, cookies);
	redirect(302, address, { external: true });
};
