import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { uuidv7 } from '#database/ids.ts';
import { languageCodes } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { askForDraft, draftsUnderWay, draftWithin, numberOfDraft } from '#reports/drafting/asking.server.ts';
import { reportsOf } from '#reports/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** So long the form waits for the draft, which of most talks is there sooner. */
const patience = 2000;

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const waitedFor = event.url.searchParams.get('draft');
	if (waitedFor !== null) {
		if (!z.uuid().safeParse(waitedFor).success) throw refusal('not-found');
		const number = await numberOfDraft(database, topic.topicId, waitedFor);
		if (number !== null) redirect(303, localized(event, `/desk/topics/${topic.slug}/report/${number}`));
	}
	const [reports, underWay] = await Promise.all([reportsOf(database, topic.topicId), draftsUnderWay(database, topic.topicId)]);
	return {
		topic: headOf(topic, event.locals.language),
		languages: languageCodes,
		reports: reports.map(({ number, language, begunAt, edition, publishedAt }) => ({
			number,
			language,
			begunAt,
			edition,
			publishedAt
		})),
		underWay,
		waitedFor,
		/** which the next draft will have: the same form sent twice is one report */
		reportId: uuidv7()
	};
};

const drafting = z.object({ reportId: z.uuid(), language: z.enum(languageCodes, 'reports.language-missing') });

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		const { reportId, language } = parse(drafting, typed, event.locals.say);
		await askForDraft(database, { topicId, reportId, language }, event.locals.actor);
		const number = await draftWithin(database, topicId, reportId, patience);
		const base = `/desk/topics/${slug}/report`;
		redirect(303, localized(event, number === null ? `${base}?draft=${reportId}` : `${base}/${number}`));
	})
};
