import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { languageCodes } from '#languages/languages.ts';
import { draftReport } from '#reports/drafting.server.ts';
import { reportsOf } from '#reports/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return {
		topic: headOf(topic, event.locals.language),
		languages: languageCodes,
		reports: (await reportsOf(contextOf(event).database, topic.topicId)).map(
			({ number, language, begunAt, edition, publishedAt }) => ({ number, language, begunAt, edition, publishedAt })
		)
	};
};

const drafting = z.object({ language: z.enum(languageCodes, 'reports.language-missing') });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const topic = await topicOfPage(event, { drafts: true });
		const wishes = parse(drafting, typed, event.locals.say);
		const { number } = await draftReport(contextOf(event).database, topic.topicId, wishes, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${number}`));
	})
};
