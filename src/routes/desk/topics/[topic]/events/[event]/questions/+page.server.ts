import { z } from 'zod';
import { isRapporteur } from '#activity/staff.ts';
import { isChatham } from '#events/event.ts';
import { limits } from '#ideas/idea.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { decideQuestion, mergeQuestions, setQuestions, undoMerge } from '#townhalls/questions/deciding.server.ts';
import { attachQuestion, drawFromQuestion, isDrawable } from '#townhalls/questions/drawing.server.ts';
import { inOrder, questionStates } from '#townhalls/questions/floor-question.ts';
import { mergesOf, questionSettings, questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';
import { likeQuestions } from '#townhalls/questions/likeness.server.ts';
import { showOnScreen, screenOf } from '#townhalls/screen.server.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { forgetPages } from '#web/desk/setup.server.ts';
import { backToDesk, deskOfRoom } from '#web/room/desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, shown } = await deskOfRoom(event);
	const { database } = contextOf(event);
	const { actor, language } = event.locals;
	const [all, settings, merges, screen] = await Promise.all([
		questionsOfEvent(database, planned),
		questionSettings(database, planned),
		mergesOf(database, planned),
		screenOf(database, planned)
	]);
	const numbers = new Map(all.map(({ questionId, number }) => [questionId, number]));
	const alone = all
		.filter(({ into }) => into === null)
		.map((question) => ({
			...question,
			mayDraw: isRapporteur(actor, planned.topicId) && isDrawable(question),
			with: merges
				.filter(({ into }) => into === question.questionId)
				.map(({ mergeId, merged }) => ({
					mergeId,
					number: numbers.get(merged)!,
					text: all.find((one) => one.questionId === merged)!.text
				}))
		}));
	return {
		...shown,
		settings,
		guiding: topic.questions.map(({ questionId, number, texts }) => {
			const { text, language: lang } = inLanguage(texts['text'], [language], topic.defaultLanguage);
			return { value: questionId, label: `${number}. ${text}`, lang };
		}),
		longest: limits.point,
		isChatham: isChatham(planned),
		isOnScreen: screen.shows === 'questions',
		waiting: alone.filter(({ state }) => state === 'new'),
		shown: inOrder(
			alone.filter(({ state }) => state === 'approved' || state === 'asked'),
			'support'
		),
		done: alone.filter(({ state }) => !['new', 'approved', 'asked'].includes(state)).reverse(),
		alike: likeQuestions(all).map(({ one, other, isSure }) => ({ one, other, isSure }))
	};
};

const drawing = z.object({
	form: z.string(),
	question: z.uuid(),
	point: z.string(),
	guiding: z.union([z.literal('').transform(() => null), z.uuid()]).default(null)
});
const attaching = z.object({
	form: z.string(),
	question: z.uuid(),
	idea: z.coerce.number('floor-questions.idea-missing').int('floor-questions.idea-missing').min(1, 'floor-questions.idea-missing')
});

const deciding = z.object({
	question: z.uuid(),
	state: z.enum(questionStates),
	words: z.string().default(''),
	seen: z.coerce.number().int().positive()
});

export const actions: Actions = {
	decide: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { question: questionId, ...decision } = parse(deciding, typed, event.locals.say);
		const { topicId, eventId } = planned;
		await decideQuestion(contextOf(event).database, { topicId, eventId, questionId }, decision, event.locals.actor);
		backToDesk(event, 'questions');
	}),

	draw: answering(async (event, typed) => {
		const { topic, planned } = await deskOfRoom(event);
		const { question: questionId, point, guiding } = parse(drawing, typed, event.locals.say);
		const { topicId, eventId } = planned;
		const drawn = { point: point.trim(), explanation: '', guidingQuestionId: guiding };
		await drawFromQuestion(contextOf(event).database, { topicId, eventId, questionId }, drawn, event.locals.actor);
		forgetPages(event, topic.slug);
		backToDesk(event, 'questions');
	}),

	attach: answering(async (event, typed) => {
		const { topic, planned } = await deskOfRoom(event);
		const { question: questionId, idea } = parse(attaching, typed, event.locals.say);
		const { topicId, eventId } = planned;
		await attachQuestion(contextOf(event).database, { topicId, eventId, questionId }, idea, event.locals.actor);
		forgetPages(event, topic.slug);
		backToDesk(event, 'questions');
	}),

	merge: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const merging = parse(z.object({ merged: z.uuid(), into: z.uuid() }), typed, event.locals.say);
		await mergeQuestions(contextOf(event).database, planned, merging, event.locals.actor);
		backToDesk(event, 'questions');
	}),

	part: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { merge } = parse(z.object({ merge: z.uuid() }), typed, event.locals.say);
		await undoMerge(contextOf(event).database, planned, merge, event.locals.actor);
		backToDesk(event, 'questions');
	}),

	set: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const settings = { isOpen: typed.get('isOpen') === 'yes', isLookedAt: typed.get('isLookedAt') === 'yes' };
		await setQuestions(contextOf(event).database, planned, settings, event.locals.actor);
		backToDesk(event, 'questions');
	}),

	show: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { shows } = parse(z.object({ shows: z.enum(['welcome', 'questions', 'captions']) }), typed, event.locals.say);
		await showOnScreen(contextOf(event).database, planned, { shows, pollId: null }, event.locals.actor);
		backToDesk(event, shows === 'captions' ? 'captions' : 'questions');
	})
};
