import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { flagThing, shownThing, type Named } from '#ideas/moderating/flagging.server.ts';
import { hidingReasons } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn, numberAsked } from '#web/talk/idea-numbers.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	const number = ideaNumberIn(event.params.idea);
	const { text, language, ideaNumber } = await shownThing(contextOf(event).database, topic.topicId, namedBy(event));
	if (ideaNumber !== number) throw refusal('not-found');
	return {
		topic: headOf(topic, event.locals.language),
		isDone: event.url.searchParams.has('done'),
		number,
		comment: numberAsked(event.url.searchParams, 'comment'),
		thing: { text, language }
	};
};

const form = z.object({
	reason: z.enum(hidingReasons, 'ideas.flag-reason-missing'),
	words: z.string().default('')
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const { reason, words } = parse(form, typed, event.locals.say);
		const topic = await topicOfPage(event);
		await flagThing(database, keys, { topicId: topic.topicId, ...namedBy(event) }, { reason, words }, event.locals.actor);
		const query = new URLSearchParams(
			[...event.url.searchParams].filter(([name]) => name === 'comment' || name === 'suggestion')
		);
		query.set('done', '');
		redirect(303, localized(event, `/topics/${topic.slug}/ideas/${ideaNumberIn(event.params.idea)}/flag?${query}`));
	}, 'writing')
};

/** The idea of the page; a comment on it or a wording suggested for it where the query names one. */
function namedBy({ url, params }: RequestEvent<{ idea: string }>): Named {
	const comment = numberAsked(url.searchParams, 'comment');
	if (comment !== null) return { kind: 'comment', number: comment };
	const suggestion = url.searchParams.get('suggestion');
	if (suggestion === null) return { kind: 'idea', number: ideaNumberIn(params.idea) };
	if (!z.uuid().safeParse(suggestion).success) throw refusal('not-found');
	return { kind: 'suggestion', suggestionId: suggestion };
}
