import type { Queryable, Transaction } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { isOpenFor, type Openable } from '#topics/stages/stage.ts';
import { stagesOf } from '#topics/stages/stages.server.ts';

/** Throws unless the topic is published and takes these things at the moment of the transaction. */
export async function requireOpen(transaction: Transaction, topicId: string, what: Openable): Promise<void> {
	if (!(await isPublic(transaction, topicId))) throw refusal('not-found');
	const stages = await stagesOf(transaction, topicId);
	if (!isOpenFor(stages, what, transaction.at)) throw refusal('stage-closed');
}

/** Whether the topic is there for everybody to see and still to be written to. */
async function isPublic(queryable: Queryable, topicId: string): Promise<boolean> {
	const { rows } = await queryable.query<{ archived: boolean }>({
		name: 'topic-is-public',
		text: `
			select exists (select from topic_archivals where topic_id = $1) as archived
			from topic_publications
			where topic_id = $1`,
		values: [topicId]
	});
	if (rows[0]?.archived) throw refusal('topic-archived');
	return rows.length > 0;
}

/** The question of an idea belongs to its topic and was not taken out. */
export async function requireQuestion(queryable: Queryable, topicId: string, questionId: string): Promise<void> {
	const { rowCount } = await queryable.query({
		name: 'question-in-topic',
		text: `
			select
			from questions q
			where q.topic_id = $1 and q.question_id = $2
				and not exists (select from question_removals r where r.topic_id = q.topic_id and r.question_id = q.question_id)`,
		values: [topicId, questionId]
	});
	if (rowCount === 0) throw refusal('not-found');
}
