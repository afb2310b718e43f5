import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { shownThing, type Named } from '#ideas/moderating/flagging.server.ts';
import { askAboutMe } from '#ideas/requests/third-persons.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { numberAsked } from '#web/talk/idea-numbers.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	const isDone = event.url.searchParams.has('done');
	// once it is asked, the thing may be gone before its page is left
	const thing = isDone ? null : await shownThing(contextOf(event).database, topic.topicId, namedBy(event));
	return {
		topic: headOf(topic, event.locals.language),
		isDone,
		thing: thing && { text: thing.text, language: thing.language }
	};
};

const form = z.object({
	words: z.string().default(''),
	email: z.union([z.literal(''), z.email('about-me.email-unusable')]).default('')
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { words, email } = parse(form, typed, event.locals.say);
		const topic = await topicOfPage(event);
		const { language } = event.locals;
		await askAboutMe(contextOf(event).database, { topicId: topic.topicId, ...namedBy(event) }, { words, email, language });
		redirect(303, localized(event, `/topics/${topic.slug}/about-me?done`));
	}, 'writing')
};

/** The text that the query names. */
function namedBy({ url }: Pick<RequestEvent, 'url'>): Named {
	for (const kind of ['idea', 'comment', 'submission'] as const) {
		const number = numberAsked(url.searchParams, kind);
		if (number !== null) return { kind, number };
	}
	const suggestion = url.searchParams.get('suggestion');
	if (suggestion === null || !z.uuid().safeParse(suggestion).success) throw refusal('not-found');
	return { kind: 'suggestion', suggestionId: suggestion };
}
