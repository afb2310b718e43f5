import { forgetThings } from '#activity/recording.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { EventOfTopic } from '#events/event.ts';
import { forgetMoves, nextInEvent, type OfEvent } from '#events/moving.server.ts';
import { fileQuestions, obeyInQuestions } from '#townhalls/questions/filing.server.ts';
import { isSeen } from '#townhalls/questions/floor-question.ts';
import { questionsOfEvent } from '#townhalls/questions/floor-questions.server.ts';

/**
 * The end of questions under the Chatham House rule: those that were seen become contributions, and nothing that is left tells who asked, when, in which order or with
 * which phone. Numbers are drawn by lot, ids are new, no time stays.
 */
export async function closeQuestions(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { topicId, eventId } = event;
	// the counter is locked from here on: whoever asks at the same time comes before all of this or after
	const above = await nextInEvent(transaction, event, 'floor questions');
	await obeyInQuestions(transaction, event);
	await forgetAskers(transaction, event);
	const questions = await questionsOfEvent(transaction, event);
	const seen = questions.filter(({ state }) => isSeen(state));
	await fileQuestions(
		transaction,
		event,
		seen.map(({ questionId }) => questionId)
	);
	const before = questions.map(({ questionId }) => questionId);
	const given = [topicId, before, before.map(() => uuidv4())];
	const these = `unnest($2::uuid[], $3::uuid[]) as given (before, after)`;
	await transaction.query(
		`
			insert into floor_questions (topic_id, floor_question_id, event_id, question_number, text, language, contribution_id)
			-- ids are random: so is this order
			select q.topic_id, given.after, q.event_id, $4::int + row_number() over (order by given.after), q.text, q.language, q.contribution_id
			from ${these}
			join floor_questions q on q.topic_id = $1 and q.floor_question_id = given.before
			order by given.after`,
		[...given, above]
	);
	for (const statement of [
		`update floor_question_states set floor_question_id = after, at = null from ${these} where topic_id = $1 and floor_question_id = before`,
		`update floor_question_supports set floor_question_id = after from ${these} where topic_id = $1 and floor_question_id = before`,
		`update floor_question_merges set merged = after from ${these} where topic_id = $1 and merged = before`,
		`update floor_question_merges set into_question = after from ${these} where topic_id = $1 and into_question = before`,
		`delete from floor_questions using ${these} where topic_id = $1 and floor_question_id = before`
	])
		await transaction.query(statement, given);
	await transaction.query(
		`update floor_questions set question_number = question_number - $3 where topic_id = $1 and event_id = $2 and question_number > $3`,
		[topicId, eventId, above]
	);
	await transaction.query(`update floor_question_merges set at = $3 where topic_id = $1 and event_id = $2`, [
		...[topicId, eventId, event.startsAt]
	]);
	await transaction.query(
		`
			update floor_question_merge_ends
			set at = $3
			where topic_id = $1 and merge_id in (select merge_id from floor_question_merges where topic_id = $1 and event_id = $2)`,
		[topicId, eventId, event.startsAt]
	);
	await forgetMoves(transaction, event, { kinds: 'question-', at: event.startsAt });
	// before the rule became stricter the record named questions
	await forgetThings(transaction, { topicId, kind: 'floor-question' }, before);
}

/** Who asked, and that they support what they asked. */
async function forgetAskers(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await transaction.query(
		`
			with gone as (
				delete from floor_question_askers a
				using floor_questions q
				where a.topic_id = $1 and q.topic_id = $1 and q.event_id = $2 and q.floor_question_id = a.floor_question_id
				returning a.floor_question_id, a.participant_number
			)
			delete from floor_question_supports s
			using gone
			where s.topic_id = $1 and s.floor_question_id = gone.floor_question_id and s.participant_number = gone.participant_number`,
		[topicId, eventId]
	);
}
