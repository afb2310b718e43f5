import { z } from 'zod';
import { submitIdea, usableName, usableWording } from '#ideas/submitting.server.ts';
import { questionNumbered } from '#topics/topic.ts';
import { answering, parse, whatWasTyped } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn, numberAsked } from '#web/talk/idea-numbers.server.ts';
import { markdown } from '#web/texts/markdown.server.ts';
import {
	authorPreviewed,
	fieldsOfSending,
	languageChosen,
	onToReceipt,
	questionsToChoose,
	sender,
	sendingPage,
	stateBeside
} from '#web/sending/sending.server.ts';
import { suspicionOf } from '#web/sending/suspicion.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	contextOf(event).similar.prepare(topic.topicId);
	return {
		...(await sendingPage(event, topic, 'ideas')),
		questions: questionsToChoose(topic, event.locals.language),
		question: event.url.searchParams.get('question') ?? '',
		follows: numberAsked(event.url.searchParams, 'follows')
	};
};

const form = z.object({
	point: z.string().default(''),
	explanation: z.string().default(''),
	sources: z.string().default(''),
	question: z.string().default(''),
	follows: z.string().default(''),
	...fieldsOfSending
});

export const actions: Actions = {
	/** Shows the idea exactly as it would stand; sends nothing. */
	preview: answering(async (event, typed) => {
		const { attribution, name, language, ...words } = parse(form, typed, event.locals.say);
		const wording = usableWording(words);
		const named = usableName({ attribution, name });
		const topic = await topicOfPage(event);
		const { group } = await sender(event, topic, typed);
		return {
			typed: whatWasTyped(typed),
			preview: {
				point: wording.point,
				explanation: wording.explanation === '' ? null : markdown(wording.explanation),
				sources: wording.sources === '' ? null : markdown(wording.sources),
				language: await languageChosen(event, wording.point, language),
				author: authorPreviewed(group, attribution, named),
				similar: await contextOf(event).similar.to(topic.topicId, wording.point)
			}
		};
	}),

	send: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const { actor, say } = event.locals;
		const { question, follows, language, requestKey, ...draft } = parse(form, typed, say);
		const topic = await topicOfPage(event);
		const suspicion = await suspicionOf(event, typed);
		await stateBeside(event, topic, typed);
		const sent = await submitIdea(
			database,
			keys,
			{
				...draft,
				topicId: topic.topicId,
				questionId: questionNumbered(topic, question)?.questionId ?? null,
				language: await languageChosen(event, `${draft.point}\n${draft.explanation}`, language),
				channel: 'web',
				successorOf: follows === '' ? null : ideaNumberIn(follows),
				requestKey: requestKey || null,
				suspicion
			},
			actor
		);
		onToReceipt(event, topic, sent);
	}, 'writing')
};
