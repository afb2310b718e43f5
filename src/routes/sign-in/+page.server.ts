import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { pathThen } from '#web/then.ts';
import { rememberAddress } from './address.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { locals, url } = event;
	const then = pathThen(url.searchParams.get('then'), '');
	if (locals.actor.kind === 'account') redirect(303, localized(event, `/sign-in/done?then=${encodeURIComponent(then)}`));
	return { then, providerName: contextOf(event).signIn.providerName, failed: url.searchParams.get('failed') };
};

const form = z.object({ email: z.string().trim().toLowerCase().pipe(z.email('sign-in.email-wrong').max(254)), then: z.string() });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { email, then } = parse(form, typed, event.locals.say);
		await contextOf(event).signIn.sendCode(email, event.locals.language);
		rememberAddress(event, email);
		redirect(303, localized(event, `/sign-in/code?then=${encodeURIComponent(pathThen(then, ''))}`));
	}, 'asking-codes')
};
