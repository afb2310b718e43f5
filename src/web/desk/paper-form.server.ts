import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { accountOf } from '#activity/actor.ts';
import { claimForm, passOver } from '#contributions/intake/paper/deciding.server.ts';
import { formNumbered } from '#contributions/intake/paper/forms.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { enterForm } from '#ideas/entering-paper.server.ts';
import { attributions } from '#contributions/contribution.ts';
import { limits } from '#ideas/idea.ts';
import { languageTag } from '#languages/languages.ts';
import { codePoints } from '#languages/usable.ts';
import { isCountry } from '#people/regions.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { headOf, topicShown } from '#topics/showing.server.ts';
import { questionNumbered, type Topic } from '#topics/topic.ts';
import { localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import { toNext } from './paper.server.ts';

/** There are two on a sheet, and room on its back. */
export const ideasOfForm = [1, 2, 3, 4] as const;

export async function formPage(event: RequestEvent, topic: Topic) {
	const context = contextOf(event);
	const { language, say, actor } = event.locals;
	const at = momentOf(context);
	const form = await formNumbered(context.database, topic.topicId, numberIn(event), at);
	const { questions } = topicShown(topic, language, at);
	const { topicId: _, claim, questionId, ...rest } = form;
	return {
		topic: headOf(topic, language),
		form: { ...rest, question: questions.find((question) => question.questionId === questionId)?.number ?? null },
		takenBy: claim && claim.accountId !== accountOf(actor) ? claim.name : null,
		questions: questions.map(({ number, text }) => ({ number, text })),
		groups: groupOptions(await institutionSeen(context.database), say),
		done: event.url.searchParams.get('done')
	};
}

const empty = z.literal('').transform(() => null);
const text = (most: number, message: string) =>
	z
		.string()
		.refine((typed) => codePoints(typed) <= most, message)
		.default('');
const fields = {
	language: z.string().refine((tag) => tag === 'und' || languageTag(tag) !== null, 'paper.language-missing'),
	title: text(submissionLimits.title, 'paper.title-too-long'),
	text: text(submissionLimits.text, 'paper.text-too-long'),
	groups: z.array(z.string().max(60)).max(20),
	country: z.union([empty, z.string().refine(isCountry)]).default(null),
	organisation: z.string().trim().max(200, 'me.organisation-too-long').default(''),
	attribution: z.enum(attributions).default('anonymous'),
	name: text(limits.name, 'paper.name-too-long')
};
const ideaFields = Object.fromEntries(
	ideasOfForm.flatMap((place) => [
		[`point-${place}`, text(limits.point, 'paper.point-too-long')],
		[`explanation-${place}`, text(limits.explanation, 'paper.explanation-too-long')],
		[`question-${place}`, z.string().default('')]
	])
);

/** Keeps what was typed, and goes on to the next form. */
export async function takeTyped(event: RequestEvent, typed: FormData, topic: Topic): Promise<never> {
	const { database, keys, cache } = contextOf(event);
	const { say, actor } = event.locals;
	const number = numberIn(event);
	const { title, text: long, ...about } = parse(z.object(fields), typed, say);
	const ideas: Readonly<Record<string, string>> = parse(z.object(ideaFields), typed, say);
	const said = (name: string) => ideas[name] ?? '';
	await enterForm(
		database,
		keys,
		{
			...about,
			topicId: topic.topicId,
			number,
			ideas: ideasOfForm.map((place) => ({
				point: said(`point-${place}`),
				explanation: said(`explanation-${place}`),
				questionId: questionNumbered(topic, said(`question-${place}`))?.questionId ?? null
			})),
			long: { title, text: long }
		},
		actor
	);
	cache.purge([`/topics/${topic.slug}`]);
	return toNext(event, topic, number, 'typed');
}

export async function takePassing(event: RequestEvent, topic: Topic, outcome: 'empty' | 'illegible'): Promise<never> {
	const number = numberIn(event);
	await passOver(contextOf(event).database, topic.topicId, number, outcome, event.locals.actor);
	return toNext(event, topic, number, outcome);
}

export async function takeOver(event: RequestEvent, { topicId, slug }: Topic): Promise<never> {
	const number = numberIn(event);
	await claimForm(contextOf(event).database, topicId, number, event.locals.actor, { takesOver: true });
	redirect(303, localized(event, `/desk/topics/${slug}/paper/forms/${number}#point-1`));
}

function numberIn({ params }: RequestEvent): number {
	const number = params['form'] ?? '';
	if (!/^[1-9]\d{0,6}$/u.test(number)) throw refusal('not-found');
	return Number(number);
}
