import { redirect } from '@sveltejs/kit';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { joinVisitorEverywhere } from '#web/sending/joining.server.ts';
import { pathThen } from '#web/then.ts';
import type { PageServerLoad } from './$types';

/** Where every way of signing in ends: what the browser did before becomes the account's, and one is led on. */
export const load: PageServerLoad = async (event) => {
	const { actor } = event.locals;
	if (actor.kind !== 'account') redirect(303, localized(event, '/sign-in'));
	await joinVisitorEverywhere(contextOf(event), actor);
	const isStaff = actor.roles.length > 0;
	const then = pathThen(event.url.searchParams.get('then'), localized(event, isStaff ? '/desk' : '/account'));
	redirect(
		303,
		isStaff && !actor.secondFactor ? localized(event, `/sign-in/second-factor?then=${encodeURIComponent(then)}`) : then
	);
};
