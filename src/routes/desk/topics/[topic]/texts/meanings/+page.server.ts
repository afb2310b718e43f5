import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { writtenAndMeant } from '#contributions/intake/meanings.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { meaningOptions, nameOfMeaning } from '#web/desk/meaning-options.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const [written, institution] = await Promise.all([writtenAndMeant(database, topic.topicId), institutionSeen(database)]);
	const asked = event.url.searchParams;
	const chosen = written.find(({ field, asWritten }) => field === asked.get('field') && asWritten === asked.get('text'));
	return {
		topic: headOf(topic, language),
		written: written.map((each) => ({ ...each, name: nameOfMeaning(each.field, each.means, institution, say) })),
		chosen: chosen ? { ...chosen, options: meaningOptions(institution, say)[chosen.field] } : null
	};
};

const correction = z.object({
	field: z.enum(['sector', 'region']),
	asWritten: z.string().max(2000),
	means: z.string().max(60)
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { database, cache } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { field, asWritten, means } = parse(correction, typed, event.locals.say);
		const correct = { topicId: topic.topicId, field, asWritten, means: means === 'none' ? '' : means };
		await correctMeaning(database, correct, event.locals.actor);
		cache.purge([`/topics/${topic.slug}`]);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts/meanings`));
	})
};
