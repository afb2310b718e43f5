import { renderSVG } from 'uqr';
import { codeShown } from '#events/event.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { headOf } from '#topics/showing.server.ts';
import { captionsOf } from '#townhalls/captions/lines.server.ts';
import { pollOf } from '#townhalls/polls/polls.server.ts';
import { screenOf } from '#townhalls/screen.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import { pollShown } from '#web/room/polls.server.ts';
import { questionsShown } from '#web/room/questions.server.ts';
import type { PageServerLoad } from './$types';

const lines = 6;
const questionsAtOnce = 7;

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { database } = contextOf(event);
	const { language } = event.locals;
	const { shows, pollId } = await screenOf(database, planned);
	const poll = shows === 'poll' && pollId !== null ? await pollOf(database, topic.topicId, pollId) : null;
	const here = new URL(pathInLanguage(`/topics/${topic.slug}/events/${planned.number}/here`, language), event.url);
	const questions =
		shows === 'questions'
			? (await questionsShown(database, planned, { order: 'mixed', participant: null, sent: null })).seen
			: [];
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		shows: shows === 'poll' && (!poll || poll.state === 'draft') ? ('welcome' as const) : shows,
		poll: poll && poll.state !== 'draft' ? await pollShown(database, poll, topic, language) : null,
		questions: questions.filter(({ state }) => state === 'approved' || state === 'asked').slice(0, questionsAtOnce),
		captions: shows === 'captions' ? await captionsOf(database, planned, { last: lines }) : [],
		code: codeShown(planned.code),
		wayIn: {
			shown: here.host + here.pathname,
			picture: `data:image/svg+xml,${encodeURIComponent(renderSVG(here.href, { border: 2 }))}`
		}
	};
};
