import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { whoseTexts } from '#contributions/receipts/own-texts.server.ts';
import { askOfStaff } from '#contributions/receipts/requests.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/**
 * Who is known by an account or a browser asks, in every talk in which they sent something, that all of it be erased, as with a receipt
 * of that talk; what they gathered by the codes of other receipts is asked for text by text. Not in archived talks: there nobody can tell
 * any more what was theirs.
 * @returns in how many talks that is asked for now
 */
export async function askToEraseAll(database: Database, keys: TopicKeys, actor: Actor, words: string): Promise<number> {
	if (actor.kind === 'job') throw refusal('not-allowed');
	const { numbers, joined } = await whoseTexts(database, keys, actor);
	return inTransaction(database, async (transaction) => {
		const asked = new Set<string>();
		for (const own of Map.groupBy(numbers, ({ topicId, person }) => `${topicId} ${person}`).values()) {
			const { topicId } = own[0]!;
			const sent = await sentLast(
				transaction,
				topicId,
				own.map(({ number }) => number)
			);
			if (sent === null) continue;
			asked.add(topicId);
			if (sent.isAsked) continue;
			const { contributionId } = sent;
			await askOfStaff(transaction, { topicId, contributionId }, { kind: 'erasure', scope: 'all', words });
		}
		for (const text of joined) {
			asked.add(text.topicId);
			await askOfStaff(transaction, text, { kind: 'erasure', words });
		}
		return asked.size;
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
