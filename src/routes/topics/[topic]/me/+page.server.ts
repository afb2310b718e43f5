import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { inTransaction } from '#database/connection.server.ts';
import { languageCodes, languageTag } from '#languages/languages.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { isCountry, isRegion } from '#people/regions.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { capacities, nothingStated } from '#topics/participants/profile.ts';
import { headOf } from '#topics/showing.server.ts';
import { organisationNameOf, profileOf, stateProfile } from '#topics/participants/stating.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { pathThen } from '#web/then.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database, keys } = contextOf(event);
	const { actor, language, say } = event.locals;
	const topic = await topicOfPage(event);
	const [institution, participant] = await Promise.all([
		institutionSeen(database),
		topic.archivedAt === null ? seenParticipant(database, keys, topic.topicId, actor) : null
	]);
	const profile = participant
		? await profileOf(database, topic.topicId, participant.number)
		: { ...nothingStated, assurance: null };
	return {
		topic: headOf(topic, language),
		isArchived: topic.archivedAt !== null,
		then: pathThen(event.url.searchParams.get('then'), localized(event, `/topics/${topic.slug}`)),
		isAsked: event.url.searchParams.has('then'),
		groups: groupOptions(institution, say),
		profile,
		organisation: profile.organisationId ? await organisationNameOf(database, profile.organisationId) : '',
		otherLanguages: profile.reads.filter((tag) => !isOfInterface(tag))
	};
};

const empty = z.literal('').transform(() => null);
const form = z.object({
	groups: z.array(z.string().max(60)).max(20),
	country: z.union([empty, z.string().refine(isCountry)]).default(null),
	region: z.union([empty, z.string().refine(isRegion)]).default(null),
	organisation: z.string().trim().max(200, 'me.organisation-too-long').default(''),
	capacity: z.union([empty, z.enum(capacities)]).default(null),
	reads: z.array(z.string().refine((tag) => tag === '' || languageTag(tag) !== null)).max(30),
	then: z.string().default('')
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { database, keys } = contextOf(event);
		const { actor, say } = event.locals;
		const topic = await topicOfPage(event);
		const { organisation, then, reads, ...stated } = parse(form, typed, say);
		await inTransaction(database, async (transaction) => {
			const [organisationId = null] = await organisationsNamed(transaction, [{ name: organisation, country: stated.country }]);
			const known = [...new Set(reads.filter(Boolean).map((tag) => languageTag(tag)!))];
			await stateProfile(transaction, keys, topic.topicId, actor, { ...stated, organisationId, reads: known });
		});
		redirect(303, pathThen(then, localized(event, `/topics/${topic.slug}`)));
	})
};

function isOfInterface(tag: string): boolean {
	return (languageCodes as readonly string[]).includes(tag);
}
