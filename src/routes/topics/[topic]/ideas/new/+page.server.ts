import { z } from 'zod';
import { submitIdea, usableName, usableWording } from '#ideas/submitting.server.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { ideaNumberIn, numberAsked } from '#web/talk/idea-numbers.server.ts';
import { markdown } from '#web/texts/markdown.server.ts';
import {
	authorPreviewed,
	fieldsOfSending,
	languageChosen,
	onToReceipt,
	questionsToChoose,
	sender
} from '#web/sending/sending.server.ts';
import { suspicionOf } from '#web/sending/suspicion.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { language } = event.locals;
	const topic = await topicOfPage(event);
	const { participant: _, ...who } = await sender(event, topic);
	return {
		topic: headOf(topic, language),
		open: opennessOf(topic.archivedAt === null ? topic.stages : [], momentOf(contextOf(event))).ideas,
		questions: questionsToChoose(topic, language),
		question: event.url.searchParams.get('question') ?? '',
		follows: numberAsked(event.url.searchParams, 'follows'),
		...who
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
		const {
			attribution,
			name,
			language,
			question: _,
			follows: _follows,
			requestKey: _key,
			...words
		} = parse(form, typed, event.locals.say);
		const wording = usableWording(words);
		const named = usableName({ attribution, name });
		const topic = await topicOfPage(event);
		const { group } = await sender(event, topic);
		return {
			typed: textsOf(typed),
			preview: {
				point: wording.point,
				explanation: wording.explanation === '' ? null : markdown(wording.explanation),
				sources: wording.sources === '' ? null : markdown(wording.sources),
				language: await languageChosen(event, wording.point, language),
				author: authorPreviewed(group, attribution, named)
			}
		};
	}),

	send: answering(async (event, typed) => {
		const { keys, database } = contextOf(event);
		const { actor, say } = event.locals;
		const { question, follows, language, requestKey, ...draft } = parse(form, typed, say);
		const topic = await topicOfPage(event);
		const sent = await submitIdea(
			database,
			keys,
			{
				...draft,
				topicId: topic.topicId,
				questionId: topic.questions.find(({ number }) => String(number) === question)?.questionId ?? null,
				language: await languageChosen(event, `${draft.point}\n${draft.explanation}`, language),
				channel: 'web',
				successorOf: follows === '' ? null : ideaNumberIn(follows),
				requestKey: requestKey || null,
				suspicion: await suspicionOf(event, typed)
			},
			actor
		);
		onToReceipt(event, topic, sent);
	}, 'writing')
};

function textsOf(typed: FormData): Record<string, string> {
	return Object.fromEntries([...typed.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
