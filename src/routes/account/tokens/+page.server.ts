import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { ownAccount } from '#people/accounts.server.ts';
import { makeToken, revokeToken, tokensOf } from '#people/tokens.server.ts';
import { tokenDays, tokenScopes } from '#people/tokens.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { accountId } = await ownAccount(context.database, event.locals.actor);
	const at = momentOf(context);
	const tokens = await tokensOf(context.database, accountId);
	return {
		tokens: tokens.map((token) => ({ ...token, isOver: token.expiresAt <= at })),
		scopes: tokenScopes,
		days: tokenDays,
		isRevoked: event.url.searchParams.has('revoked')
	};
};

export const actions: Actions = {
	make: answering(async (event, typed) => {
		const form = z.object({
			name: z.string().trim().min(1, 'tokens.name-missing').max(100),
			scopes: z.array(z.enum(tokenScopes)).min(1, 'tokens.scopes-missing'),
			days: z.coerce.number().int()
		});
		const { token } = await makeToken(contextOf(event).database, parse(form, typed, event.locals.say), event.locals.actor);
		// shown in this answer and never again
		return { token };
	}),

	revoke: answering(async (event, typed) => {
		const { token } = parse(z.object({ token: z.uuid() }), typed, event.locals.say);
		await revokeToken(contextOf(event).database, token, event.locals.actor);
		redirect(303, localized(event, '/account/tokens?revoked'));
	})
};
