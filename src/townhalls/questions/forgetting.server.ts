import { inTransaction, type Database } from '#database/connection.server.ts';
import { eventOf, latestOfEvent } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { writeQuestionState } from '#townhalls/questions/asking.server.ts';
import { closeQuestions } from '#townhalls/questions/closing.server.ts';
import type { QuestionState } from '#townhalls/questions/floor-question.ts';
import { questionSettings } from '#townhalls/questions/floor-questions.server.ts';

const days = 7;

/**
 * A week after its event a question that nobody let through loses its words, and who asked it is forgotten: it was never published, and has no receipt by which its asker
 * could have it erased. That it was asked and why it was refused stays. For the jobs process, each hour.
 */
export async function forgetUnseenQuestions(database: Database): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ topicId: string; id: string }>(
			`
				select q.topic_id as "topicId", q.floor_question_id as id
				from floor_questions q
				cross join lateral (
					select ends_at
					from event_versions v
					where v.topic_id = q.topic_id and v.event_id = q.event_id
					order by version desc
					limit 1
				) planned
				cross join lateral (
					select state
					from floor_question_states s
					where s.topic_id = q.topic_id and s.floor_question_id = q.floor_question_id
					order by version desc
					limit 1
				) latest
				where q.text <> '' and latest.state in ('new', 'refused') and planned.ends_at < $1::timestamptz - interval '${days} days'
				order by q.topic_id, q.floor_question_id
				for update of q`,
			[transaction.at]
		);
		const columns = [rows.map(({ topicId }) => topicId), rows.map(({ id }) => id)];
		for (const statement of statements) await transaction.query(statement, columns);
	});
}

/**
 * What a participant asked who has all erased that they sent: a question that nobody let through loses its words at once, and is put to nobody any more; who asked the others
 * is forgotten. That they wanted questions asked stays counted, as nobody's. For the jobs process.
 */
export async function forgetAsker(database: Database, topicId: string, participant: number): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ id: string; version: number; state: QuestionState }>(
			`
				select q.floor_question_id as id, latest.version, latest.state
				from floor_question_askers a
				join floor_questions q using (topic_id, floor_question_id)
				cross join lateral (
					select version, state
					from floor_question_states s
					where s.topic_id = q.topic_id and s.floor_question_id = q.floor_question_id
					order by version desc
					limit 1
				) latest
				where a.topic_id = $1 and a.participant_number = $2 and q.text <> ''
				order by q.floor_question_id
				for update of q`,
			[topicId, participant]
		);
		for (const { id: questionId, version } of rows.filter((row) => row.state !== 'refused'))
			await writeQuestionState(
				transaction,
				{ topicId, questionId, version: version + 1, state: 'refused', words: '' },
				transaction.at,
				null
			);
		await transaction.query(
			`update floor_questions set text = '' where topic_id = $1 and floor_question_id = any ($2::uuid[]) and contribution_id is null`,
			[topicId, rows.map(({ id }) => id)]
		);
		await transaction.query(`delete from floor_question_askers where topic_id = $1 and participant_number = $2`, [
			topicId,
			participant
		]);
	});
}

/** Under the Chatham House rule questions that nobody closed are closed half a day after their event: numbers and ids tell until then in which order they were asked. */
export async function closeQuestionsLeft(database: Database): Promise<void> {
	const { rows } = await database.query<OfEvent>(
		`
			select events.topic_id as "topicId", events.event_id as "eventId"
			from events
			${latestOfEvent}
			left join lateral (
				select is_open
				from floor_question_settings s
				where (s.topic_id, s.event_id) = (events.topic_id, events.event_id)
				order by version desc
				limit 1
			) as set on true
			where planned.attribution = 'chatham' and coalesce(set.is_open, true)
				and (stands.state in ('held', 'cancelled') or planned.ends_at < $1)
				and exists (select from floor_questions q where (q.topic_id, q.event_id) = (events.topic_id, events.event_id))
			limit 100`,
		[new Date(Date.now() + database.clockShift - 12 * 3_600_000)]
	);
	for (const { topicId, eventId } of rows)
		await inTransaction(database, async (transaction) => {
			await transaction.query(`select from events where topic_id = $1 and event_id = $2 for no key update`, [topicId, eventId]);
			const event = await eventOf(transaction, topicId, eventId);
			const { version, isOpen, isLookedAt } = await questionSettings(transaction, event);
			// closed by hand while we waited
			if (!isOpen) return;
			await transaction.query(
				`
					insert into floor_question_settings (topic_id, event_id, version, is_open, is_looked_at, at, by)
					values ($1, $2, $3, false, $4, $5, null)`,
				[topicId, eventId, version + 1, isLookedAt, transaction.at]
			);
			await closeQuestions(transaction, event);
		});
}

const these = `(topic_id, floor_question_id) in (select * from unnest($1::uuid[], $2::uuid[]))`;
const statements = [
	`update floor_questions set text = '' where ${these}`,
	`delete from floor_question_askers where ${these}`,
	`delete from floor_question_supports where ${these}`
];
