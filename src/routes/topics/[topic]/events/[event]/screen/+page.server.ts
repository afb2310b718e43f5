import { codeLeads, codeShown } from '#events/event.ts';
import { headOf } from '#topics/showing.server.ts';
import { screenOf } from '#townhalls/screen.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief } from '#web/events/event-page.server.ts';
import { wayIn } from '#web/floor/way-in.server.ts';
import { hallOfPage } from '#web/room/hall-page.server.ts';
import { pollShown } from '#web/room/polls.server.ts';
import { questionsShown } from '#web/room/questions.server.ts';
import type { PageServerLoad } from './$types';

const questionsAtOnce = 7;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, hall, at } = await hallOfPage(event);
	const { database } = contextOf(event);
	const { language } = event.locals;
	const { shows, pollId } = await screenOf(database, planned);
	const onScreen = hall.polls.find(({ poll }) => shows === 'poll' && poll.pollId === pollId);
	const questions = shows === 'questions' ? questionsShown(hall.questions, { order: 'mixed' }).seen : [];
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		last: hall.last,
		shows: shows === 'poll' && !onScreen ? ('welcome' as const) : shows,
		poll: onScreen ? pollShown(onScreen.poll, onScreen.figures, topic, language) : null,
		questions: questions.filter(({ state }) => state === 'approved' || state === 'asked').slice(0, questionsAtOnce),
		captions: shows === 'captions' ? hall.captions : [],
		wayIn: codeLeads(planned, at) ? { code: codeShown(planned.code), ...wayIn(event, planned.code) } : null
	};
};
