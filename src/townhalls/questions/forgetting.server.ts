import { inTransaction, type Database } from '#database/connection.server.ts';

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

const these = `(topic_id, floor_question_id) in (select * from unnest($1::uuid[], $2::uuid[]))`;
const statements = [
	`update floor_questions set text = '' where ${these}`,
	`delete from floor_question_askers where ${these}`,
	`delete from floor_question_supports where ${these}`
];
