import { redirect } from '@sveltejs/kit';
import { formWithCode } from '#contributions/intake/paper/printing.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { opennessOf } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** Who looks at the square picture of a form with a phone comes to the same questions online. It tells nothing of what stands on the form. */
export const GET: RequestHandler = async (event) => {
	const context = contextOf(event);
	const { topic, form } = await guessed(event, async () => {
		const form = await formWithCode(context.database, event.params.code);
		if (!form) throw refusal('not-found');
		return { form, topic: await topicOf(context.database, form.topicId) };
	});
	if (topic.publishedAt === null) throw refusal('not-found');
	const question = topic.questions.find(({ questionId }) => questionId === form.questionId);
	const { ideas } = opennessOf(topic, momentOf(context));
	const path = ideas.isOpen
		? `/topics/${topic.slug}/ideas/new${question ? `?question=${question.number}` : ''}`
		: `/topics/${topic.slug}`;
	redirect(303, pathInLanguage(path, form.language));
};
