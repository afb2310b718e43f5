import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { contributedInNameOf, countInNameOf, countryNoted, namedThingsOnAPage } from '#ideas/in-the-name-of.server.ts';
import { talksNamed } from '#newsroom/own-data.server.ts';
import { currentId, organisationById } from '#people/organisations/reading.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const asked = z.uuid().safeParse(event.params.organisation);
	if (!asked.success) throw refusal('not-found');
	const id = await currentId(database, asked.data);
	const before = z.uuid().safeParse(event.url.searchParams.get('before')).data ?? null;
	const counts = await countInNameOf(database, id);
	// that staff know of an organisation is nobody's business until something stands under its name
	if (counts.ideas + counts.comments + counts.submissions === 0) throw refusal('not-found');
	if (id !== asked.data) redirect(308, localized(event, `/organisations/${id}`));
	const [{ name, language, kind }, country, found] = await Promise.all([
		organisationById(database, id),
		countryNoted(database, id),
		contributedInNameOf(database, id, { before, most: namedThingsOnAPage + 1 })
	]);
	const things = found.slice(0, namedThingsOnAPage);
	const talks = await talksNamed(database, [...new Set(things.map(({ topicId }) => topicId))], event.locals.language);
	return {
		organisation: { id, name, language, kind, country },
		counts,
		talks: talks.map((talk) => ({ ...talk, things: things.filter(({ topicId }) => topicId === talk.topicId) })),
		older: found.length > things.length ? things.at(-1)!.contributionId : null
	};
};
