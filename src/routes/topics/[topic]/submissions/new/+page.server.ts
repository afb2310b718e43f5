import { z } from 'zod';
import { mailAddressOf } from '#contributions/intake/mail/addressees.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { refuseUnsendable, submitText } from '#contributions/submitting.server.ts';
import { usableName } from '#ideas/submitting.server.ts';
import { usableText } from '#languages/usable.ts';
import { questionNumbered } from '#topics/topic.ts';
import { answering, parse, whatWasTyped } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
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
import { kept, sentFile } from '#web/sending/sent-file.server.ts';
import { suspicionOf } from '#web/sending/suspicion.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event);
	return {
		...(await sendingPage(event, topic, 'submissions')),
		mailAddress: mailAddressOf(topic.slug, contextOf(event).settings.mailDomain),
		questions: questionsToChoose(topic, event.locals.language)
	};
};

const form = z.object({
	title: z.string().default(''),
	text: z.string().default(''),
	question: z.string().default(''),
	...fieldsOfSending
});

export const actions: Actions = {
	/** Shows how it would stand; sends nothing. A file is chosen again afterwards: a browser never keeps one in a form. */
	preview: answering(async (event, typed) => {
		const { title, text, attribution, name, language } = parse(form, typed, event.locals.say);
		const file = sentFile(typed);
		const words = {
			title: usableText(title, { max: submissionLimits.title, what: 'title' }),
			text: usableText(text, { max: submissionLimits.text, what: 'text', mayBeEmpty: file !== null })
		};
		const topic = await topicOfPage(event);
		const { group } = await sender(event, topic, typed);
		const named = usableName({ attribution, name });
		return {
			typed: whatWasTyped(typed),
			preview: {
				...words,
				file: file?.name ?? null,
				language: await languageChosen(event, `${title}\n${text}`, language),
				author: authorPreviewed(group, attribution, named)
			}
		};
	}),

	send: answering(async (event, typed) => {
		const context = contextOf(event);
		const { keys, database, files } = context;
		const { actor, say } = event.locals;
		const { question, language, requestKey, ...draft } = parse(form, typed, say);
		const topic = await topicOfPage(event);
		const file = sentFile(typed);
		const suspicion = await suspicionOf(event, typed);
		const submission = {
			...draft,
			topicId: topic.topicId,
			questionId: questionNumbered(topic, question)?.questionId ?? null,
			language: await languageChosen(event, `${draft.title}\n${draft.text}`, language),
			channel: 'web',
			requestKey: requestKey || null,
			suspicion
		} as const;
		refuseUnsendable(topic, { ...submission, file }, actor, momentOf(context));
		await stateBeside(event, topic, typed);
		const sent = await submitText(database, keys, { ...submission, file: file && (await kept(files, file)) }, actor);
		onToReceipt(event, topic, sent);
	}, 'writing')
};
