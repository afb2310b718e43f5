import { notStated } from '#agreement/cells.ts';
import type { Transaction } from '#database/connection.server.ts';

/**
 * Notes how many voices the people of each group have in the cells that this transaction published: those of one organisation share one, as
 * they stated it with their opinion. It moves with its cell alone, in steps of five people. What the voices say is published nowhere: beside the
 * count by person it would tell what the few people of an organisation said.
 */
export async function noteVoices(transaction: Transaction, topicId: string): Promise<void> {
	await transaction.query(
		`
			with published as materialized (
				select idea_number, key
				from opinion_cells
				where topic_id = $1 and dimension = 'group' and published_at = $2
			), spoken as (
				select opinions.idea_number, stated.key, count(*) as people
				from opinions
				join participant_profiles as profile using (topic_id, participant_number, profile_number)
				left join organisation_joins as same using (organisation_id)
				cross join lateral unnest(
					case when profile.stakeholder_groups = '{}' then array[$3::text] else profile.stakeholder_groups end
				) as stated (key)
				where opinions.topic_id = $1 and profile.organisation_id is not null
					and opinions.idea_number in (select idea_number from published)
				group by opinions.idea_number, stated.key, coalesce(same.into_id, profile.organisation_id)
			), shared as (
				select idea_number, key, sum(people - 1)::int as others
				from spoken
				group by idea_number, key
			)
			update opinion_cells as cell
			set voices = cell.agree + cell.disagree + cell.pass - coalesce(shared.others, 0)
			from published
			left join shared using (idea_number, key)
			where cell.topic_id = $1 and cell.dimension = 'group' and cell.idea_number = published.idea_number
				and cell.key = published.key`,
		[topicId, transaction.at, notStated]
	);
}
