import { count } from '#activity/counting.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { refreshStandingsSoon } from '#ideas/standings.server.ts';
import type { Decided } from '#moderation/deciding.server.ts';

/** What pages count, when things can be seen again or no more: some statements for each kind, whatever the number of things. */
export async function recountAll(transaction: Transaction, topicId: string, decided: readonly Decided[]): Promise<void> {
	const changed = decided.filter(({ change }) => change !== 'unchanged');
	for (const [kind, things] of Map.groupBy(changed, (one) => one.kind)) {
		const ids = things.map(({ thingId }) => thingId);
		const by = things.map(({ change }) => (change === 'now-shown' ? 1 : -1));
		const total = by.reduce((sum: number, one) => sum + one, 0);
		if (kind === 'idea') await recountIdeas(transaction, topicId, ids, by, total);
		if (kind === 'comment') await recountComments(transaction, topicId, ids, by, total);
		if (kind === 'submission') await count(transaction, topicId, 'submissions', total);
	}
}

async function recountIdeas(
	transaction: Transaction,
	topicId: string,
	ids: readonly string[],
	by: readonly number[],
	total: number
): Promise<void> {
	await count(transaction, topicId, 'ideas', total);
	const { rows } = await transaction.query<{ questionId: string; by: number }>(
		`select question_id as "questionId", sum(by)::int as by
		from unnest($2::uuid[], $3::int[]) as given (idea_id, by)
		join ideas i using (idea_id)
		where i.topic_id = $1 and question_id is not null
		group by question_id
		order by question_id`,
		[topicId, ids, by]
	);
	for (const one of rows) await count(transaction, topicId, 'ideas-of-question', one.by, one.questionId);
}

async function recountComments(
	transaction: Transaction,
	topicId: string,
	ids: readonly string[],
	by: readonly number[],
	total: number
): Promise<void> {
	// locked in the order of their numbers, as opinions do it
	await transaction.query(
		`with changed as (
			select m.idea_number, sum(by)::int as by
			from unnest($2::uuid[], $3::int[]) as given (comment_id, by)
			join comments m using (comment_id)
			where m.topic_id = $1
			group by m.idea_number
		), locked as (
			select c.idea_number
			from idea_counts c
			join changed using (idea_number)
			where c.topic_id = $1
			order by c.idea_number
			for no key update of c
		)
		update idea_counts c
		set comments = comments + changed.by
		from changed
		join locked using (idea_number)
		where c.topic_id = $1 and c.idea_number = changed.idea_number`,
		[topicId, ids, by]
	);
	await count(transaction, topicId, 'comments', total);
	await refreshStandingsSoon(transaction, topicId);
}
