import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { foldedName } from '#people/organisation-names.server.ts';
import { joinOrganisations, tellApart } from '#people/organisations/joining.server.ts';
import { organisationKinds } from '#people/organisations/organisation.ts';
import { doubles, membershipKinds, organisationsFound } from '#people/organisations/reading.server.ts';
import { addMembershipKind } from '#people/organisations/changing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { membershipNames } from '#web/membership-names.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { searchParams } = event.url;
	const words = (searchParams.get('words') ?? '').slice(0, 200);
	const kind = organisationKinds.find((known) => known === searchParams.get('kind'));
	const after = foldedName(searchParams.get('after') ?? '');
	const [found, proposed, kinds] = await Promise.all([
		organisationsFound(database, { words, kind, after }),
		searchParams.has('doubles') ? doubles(database) : null,
		membershipKinds(database)
	]);
	return {
		words,
		kind: kind ?? '',
		kinds: organisationKinds.map((value) => ({ value, label: event.locals.say(`organisations.kind-${value}`) })),
		found,
		doubles: proposed,
		memberships: await membershipNames(database, kinds, event.locals.say),
		done: searchParams.get('done')
	};
};

const pair = z.object({ one: z.uuid(), other: z.uuid() });

export const actions: Actions = {
	join: answering(async (event, typed) => {
		const { one, other } = parse(pair, typed, event.locals.say);
		await joinOrganisations(contextOf(event).database, one, other, event.locals.actor);
		done(event, 'joined');
	}),

	apart: answering(async (event, typed) => {
		const { one, other } = parse(pair, typed, event.locals.say);
		await tellApart(contextOf(event).database, one, other, event.locals.actor);
		done(event, 'apart');
	}),

	membership: answering(async (event, typed) => {
		const { say, actor } = event.locals;
		const form = z.object({
			key: z
				.string()
				.trim()
				.toLowerCase()
				.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'organisations.key-wrong')
				.max(40)
		});
		await addMembershipKind(contextOf(event).database, parse(form, typed, say).key, actor);
		redirect(303, localized(event, '/desk/organisations?done=membership'));
	})
};

function done(event: RequestEvent, what: string): never {
	redirect(303, localized(event, `/desk/organisations?doubles&done=${what}`));
}
