import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { lacksAdministrator, makeFirstAdministrator } from '#people/first-run.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { setCookies } from '#web/cookies.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const cookie = 'first-run';

export const load: PageServerLoad = async (event) => {
	const token = event.url.searchParams.get('token');
	if (token !== null) {
		// out of the address at once: addresses are written into logs and histories
		const secure = event.url.protocol === 'https:';
		event.cookies.set(cookie, token, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: 3600 });
		redirect(303, localized(event, '/first-run'));
	}
	await refuseStrangers(event);
};

const form = z.object({
	name: z.string().trim().min(1, 'first-run.name-missing').max(200),
	email: z.string().trim().toLowerCase().pipe(z.email('sign-in.email-wrong').max(254))
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		await guessed(event, () => refuseStrangers(event));
		const { database, signIn } = contextOf(event);
		const person = { ...parse(form, typed, event.locals.say), language: event.locals.language };
		await makeFirstAdministrator(database, person);
		setCookies(event, (await signIn.signInAs(person, event.request.headers.get('user-agent'))).cookies);
		event.cookies.delete(cookie, { path: '/' });
		redirect(303, localized(event, '/sign-in/second-factor?then=/desk'));
	})
};

async function refuseStrangers(event: RequestEvent): Promise<void> {
	const { database, signIn } = contextOf(event);
	const named = signIn.links.named('first-run', event.cookies.get(cookie) ?? '', new Date());
	if (named === null || !(await lacksAdministrator(database))) throw refusal('link-expired');
}
