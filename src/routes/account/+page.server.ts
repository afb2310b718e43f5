import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { askToEraseAll } from '#contributions/receipts/asking-for-all.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { leaveForGood } from '#newsroom/leaving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changeAccount, ownAccount } from '#people/accounts.server.ts';
import { browserName } from '#people/sign-in/browser-name.ts';
import { browsersOf, endSignIns } from '#people/sign-in/browsers.server.ts';
import { removeAuthenticator, removePasskey, secondFactorsOf } from '#people/sign-in/second-factor.server.ts';
import { rolesWithTopics } from '#people/roles.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { setCookies } from '#web/cookies.server.ts';
import { surroundingsOf } from '#web/events/secrets.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const account = await ownAccount(database, event.locals.actor);
	const current = await currentOf(event);
	const [factors, browsers, roles] = await Promise.all([
		secondFactorsOf(database, account.accountId),
		browsersOf(database, account.accountId),
		rolesWithTopics(database, account.accountId, event.locals.language)
	]);
	return {
		email: account.email,
		name: account.name,
		writtenTo: account.language,
		factors,
		roles,
		browsers: browsers.map(({ description, ...browser }) => ({
			...browser,
			name: browserName(description),
			isThis: browser.signInId === current.signInId
		})),
		needsSecondFactor: roles.length > 0 && !current.secondFactor
	};
};

export const actions: Actions = {
	save: answering(async (event, typed) => {
		const form = z.object({ name: z.string().trim().max(200), language: z.string() });
		await changeAccount(contextOf(event).database, event.locals.actor, parse(form, typed, event.locals.say));
		return { saved: true };
	}),

	'remove-app': answering(async (event) => {
		await removeAuthenticator(contextOf(event).database, await currentOf(event));
		redirect(303, localized(event, '/account'));
	}),

	'remove-passkey': answering(async (event, typed) => {
		const { passkey } = parse(z.object({ passkey: z.uuid() }), typed, event.locals.say);
		await removePasskey(contextOf(event).database, await currentOf(event), passkey);
		redirect(303, localized(event, '/account'));
	}),

	'end-browser': answering(async (event, typed) => {
		const { browser } = parse(z.object({ browser: z.uuid() }), typed, event.locals.say);
		const { accountId } = await currentOf(event);
		await inTransaction(contextOf(event).database, (transaction) => endSignIns(transaction, accountId, browser));
		redirect(303, localized(event, '/account'));
	}),

	'end-all': answering(async (event) => {
		const { accountId } = await currentOf(event);
		await inTransaction(contextOf(event).database, (transaction) => endSignIns(transaction, accountId));
		redirect(303, localized(event, '/'));
	}),

	'erase-all': answering(async (event, typed) => {
		const { words } = parse(z.object({ words: z.string().default('') }), typed, event.locals.say);
		const { database, keys } = contextOf(event);
		return { askedIn: await askToEraseAll(database, keys, event.locals.actor, words) };
	}, 'writing'),

	delete: answering(async (event, typed) => {
		parse(z.object({ sure: z.literal('yes', 'account.delete-unsure') }), typed, event.locals.say);
		const { database, signIn } = contextOf(event);
		await leaveForGood(database, surroundingsOf(event), event.locals.actor);
		setCookies(event, await signIn.signOut(event.request.headers));
		redirect(303, localized(event, '/'));
	}),

	'sign-out': answering(async (event) => {
		setCookies(event, await contextOf(event).signIn.signOut(event.request.headers));
		redirect(303, localized(event, '/'));
	})
};

async function currentOf(event: RequestEvent) {
	const current = await contextOf(event).signIn.current(event.request.headers);
	if (!current) throw refusal('not-allowed');
	return current;
}
