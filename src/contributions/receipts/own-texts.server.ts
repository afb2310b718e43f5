import type { Actor } from '#activity/actor.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { joinedTexts, type Text } from '#contributions/receipts/joining.server.ts';
import { askOfStaff } from '#contributions/receipts/requests.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { ownNumbers, type OwnNumber } from '#topics/participants/own-numbers.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';

/** By what the texts of who asks are found: as whom they take part where, and what they gathered by the codes of receipts. */
export interface Whose {
	readonly numbers: readonly OwnNumber[];
	readonly joined: readonly Text[];
}

/** In all topics that are not archived: in those nobody can tell any more whose is what. */
export async function whoseTexts(queryable: Queryable, keys: TopicKeys, actor: Actor): Promise<Whose> {
	// looking into a topic without people would make its key
	const { rows } = await queryable.query<{ topicId: string }>(
		`select topic_id as "topicId"
		from topic_publications p
		where not exists (select from topic_archivals a where a.topic_id = p.topic_id)
			and (exists (select from participant_links l where l.topic_id = p.topic_id)
				or exists (select from joined_receipts j where j.topic_id = p.topic_id))
		order by topic_id`
	);
	const topicIds = rows.map(({ topicId }) => topicId);
	const [numbers, joined] = await Promise.all([
		ownNumbers(queryable, keys, topicIds, actor),
		joinedTexts(queryable, keys, topicIds, actor)
	]);
	return { numbers, joined };
}

/**
 * For queries: the texts as rows `own (topic_id, contribution_id, is_joined)`, each once. Takes `$1`–`$4`, the values of `ownValues`.
 */
export const ownTexts = `(
	select topic_id, contribution_id, bool_and(is_joined) as is_joined
	from (
		select c.topic_id, c.contribution_id, false as is_joined
		from unnest($1::uuid[], $2::int[]) as person (topic_id, number)
		join contributions c on c.topic_id = person.topic_id and c.participant_number = person.number
		union all
		select topic_id, contribution_id, true
		from unnest($3::uuid[], $4::uuid[]) as joined (topic_id, contribution_id)
	) as found
	group by topic_id, contribution_id
) as own`;

export function ownValues({ numbers, joined }: Whose): unknown[] {
	return [
		numbers.map(({ topicId }) => topicId),
		numbers.map(({ number }) => number),
		joined.map(({ topicId }) => topicId),
		joined.map(({ contributionId }) => contributionId)
	];
}

/** Asks for one of the texts of who asks to be erased, as on its receipt. Refuses `not-found` for one of somebody else. */
export async function askToEraseOwn(
	database: Database,
	keys: TopicKeys,
	{ topicId, contributionId }: Text,
	words: string,
	actor: Actor
): Promise<void> {
	const whose = await whoseTexts(database, keys, actor);
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(`select from ${ownTexts} where topic_id = $5 and contribution_id = $6`, [
			...ownValues(whose),
			topicId,
			contributionId
		]);
		if (rowCount === 0) throw refusal('not-found');
		await askOfStaff(transaction, { topicId, contributionId }, { kind: 'erasure', words });
	});
}
