import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { askOfStaff } from '#contributions/requests.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { seenParticipant } from '#topics/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { numbersOfPerson } from '#topics/unlinking.server.ts';

/**
 * Who has an account asks, in every talk in which they sent something, that all of it be erased, as with a receipt of that talk. Not in
 * archived talks: there nobody can tell any more what was theirs.
 * @returns in how many talks that is asked for now
 */
export async function askToEraseAll(database: Database, keys: TopicKeys, actor: Actor, words: string): Promise<number> {
	if (actor.kind !== 'account') throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<{ topicId: string }>(
			`select topic_id as "topicId"
			from topics t
			where exists (select from contributions c where c.topic_id = t.topic_id)
				and not exists (select from topic_archivals a where a.topic_id = t.topic_id)
			order by topic_id`
		);
		let asked = 0;
		for (const { topicId } of rows) {
			const participant = await seenParticipant(transaction, keys, topicId, actor);
			if (!participant) continue;
			const sent = await sentLast(transaction, topicId, await numbersOfPerson(transaction, topicId, participant.number));
			if (sent === null) continue;
			asked++;
			if (sent.isAsked) continue;
			const { contributionId } = sent;
			await askOfStaff(transaction, { topicId, contributionId }, { kind: 'erasure', scope: 'all', words });
		}
		return asked;
	});
}

/** What they sent last of what still has its words, or that with which they asked for all already. */
async function sentLast(
	queryable: Queryable,
	topicId: string,
	numbers: readonly number[]
): Promise<{ contributionId: string; isAsked: boolean } | null> {
	const { rows } = await queryable.query<{ contributionId: string; isAsked: boolean }>(
		`select c.contribution_id as "contributionId", coalesce(r.scope = 'all', false) as "isAsked"
		from contributions c
		left join receipt_requests r on r.topic_id = c.topic_id and r.contribution_id = c.contribution_id and r.kind = 'erasure'
			and not exists (select from receipt_answers a where a.topic_id = r.topic_id and a.request_id = r.request_id)
		where c.topic_id = $1 and c.participant_number = any ($2::int[])
			and not exists (select from erasures e where e.topic_id = c.topic_id and e.contribution_id = c.contribution_id)
		order by "isAsked" desc, c.contribution_id desc
		limit 1`,
		[topicId, numbers]
	);
	return rows[0] ?? null;
}
