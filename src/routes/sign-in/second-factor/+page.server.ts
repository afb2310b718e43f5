import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { secondFactorsOf, showCode } from '#people/sign-in/second-factor.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { pathThen } from '#web/then.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor } = event.locals;
	const then = pathThen(event.url.searchParams.get('then'), '/desk');
	if (actor.kind !== 'account') redirect(303, localized(event, `/sign-in?then=${encodeURIComponent(then)}`));
	if (actor.secondFactor) redirect(303, then);
	const { authenticator, passkeys } = await secondFactorsOf(contextOf(event).database, actor.accountId);
	return { then, authenticator, hasPasskey: passkeys.length > 0 };
};

const form = z.object({ code: z.string().trim().min(1, 'sign-in.code-missing'), then: z.string() });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { code, then } = parse(form, typed, event.locals.say);
		const { database, signIn } = contextOf(event);
		const current = await signIn.current(event.request.headers);
		if (!current) throw refusal('not-allowed');
		await guessed(event, () => showCode(database, signIn.key, current, code));
		redirect(303, pathThen(then, localized(event, '/desk')));
	})
};
