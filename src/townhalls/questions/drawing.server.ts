import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { attachPassages, drawIdea, type Drawing } from '#ideas/drawing/drawing.server.ts';
import { codePoints } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { isSeen } from '#townhalls/questions/floor-question.ts';
import { questionsOfEvent, type FloorQuestion } from '#townhalls/questions/floor-questions.server.ts';

type NamedQuestion = OfEvent & { readonly questionId: string };

export interface DrawnFromQuestion {
	readonly point: string;
	readonly explanation: string;
	/** the guiding question of the topic to which the idea belongs */
	readonly guidingQuestionId: string | null;
}

/** A question from the floor becomes an idea, which rests on it word for word; pressed twice it is drawn once. @returns its number */
export async function drawFromQuestion(
	database: Database | Transaction,
	named: NamedQuestion,
	{ point, explanation, guidingQuestionId }: DrawnFromQuestion,
	actor: Actor
): Promise<{ number: number }> {
	return inTransaction(database, async (transaction) => {
		const { drawing, language } = await toDrawFrom(transaction, named);
		const wording = { point, explanation, sources: '', questionId: guidingQuestionId, language };
		return drawIdea(transaction, { ...drawing, requestKey: named.questionId }, wording, actor);
	});
}

/** The question says the same as an idea that is there. */
export async function attachQuestion(
	database: Database | Transaction,
	named: NamedQuestion,
	idea: number,
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { drawing, ideas } = await toDrawFrom(transaction, named);
		if (ideas.includes(idea)) return;
		await attachPassages(transaction, drawing, { number: idea, stance: 'raises' }, actor);
	});
}

/** Only what everybody may read, and what is filed: under the Chatham House rule once questions are closed. */
async function toDrawFrom(
	queryable: Queryable,
	named: NamedQuestion
): Promise<{ drawing: Drawing; language: string; ideas: readonly number[] }> {
	const question = (await questionsOfEvent(queryable, named)).find(({ questionId }) => questionId === named.questionId);
	if (!question || !isDrawable(question)) throw refusal('not-found');
	const { rows } = await queryable.query<{ version: number }>(
		`select max(version) as version from contribution_versions where topic_id = $1 and contribution_id = $2`,
		[named.topicId, question.contributionId]
	);
	return {
		language: question.language,
		ideas: question.ideas,
		drawing: {
			topicId: named.topicId,
			contributionId: question.contributionId!,
			requestKey: null,
			quotes: [{ part: 0, textVersion: rows[0]!.version, spans: [{ starts: 0, ends: codePoints(question.text) }] }]
		}
	};
}

export function isDrawable({ state, text, contributionId }: Pick<FloorQuestion, 'state' | 'text' | 'contributionId'>): boolean {
	return isSeen(state) && text !== '' && contributionId !== null;
}

/** Where something was asked, for the pages on which an idea says what it rests on. */
export interface WhereAsked {
	/** the number of the event */
	readonly event: number;
	/** the question, by which it is flagged */
	readonly contributionId: string;
}

/** Of the passages on which an idea rests those that are questions from a floor, by the id of the passage. One query. */
export async function whereAsked(queryable: Queryable, topicId: string, idea: number): Promise<Record<string, WhereAsked>> {
	const { rows } = await queryable.query<WhereAsked & { passageId: string }>({
		name: 'where-questions-were-asked',
		text: `
			select p.passage_id as "passageId", e.event_number as event, q.contribution_id as "contributionId"
			from stances s
			join passages p using (topic_id, passage_id)
			join floor_questions q using (topic_id, contribution_id)
			join events e using (topic_id, event_id)
			where s.topic_id = $1 and s.idea_number = $2`,
		values: [topicId, idea]
	});
	return Object.fromEntries(rows.map(({ passageId, ...asked }) => [passageId, asked]));
}
