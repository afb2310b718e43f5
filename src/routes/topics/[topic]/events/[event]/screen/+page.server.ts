import { codeLeads, codeShown, type EventOfTopic } from '#events/event.ts';
import { inLanguage } from '#languages/texts.server.ts';
import type { Topic } from '#topics/topic.ts';
import { headOf } from '#topics/showing.server.ts';
import { agendaOf } from '#townhalls/agenda.server.ts';
import { timesOfAgenda } from '#townhalls/floor/showing.server.ts';
import { screenOf } from '#townhalls/screen.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief } from '#web/events/event-page.server.ts';
import { wayIn } from '#web/floor/way-in.server.ts';
import { hallOfPage } from '#web/room/hall-page.server.ts';
import { pollShown } from '#web/room/polls.server.ts';
import { questionsShown } from '#web/room/questions.server.ts';
import type { PageServerLoad, PageServerLoadEvent } from './$types';

const questionsAtOnce = 7;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, hall, at } = await hallOfPage(event);
	const { language } = event.locals;
	const { shows, pollId } = await screenOf(contextOf(event).database, planned);
	const onScreen = hall.polls.find(({ poll }) => shows === 'poll' && poll.pollId === pollId);
	const questions = shows === 'questions' ? questionsShown(hall.questions, { order: 'support' }).seen : [];
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		now: hall.now,
		shows: shows === 'poll' && !onScreen ? ('welcome' as const) : shows,
		poll: onScreen ? pollShown(onScreen.poll, onScreen.figures, topic, language) : null,
		questions: questions.filter(({ state }) => state === 'approved' || state === 'asked').slice(0, questionsAtOnce),
		captions: shows === 'captions' ? hall.captions : [],
		agenda: shows === 'agenda' ? await agendaShown(event, topic, planned, at) : null,
		join: codeLeads(planned, at) ? { code: codeShown(planned.code), ...wayIn(event, planned.code) } : null
	};
};

async function agendaShown(event: PageServerLoadEvent, topic: Topic, planned: EventOfTopic, at: Date) {
	const { database } = contextOf(event);
	const [items, times] = await Promise.all([agendaOf(database, planned), timesOfAgenda(database, planned, at)]);
	const timeOf = new Map(times.items.map((time) => [time.itemId, time]));
	return {
		lateBy: times.lateBy,
		items: items.map(({ itemId, speakers, texts }) => ({
			...{ itemId, speakers },
			title: inLanguage(texts['title'], [event.locals.language], topic.defaultLanguage),
			state: timeOf.get(itemId)?.state ?? ('to-come' as const),
			beginsAt: timeOf.get(itemId)?.beginsAt ?? null,
			endsAt: timeOf.get(itemId)?.endsAt ?? null
		}))
	};
}
