import { z } from 'zod';
import { mailAddressOf } from '#contributions/intake/mail/addressees.server.ts';
import { largestFile } from '#contributions/intake/recognising.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { refuseUnsendable, submitText } from '#contributions/submitting.server.ts';
import { usableName } from '#ideas/submitting.server.ts';
import { usableText } from '#languages/usable.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import {
	authorPreviewed,
	fieldsOfSending,
	languageChosen,
	onToReceipt,
	questionsToChoose,
	sender
} from '#web/sending/sending.server.ts';
import { kept, sentFile } from '#web/sending/sent-file.server.ts';
import { suspicionOf } from '#web/sending/suspicion.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { language } = event.locals;
	const topic = await topicOfPage(event);
	const { participant: _, ...who } = await sender(event, topic);
	return {
		topic: headOf(topic, language),
		mailAddress: mailAddressOf(topic.slug, contextOf(event).settings.mailDomain),
		open: opennessOf(topic.archivedAt === null ? topic.stages : [], momentOf(contextOf(event))).submissions,
		questions: questionsToChoose(topic, language),
		limits: { title: submissionLimits.title, text: submissionLimits.text, megabytes: largestFile / 1024 / 1024 },
		...who
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
		const { group } = await sender(event, topic);
		const named = usableName({ attribution, name });
		return {
			typed: {
				title,
				text,
				attribution,
				name,
				language,
				question: textIn(typed, 'question'),
				requestKey: textIn(typed, 'requestKey')
			},
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
		const submission = {
			...draft,
			topicId: topic.topicId,
			questionId: topic.questions.find(({ number }) => String(number) === question)?.questionId ?? null,
			language: await languageChosen(event, `${draft.title}\n${draft.text}`, language),
			channel: 'web',
			requestKey: requestKey || null,
			suspicion: await suspicionOf(event, typed)
		} as const;
		refuseUnsendable(topic, { ...submission, file }, actor, momentOf(context));
		const sent = await submitText(database, keys, { ...submission, file: file && (await kept(files, file)) }, actor);
		onToReceipt(event, topic, sent);
	}, 'writing')
};

function textIn(typed: FormData, name: string): string {
	const value = typed.get(name);
	return typeof value === 'string' ? value : '';
}
