import { z } from 'zod';
import { comment, commentOfTopic } from '#ideas/comments/commenting.server.ts';
import { sides } from '#ideas/comments/comment.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn, numberAsked } from '#web/talk/idea-numbers.server.ts';
import { fieldsOfSending, languageChosen, onToReceipt, sendingPage, stateBeside } from '#web/sending/sending.server.ts';
import { suspicionOf } from '#web/sending/suspicion.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { actor } = event.locals;
	const topic = await topicOfPage(event);
	const at = momentOf(context);
	const idea = await ideaPage(context.database, topic, ideaNumberIn(event.params.idea), { actor, at });
	const newest = idea.versions[0];
	if (!newest) throw refusal('not-found');
	const to = numberAsked(event.url.searchParams, 'to');
	const answered = to === null ? null : await commentOfTopic(context.database, topic.topicId, to);
	if (answered && (answered.ideaNumber !== idea.number || answered.concealed !== null)) throw refusal('not-found');
	return {
		...(await sendingPage(event, topic, 'comments')),
		idea: { number: idea.number, point: newest.point, language: idea.language },
		answered: answered ? { number: answered.number, text: answered.text, language: answered.language } : null
	};
};

const form = z.object({
	text: z.string().default(''),
	side: z.enum(sides).default('neutral'),
	to: z.string().default(''),
	...fieldsOfSending
});

export const actions: Actions = {
	default: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const { actor, say } = event.locals;
		const { to, language, requestKey, ...draft } = parse(form, typed, say);
		const topic = await topicOfPage(event);
		const suspicion = await suspicionOf(event, typed);
		await stateBeside(event, topic, typed);
		const sent = await comment(
			database,
			keys,
			{
				...draft,
				topicId: topic.topicId,
				ideaNumber: ideaNumberIn(event.params.idea),
				answers: to === '' ? null : ideaNumberIn(to),
				language: await languageChosen(event, draft.text, language),
				requestKey: requestKey || null,
				suspicion
			},
			actor
		);
		onToReceipt(event, topic, sent);
	}, 'writing')
};
