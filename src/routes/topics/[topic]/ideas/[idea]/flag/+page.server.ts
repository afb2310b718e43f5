import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { commentOfTopic } from '#ideas/commenting.server.ts';
import { flagThing } from '#ideas/moderating.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { hidingReasons } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn, numberAsked } from '#web/idea-numbers.server.ts';
import { topicOfPage } from '#web/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event);
	const number = ideaNumberIn(event.params.idea);
	const commentNumber = numberAsked(event.url.searchParams, 'comment');
	const idea = await ideaOfTopic(database, topic.topicId, number);
	const comment = commentNumber === null ? null : await commentOfTopic(database, topic.topicId, commentNumber);
	if ((comment ?? idea).concealed !== null || (comment && comment.ideaNumber !== number)) throw refusal('not-found');
	return {
		topic: headOf(topic, event.locals.language),
		isDone: event.url.searchParams.has('done'),
		number,
		comment: commentNumber,
		text: comment?.text ?? idea.point,
		language: (comment ?? idea).language
	};
};

const form = z.object({
	reason: z.enum(hidingReasons, 'ideas.flag-reason-missing'),
	words: z.string().default(''),
	comment: z.string().default('')
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const { actor, say } = event.locals;
		const { comment, reason, words } = parse(form, typed, say);
		const topic = await topicOfPage(event);
		const idea = ideaNumberIn(event.params.idea);
		const thing =
			comment === '' ? ({ kind: 'idea', number: idea } as const) : ({ kind: 'comment', number: ideaNumberIn(comment) } as const);
		await flagThing(database, keys, { topicId: topic.topicId, ...thing }, { reason, words }, actor);
		const query = comment === '' ? '?done' : `?done&comment=${comment}`;
		redirect(303, localized(event, `/topics/${topic.slug}/ideas/${idea}/flag${query}`));
	}, 'writing')
};
