import type { Queryable } from '#database/connection.server.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { inLanguage } from '#languages/texts.server.ts';
import type { Say } from '#languages/speaking.ts';
import { agendaOf, agendaSteps } from '#townhalls/agenda.server.ts';
import { recordOf } from '#townhalls/floor/summarising.server.ts';
import { draftOf, type MinuteSection, type Recorded, type Spell } from '#townhalls/minutes/minutes.ts';
import { figuresOf } from '#townhalls/polls/counting.server.ts';
import { pollsOfEvent } from '#townhalls/polls/polls.server.ts';
import { isSeen } from '#townhalls/questions/floor-question.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

/**
 * A draft by item of the agenda from what was recorded: who spoke and the summary of it, questions and what became of them, results of polls.
 * @param say in the language of the minutes
 */
export async function draftFromRecords(queryable: Queryable, event: EventOfTopic, say: Say): Promise<MinuteSection[]> {
	const recorded = [
		...(await spokenRecorded(queryable, event)),
		...(await questionsRecorded(queryable, event, say)),
		...(await pollsRecorded(queryable, event, say))
	];
	const moment = ({ at }: Recorded) => at?.getTime() ?? Number.MAX_SAFE_INTEGER;
	recorded.sort((one, other) => moment(one) - moment(other));
	return draftOf(await itemsOf(queryable, event, say), recorded, say('minutes.rest'));
}

/** The items of the agenda, and when each was on. */
async function itemsOf(queryable: Queryable, event: EventOfTopic, say: Say): Promise<Spell[]> {
	const [items, steps] = await Promise.all([agendaOf(queryable, event), agendaSteps(queryable, event)]);
	return items.map(({ itemId, texts }) => {
		const spells: { from: Date; to: Date | null }[] = [];
		for (const { step, at } of steps.filter((one) => one.itemId === itemId)) {
			const last = spells.at(-1);
			if (step === 'begun') spells.push({ from: at, to: null });
			else if (last) last.to = at;
		}
		return { heading: inLanguage(texts['title'], [say.language]).text, spells };
	});
}

/** Summaries of what was said, and statements to the record; under the Chatham House rule their time is not known. */
async function spokenRecorded(queryable: Queryable, event: EventOfTopic): Promise<Recorded[]> {
	const { topicId, eventId } = event;
	const { rows } = await queryable.query<{ turn: number; at: Date }>(
		`select intervention_number as turn, began_at as at from interventions where topic_id = $1 and event_id = $2`,
		[topicId, eventId]
	);
	const times = new Map(rows.map(({ turn, at }) => [turn, at]));
	return (await recordOf(queryable, event))
		.filter(({ text }) => text !== '')
		.map(({ turn, text, name }) => ({
			at: turn === null || isChatham(event) ? null : (times.get(turn) ?? null),
			text: name === null ? text : `${name}: ${text}`
		}));
}

async function questionsRecorded(queryable: Queryable, event: EventOfTopic, say: Say): Promise<Recorded[]> {
	const { topicId, eventId } = event;
	const { rows } = await queryable.query<{ questionId: string; at: Date | null }>(
		`
			select q.floor_question_id as "questionId", min(s.at) filter (where s.state in ('asked', 'answered', 'taken-up', 'on-record')) as at
			from floor_questions q
			join floor_question_states s using (topic_id, floor_question_id)
			where q.topic_id = $1 and q.event_id = $2
			group by q.floor_question_id`,
		[topicId, eventId]
	);
	const times = new Map(rows.map(({ questionId, at }) => [questionId, at]));
	const questions = await questionsOfEvent(queryable, event);
	return questions
		.filter(({ state, into, text }) => isSeen(state) && state !== 'approved' && into === null && text !== '')
		.map(({ questionId, text, name, state, words, support }) => ({
			at: isChatham(event) ? null : (times.get(questionId) ?? null),
			text: [
				say('minutes.question', { text, support }) + (name === null ? '' : ` (${name})`),
				`${say(`floor-questions.state-${state}`)}${words === '' ? '' : `: ${words}`}`
			].join('\n')
		}));
}

async function pollsRecorded(queryable: Queryable, event: EventOfTopic, say: Say): Promise<Recorded[]> {
	const recorded: Recorded[] = [];
	for (const poll of await pollsOfEvent(queryable, event)) {
		if (poll.state !== 'closed') continue;
		const { people, rows } = await figuresOf(queryable, poll);
		const shown = (field: string) => inLanguage(poll.texts[field], [say.language]).text;
		const named = (choice: number, word: string | null) =>
			word ?? (poll.kind === 'scale' ? say.number(choice) : shown(`option-${choice}`));
		const lines = (rows ?? []).slice(0, 20).map(({ choice, word, count }) => `– ${named(choice, word)}: ${say.number(count)}`);
		recorded.push({
			at: poll.stateAt,
			text: [say('minutes.poll', { question: shown('question'), people }), ...lines].join('\n')
		});
	}
	return recorded;
}
