import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { changing } from '#topics/changing.server.ts';
import { topicOf } from '#topics/reading.server.ts';

export interface WrittenQuestion {
	/** null for a new one */
	readonly questionId: string | null;
	/** text, explanation */
	readonly texts: WrittenTexts;
}

/** Sets the guiding questions in this order. One that is left out is taken away, unless somebody answered it already. */
export async function setQuestions(
	database: Database | Transaction,
	topicId: string,
	questions: readonly WrittenQuestion[],
	actor: Actor
): Promise<string[]> {
	return changing(database, topicId, actor, async (transaction) => {
		const before = (await topicOf(transaction, topicId)).questions.map(({ questionId }) => questionId);
		if (questions.some(({ questionId }) => questionId !== null && !before.includes(questionId)))
			throw refusal('changed-meanwhile');
		const after = questions.map(({ questionId }) => questionId ?? uuidv7());
		const removed = before.filter((questionId) => !after.includes(questionId));
		await remove(transaction, topicId, removed, actor);
		await transaction.query(
			`
				insert into questions (topic_id, question_id, position, added_at)
				select $1, question_id, position, $3
				from unnest($2::uuid[]) with ordinality as given (question_id, position)
				on conflict (topic_id, question_id) do update set position = excluded.position`,
			[topicId, after, transaction.at]
		);
		const texts = [];
		for (const [index, { texts: written }] of questions.entries())
			texts.push(
				...(await writeTexts(transaction, { topicId, kind: 'question', thingId: after[index]! }, written, accountOf(actor)))
			);
		if (texts.length > 0 || before.join() !== after.join())
			await record(transaction, {
				topicId,
				actor,
				did: 'set-questions',
				kind: 'topic',
				thingId: topicId,
				details: { order: after, removed, texts }
			});
		return after;
	});
}

async function remove(transaction: Transaction, topicId: string, questionIds: readonly string[], actor: Actor): Promise<void> {
	if (questionIds.length === 0) return;
	const { rows } = await transaction.query(
		`
			select from ideas where topic_id = $1 and question_id = any ($2::uuid[])
			union all
			select from submissions where topic_id = $1 and question_id = any ($2::uuid[])
			limit 1`,
		[topicId, questionIds]
	);
	if (rows.length > 0) throw refusal('question-answered');
	await transaction.query(
		`
			insert into question_removals (topic_id, question_id, removed_at, removed_by)
			select $1, question_id, $3, $4 from unnest($2::uuid[]) as given (question_id)`,
		[topicId, questionIds, transaction.at, accountOf(actor)]
	);
}
