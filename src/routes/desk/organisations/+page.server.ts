import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { inTransaction } from '#database/connection.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { foldedName } from '#people/organisation-names.server.ts';
import { joinOrganisations, tellApart } from '#people/organisations/joining.server.ts';
import { doubles } from '#people/organisations/doubling.server.ts';
import { organisationKinds } from '#people/organisations/organisation.ts';
import { membershipKinds, organisationsFound } from '#people/organisations/reading.server.ts';
import { addMembershipKind } from '#people/organisations/changing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changeInstitution, institutionOf } from '#topics/institution/institution.server.ts';
import { addressFrom } from '#topics/topic.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { membershipNames } from '#web/desk/membership-names.server.ts';
import { textsForForm, textsFrom, typedText } from '#web/texts/texts-of-form.server.ts';
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
		...(await membershipsShown(event, kinds)),
		done: searchParams.get('done')
	};
};

/** The kinds of membership as they are shown, and as they are named per language. */
async function membershipsShown(event: RequestEvent, kinds: readonly string[]) {
	const { database } = contextOf(event);
	const { texts, languages } = await institutionOf(database);
	const shown = membershipNames(texts, kinds, event.locals.say);
	const fieldOf = (key: string) => `membership-${key}`;
	const names = textsForForm(texts, kinds.map(fieldOf));
	return {
		memberships: shown.map((kind) => ({ ...kind, names: names[fieldOf(kind.value)]! })),
		languages: languageCodes.filter((language) => languages.includes(language))
	};
}

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
		const names = namesTyped(typed, 'new');
		const name = names['en'] || Object.values(names).find(Boolean);
		if (!name) throw new WrongInput({ 'new.name': event.locals.say('organisations.membership-missing') });
		const key = addressFrom(name).slice(0, 40).replace(/-$/, '') || `kind-${Date.now()}`;
		await inTransaction(contextOf(event).database, async (transaction) => {
			await addMembershipKind(transaction, key, event.locals.actor);
			await changeInstitution(transaction, { texts: { [`membership-${key}`]: names } }, event.locals.actor);
		});
		doneKinds(event);
	}),

	nameMembership: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const key = typedText(typed, 'form');
		if (!(await membershipKinds(database)).includes(key)) throw refusal('not-found');
		await changeInstitution(database, { texts: { [`membership-${key}`]: namesTyped(typed, key) } }, event.locals.actor);
		doneKinds(event);
	})
};

function namesTyped(typed: FormData, key: string): Readonly<Record<string, string>> {
	return textsFrom(typed, ['name'], languageCodes, `${key}.`)['name']!;
}

function doneKinds(event: RequestEvent): never {
	redirect(303, localized(event, '/desk/organisations?done=membership'));
}

function done(event: RequestEvent, what: string): never {
	redirect(303, localized(event, `/desk/organisations?doubles&done=${what}`));
}
