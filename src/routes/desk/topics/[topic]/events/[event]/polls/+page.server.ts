import { z } from 'zod';
import { changePoll, makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { pollNumbered, pollsOfEvent } from '#townhalls/polls/polls.server.ts';
import { figuresOf, wordsAtDesk } from '#townhalls/polls/counting.server.ts';
import { decideWords } from '#townhalls/polls/words.server.ts';
import { showOnScreen, screenOf } from '#townhalls/screen.server.ts';
import { answering, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { backToDesk, deskOfRoom } from '#web/room/desk.server.ts';
import { pollFrom, pollInForm, pollShown } from '#web/room/polls.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, shown } = await deskOfRoom(event);
	const { database } = contextOf(event);
	const [polls, screen] = await Promise.all([pollsOfEvent(database, planned, { alsoDrafts: true }), screenOf(database, planned)]);
	const { defaultLanguage, languages } = topic;
	return {
		...shown,
		languages: [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)],
		polls: await Promise.all(
			polls.map(async (poll) => ({
				...pollShown(poll, await figuresOf(database, poll), topic, event.locals.language),
				words: poll.kind === 'cloud' ? await wordsAtDesk(database, poll) : [],
				form: poll.state === 'draft' ? pollInForm(poll) : null,
				isOnScreen: screen.shows === 'poll' && screen.pollId === poll.pollId
			}))
		),
		blank: pollInForm(null)
	};
};

const numbered = z.object({ poll: z.coerce.number().int().positive().max(1_000_000) });
const deciding = numbered.extend({
	word: z.array(z.coerce.number().int().positive().max(10_000_000)),
	decision: z.enum(['shown', 'kept-back'])
});

export const actions: Actions = {
	make: answering(async (event, typed) => {
		const { topic, planned } = await deskOfRoom(event);
		await makePoll(contextOf(event).database, planned, pollFrom(typed, topic, event.locals.say), event.locals.actor);
		backToDesk(event, 'polls');
	}),

	change: answering(async (event, typed) => {
		const { topic, planned } = await deskOfRoom(event);
		const { database } = contextOf(event);
		const poll = await pollNumbered(database, planned, parse(numbered, typed, event.locals.say).poll);
		await changePoll(database, poll, pollFrom(typed, topic, event.locals.say), event.locals.actor);
		backToDesk(event, `polls#poll-${poll.number}`);
	}),

	turn: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { database } = contextOf(event);
		const form = numbered.extend({ state: z.enum(['open', 'closed']) });
		const { poll: number, state } = parse(form, typed, event.locals.say);
		await turnPoll(database, await pollNumbered(database, planned, number), state, event.locals.actor);
		backToDesk(event, `polls#poll-${number}`);
	}),

	show: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { database } = contextOf(event);
		const { poll: number } = parse(numbered, typed, event.locals.say);
		const { pollId } = await pollNumbered(database, planned, number);
		await showOnScreen(database, planned, { shows: 'poll', pollId }, event.locals.actor);
		backToDesk(event, `polls#poll-${number}`);
	}),

	words: answering(async (event, typed) => {
		const { planned } = await deskOfRoom(event);
		const { database } = contextOf(event);
		const { poll: number, word: words, decision } = parse(deciding, typed, event.locals.say);
		const { topicId, pollId } = await pollNumbered(database, planned, number);
		await decideWords(database, { topicId, pollId, words }, decision, event.locals.actor);
		backToDesk(event, `polls#poll-${number}`);
	})
};
