import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { setCookies } from '#web/cookies.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { pathThen } from '#web/then.ts';
import { forgetAddress, rememberAddress, rememberedAddress } from '../address.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const email = rememberedAddress(event);
	const then = pathThen(event.url.searchParams.get('then'), '');
	if (!email) redirect(303, localized(event, `/sign-in?then=${encodeURIComponent(then)}`));
	return { email, then };
};

const form = z.object({ code: z.string().trim().min(1, 'sign-in.code-missing'), then: z.string() });

export const actions: Actions = {
	use: answering(async (event, typed) => {
		const { code, then } = parse(form, typed, event.locals.say);
		const email = rememberedAddress(event);
		if (!email) redirect(303, localized(event, '/sign-in'));
		setCookies(
			event,
			await guessed(event, () =>
				contextOf(event).signIn.useCode(email, code, event.locals.language, event.request.headers.get('user-agent'))
			)
		);
		forgetAddress(event);
		redirect(303, localized(event, `/sign-in/done?then=${encodeURIComponent(pathThen(then, ''))}`));
	}),

	again: answering(async (event) => {
		const email = rememberedAddress(event);
		if (!email) redirect(303, localized(event, '/sign-in'));
		await contextOf(event).signIn.sendCode(email, event.locals.language);
		rememberAddress(event, email);
		return { sentAgain: true };
	}, 'asking-codes')
};
