import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** Has a job count the groups of a topic; asked many times in a row it counts once. */
export async function askToCount(transaction: Transaction, topicId: string): Promise<void> {
	await addJob(transaction, 'ideas.count-same-points', { topicId }, { jobKey: `count same points ${topicId}` });
}

/**
 * Counts each group anew: a person once, by their latest opinion on any of its ideas that can be seen; of two at the same moment the one that agrees more. Reads the
 * opinions of the topic once; without groups, none.
 */
export async function countSamePoints(database: Database | Transaction, topicId: string): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query(
			`select from same_point_ideas where topic_id = $1
			union all
			select from same_point_counts where topic_id = $1
			limit 1`,
			[topicId]
		);
		if (rows.length === 0) return;
		await transaction.query('delete from same_point_counts where topic_id = $1', [topicId]);
		await transaction.query(
			`insert into same_point_counts (topic_id, same_point_id, agree, disagree, pass, counted_at)
			select $1, same_point_id, count(*) filter (where value = 1), count(*) filter (where value = -1), count(*) filter (where value = 0), $2
			from (
				select distinct on (m.same_point_id, o.participant_number) m.same_point_id, o.value
				from same_point_ideas m
				join ideas i using (topic_id, idea_number)
				join opinions o using (topic_id, idea_number)
				where m.topic_id = $1 and ${canBeSeen('idea', 'i.idea_id')}
				order by m.same_point_id, o.participant_number, o.given_at desc, o.value desc
			) latest
			group by same_point_id`,
			[topicId, transaction.at]
		);
	});
}
