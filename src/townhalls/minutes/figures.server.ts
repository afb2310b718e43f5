import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import type { FloorFigures } from '#townhalls/floor/figures.ts';
import { figuresOf } from '#townhalls/floor/showing.server.ts';
import { pollsOfEvent } from '#townhalls/polls/polls.server.ts';
import { howQuestionsFared, type QuestionsFared } from '#townhalls/questions/floor-question.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

/** The block of statistics of a meeting: nothing in it tells of one person. */
export interface MeetingFigures {
	/** null: there was no floor, or it is not over */
	readonly floor: FloorFigures | null;
	readonly questions: QuestionsFared;
	/** that are closed */
	readonly polls: number;
}

/** Null where nothing of all this took place. */
export async function figuresOfMeeting(queryable: Queryable, of: OfEvent): Promise<MeetingFigures | null> {
	const [floor, questions, polls] = await Promise.all([
		figuresOf(queryable, of),
		questionsOfEvent(queryable, of),
		pollsOfEvent(queryable, of)
	]);
	const closed = polls.filter(({ state }) => state === 'closed').length;
	if (floor === null && questions.length === 0 && closed === 0) return null;
	return { floor, questions: howQuestionsFared(questions), polls: closed };
}
