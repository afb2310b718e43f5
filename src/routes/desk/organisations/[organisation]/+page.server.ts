import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { languageTag } from '#languages/languages.ts';
import { countries, isCountry } from '#people/regions.ts';
import * as changing from '#people/organisations/changing.server.ts';
import { joinOrganisations, splitOrganisation } from '#people/organisations/joining.server.ts';
import { whyErased } from '#people/organisations/erasing.ts';
import { organisationKinds } from '#people/organisations/organisation.ts';
import {
	currentId,
	factsOf,
	membershipKinds,
	organisationById,
	organisationsFound
} from '#people/organisations/reading.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { eraseOrganisation, organisationToErase } from '#reports/erasing-organisations.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { membershipNames } from '#web/desk/membership-names.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { say } = event.locals;
	const id = idOf(event);
	const now = await currentId(database, id);
	if (now !== id) redirect(303, localized(event, `/desk/organisations/${now}`));
	const words = (event.url.searchParams.get('join') ?? '').slice(0, 200);
	const [organisation, facts, kinds, candidates, toErase] = await Promise.all([
		organisationById(database, id),
		factsOf(database, id),
		membershipKinds(database),
		words === '' ? [] : organisationsFound(database, { words }),
		organisationToErase(database, id, event.locals.actor)
	]);
	return {
		organisation,
		facts,
		toErase,
		parentName: organisation.parentId ? (await organisationById(database, organisation.parentId)).name : '',
		memberships: membershipNames((await institutionSeen(database)).texts, kinds, say),
		kinds: organisationKinds.map((value) => ({ value, label: say(`organisations.kind-${value}`) })),
		countries: countries
			.map((value) => ({ value, label: say.country(value) }))
			.toSorted((one, other) => one.label.localeCompare(other.label, say.language)),
		words,
		candidates: candidates.filter(({ organisationId }) => organisationId !== id).slice(0, 20),
		done: event.url.searchParams.has('done')
	};
};

export const actions: Actions = {
	name: answering(async (event, typed) => {
		const form = z.object({
			name: z.string().trim().min(1, 'organisations.name-missing').max(300),
			language: z.string().max(35),
			isMain: z.literal('yes').optional()
		});
		const { name, language, isMain } = parse(form, typed, event.locals.say);
		const words = { name, language: languageTag(language) ?? 'und', isMain: isMain === 'yes' };
		await changing.addName(contextOf(event).database, idOf(event), words, event.locals.actor);
		done(event);
	}),

	unname: answering(async (event, typed) => {
		const { folded } = parse(z.object({ folded: z.string().max(300) }), typed, event.locals.say);
		await changing.removeName(contextOf(event).database, idOf(event), folded, event.locals.actor);
		done(event);
	}),

	details: answering(async (event, typed) => {
		const form = z.object({
			kind: z.union([z.literal(''), z.enum(organisationKinds)]),
			country: z.string().refine((code) => code === '' || isCountry(code)),
			parent: z.string().trim().max(300)
		});
		const { kind, country, parent } = parse(form, typed, event.locals.say);
		const { database } = contextOf(event);
		const details = { kind: kind || null, country: country || null, parentId: await parentNamed(event, parent) };
		await changing.changeDetails(database, idOf(event), details, event.locals.actor);
		done(event);
	}),

	memberships: answering(async (event, typed) => {
		const { membership } = parse(z.object({ membership: z.array(z.string().max(40)).max(50) }), typed, event.locals.say);
		await changing.changeMemberships(contextOf(event).database, idOf(event), membership, event.locals.actor);
		done(event);
	}),

	domain: answering(async (event, typed) => {
		const { domain } = parse(z.object({ domain: z.string().trim().max(300) }), typed, event.locals.say);
		await changing.confirmDomain(contextOf(event).database, idOf(event), domain, event.locals.actor);
		done(event);
	}),

	'remove-domain': answering(async (event, typed) => {
		const { domain } = parse(z.object({ domain: z.string().max(300) }), typed, event.locals.say);
		await changing.removeDomain(contextOf(event).database, idOf(event), domain, event.locals.actor);
		done(event);
	}),

	join: answering(async (event, typed) => {
		const { into, reason } = parse(z.object({ into: z.uuid(), reason: z.string().trim().max(500) }), typed, event.locals.say);
		await joinOrganisations(contextOf(event).database, idOf(event), into, event.locals.actor, reason);
		redirect(303, localized(event, `/desk/organisations/${into}?done`));
	}),

	split: answering(async (event, typed) => {
		const { organisation } = parse(z.object({ organisation: z.uuid() }), typed, event.locals.say);
		await splitOrganisation(contextOf(event).database, organisation, event.locals.actor);
		done(event);
	}),

	erase: answering(async (event, typed) => {
		const form = z.object({
			why: z.enum(whyErased, 'organisations.erase-why-missing'),
			sure: z.literal('yes', 'erasing.sure-missing')
		});
		const { why } = parse(form, typed, event.locals.say);
		const { database, cache } = contextOf(event);
		await eraseOrganisation(database, idOf(event), why, event.locals.actor);
		cache.purge(['/topics', '/organisations', '/countries']);
		redirect(303, localized(event, '/desk/organisations?done=erased'));
	})
};

/** A parent is typed by its name: it must be known, so that no slip makes a new organisation. */
async function parentNamed(event: RequestEvent, name: string): Promise<string | null> {
	if (name === '') return null;
	const found = await organisationsFound(contextOf(event).database, { words: name });
	const same = found.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? (found.length === 1 ? found[0] : undefined);
	if (!same) throw refusal('no-such-organisation');
	return same.organisationId;
}

function idOf(event: RequestEvent): string {
	const id = z.uuid().safeParse(event.params.organisation);
	if (!id.success) throw refusal('not-found');
	return id.data;
}

function done(event: RequestEvent): never {
	redirect(303, localized(event, `/desk/organisations/${idOf(event)}?done`));
}
