import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { flagThing, shownThing } from '#ideas/moderating/flagging.server.ts';
import { hidingReasons } from '#moderation/rules.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn } from '#web/talk/idea-numbers.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	const number = ideaNumberIn(event.params.submission);
	const { text, language } = await shownThing(contextOf(event).database, topic.topicId, { kind: 'submission', number });
	return {
		topic: headOf(topic, event.locals.language),
		isDone: event.url.searchParams.has('done'),
		number,
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
		const flagging = parse(form, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event);
		const number = ideaNumberIn(event.params.submission);
		await flagThing(database, keys, { topicId, kind: 'submission', number }, flagging, event.locals.actor);
		redirect(303, localized(event, `/topics/${slug}/submissions/${number}/flag?done`));
	}, 'writing')
};
