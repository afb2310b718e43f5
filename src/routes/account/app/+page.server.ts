import { renderSVG } from 'uqr';
import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { ownAccount } from '#people/accounts.server.ts';
import { beginAuthenticator, showCode } from '#people/sign-in/second-factor.server.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { pathThen } from '#web/then.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const then = pathThen(event.url.searchParams.get('then'), '/account');
	// the answer to the first code shows the recovery codes; the app is there by then
	if (event.request.method === 'POST') return { then, picture: null, secret: null };
	const { database, signIn } = contextOf(event);
	const { email } = await ownAccount(database, event.locals.actor);
	const { address, secret } = await beginAuthenticator(database, signIn.key, await currentOf(event), email);
	return { then, picture: pictureOf(address), secret: secret.match(/.{1,4}/g)!.join(' ') };
};

const form = z.object({ code: z.string().trim().min(1, 'sign-in.code-missing'), then: z.string() });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { code, then } = parse(form, typed, event.locals.say);
		const { database, signIn } = contextOf(event);
		const current = await currentOf(event);
		const { recoveryCodes } = await guessed(event, () => showCode(database, signIn.key, current, code));
		return { recoveryCodes, next: pathThen(then, '/account') };
	})
};

/** As a picture of its own, since the policy of our pages forbids styles inside them. */
function pictureOf(address: string): string {
	return `data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 2 }))}`;
}

async function currentOf(event: RequestEvent) {
	const current = await contextOf(event).signIn.current(event.request.headers);
	if (!current) throw refusal('not-allowed');
	return current;
}
