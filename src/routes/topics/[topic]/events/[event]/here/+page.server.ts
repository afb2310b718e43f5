import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { uuidv4 } from '#database/ids.ts';
import { detectLanguage } from '#languages/detection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { askQuestion, supportQuestion } from '#townhalls/questions/asking.server.ts';
import { questionOrders } from '#townhalls/questions/floor-question.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief } from '#web/events/event-page.server.ts';
import { hallOfPage } from '#web/room/hall-page.server.ts';
import { idOfQuestion, inHall } from '#web/room/own.server.ts';
import { givenIn, pollShown } from '#web/room/polls.server.ts';
import { orderAsked, questionsShown } from '#web/room/questions.server.ts';
import type { Actions, PageServerLoad } from './$types';

const lastLines = 3;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, hall, at, answers, mine } = await inHall(event);
	const { language } = event.locals;
	const { searchParams } = event.url;
	const sent = z.uuid().safeParse(searchParams.get('sent')).data ?? null;
	const order = orderAsked(searchParams);
	const shown = hall.polls.map(({ poll, figures }) =>
		pollShown(poll, figures, topic, language, { answered: answers.get(poll.pollId) ?? null, isPrivate: true })
	);
	const { settings } = hall;
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		open: shown.filter(({ state }) => state === 'open'),
		closed: shown.filter(({ state }) => state === 'closed').reverse(),
		questions: questionsShown(hall.questions, { order, mine, sent }),
		isTaking: settings.isOpen && planned.state === 'confirmed',
		isLookedAt: settings.isLookedAt || planned.attribution === 'chatham',
		order,
		orders: questionOrders,
		captions: hall.captions.slice(-lastLines),
		now: hall.now,
		/** from which the id of the question comes that is written next */
		questionId: uuidv4(),
		answered: searchParams.get('answered'),
		sent
	};
};

type PageEvent = RequestEvent<{ topic: string; event: string }>;

const polled = z.object({ poll: z.coerce.number().int().positive().max(1_000_000) });
const asking = z.object({
	id: z.uuid(),
	text: z.string().default(''),
	language: z.string().max(35).default(''),
	name: z.string().max(500).default('')
});
const supporting = z.object({ question: z.uuid(), supports: z.enum(['yes', 'no']) });

export const actions: Actions = {
	answer: answering(async (event, typed) => {
		const { answers } = contextOf(event);
		const { poll: number } = parse(polled, typed, event.locals.say);
		const poll = (await pollIn(event, number, { isRecent: true })) ?? (await pollIn(event, number, { isRecent: false }));
		if (!poll) throw refusal('not-found');
		await answers.give(poll.topicId, poll.pollId, givenIn(poll, typed), event.locals.actor);
		back(event, `?answered=${number}#poll-${number}`);
	}),

	ask: answering(async (event, typed) => {
		const { planned } = await hallOfPage(event);
		const { database, keys } = contextOf(event);
		const { id, text, language, name } = parse(asking, typed, event.locals.say);
		const questionId = idOfQuestion(id, event.locals.actor);
		const asked = { questionId, text, language: language || (await detectLanguage(text, event.locals.language)), name };
		await askQuestion(database, keys, planned, asked, event.locals.actor);
		back(event, `?sent=${questionId}#questions`);
	}, 'writing'),

	support: answering(async (event, typed) => {
		const { planned } = await hallOfPage(event);
		const { database, keys } = contextOf(event);
		const { question: questionId, supports } = parse(supporting, typed, event.locals.say);
		const { topicId, eventId } = planned;
		await supportQuestion(database, keys, { topicId, eventId, questionId }, supports === 'yes', event.locals.actor);
		const order = orderAsked(event.url.searchParams);
		back(event, `${order === 'mixed' ? '' : `?order=${order}`}#question-${questionId}`);
	})
};

function back(event: PageEvent, where: string): never {
	const { topic, event: number } = event.params;
	redirect(303, localized(event, `/topics/${topic}/events/${number}/here${where}`));
}

/** A poll that was opened within the last second may stand in the newest only. */
async function pollIn(event: PageEvent, number: number, wishes: { isRecent: boolean }) {
	const { hall } = await hallOfPage(event, wishes);
	return hall.polls.find(({ poll }) => poll.number === number)?.poll;
}
