import type { Difference } from '#activity/difference.ts';
import type { Database, Queryable } from '#database/connection.server.ts';
import { fewestPeople, notStated } from '#agreement/cells.ts';
import { countingAlone } from '#agreement/instant.server.ts';

/**
 * Looks at the published cells of all topics. A cell shows an earlier moment, so it is counted anew only where nobody of it has spoken since,
 * no two participants were joined, and no opinions given elsewhere came in: there it must be what its rows say. And none may show fewer than five people.
 */
export async function miscountedCells(queryable: Queryable): Promise<Difference[]> {
	const { rows } = await queryable.query<Difference>(
		`
			select topic_id as "topicId", 'opinion_cells ' || figure.name as what, concat_ws(' ', idea_number, dimension, key) as thing,
				figure.kept, figure.counted, false as "mayLag"
			from (${cellsNow}) as cells
			cross join lateral (
				values
					(1, 'agree', shown_agree, agree),
					(2, 'disagree', shown_disagree, disagree),
					(3, 'pass', shown_pass, pass)
			) as figure (place, name, kept, counted)
			where is_still and figure.kept <> figure.counted
			union all
			select topic_id, 'opinion_cells people', concat_ws(' ', idea_number, dimension, key), agree + disagree + pass, $2, false
			from opinion_cells
			where agree + disagree + pass < $2
			order by 1, 3, 2`,
		[notStated, fewestPeople]
	);
	return rows;
}

/** Sets cells to what their rows say; one of fewer than five people is no longer shown. */
export async function mendCells(database: Database, differences: readonly Difference[]): Promise<void> {
	for (const [topicId, ofTopic] of Map.groupBy(differences, (difference) => difference.topicId)) {
		const names = ofTopic.filter(({ what }) => what.startsWith('opinion_cells ')).map(({ thing }) => thing);
		if (names.length === 0) continue;
		await countingAlone(database, topicId, async (transaction) => {
			await transaction.query(
				`
					update opinion_cells as kept
					set agree = now.agree, disagree = now.disagree, pass = now.pass, voices = null
					from (${cellsNow}) as now
					where kept.topic_id = $2 and now.topic_id = $2 and now.is_still and kept.idea_number = now.idea_number
						and kept.dimension = now.dimension and kept.key = now.key
						and concat_ws(' ', kept.idea_number, kept.dimension, kept.key) = any ($3::text[])`,
				[notStated, topicId, names]
			);
			await transaction.query('delete from opinion_cells where topic_id = $1 and agree + disagree + pass < $2', [
				topicId,
				fewestPeople
			]);
		});
	}
}

/** Each published cell beside what its people say now, and whether that is what they said when it was published. $1 stands for not stated. */
const cellsNow = `
	select cell.topic_id, cell.dimension, cell.key, cell.idea_number, cell.agree as shown_agree, cell.disagree as shown_disagree,
		cell.pass as shown_pass,
		count(*) filter (where opinions.value = 1)::int as agree, count(*) filter (where opinions.value = -1)::int as disagree,
		count(*) filter (where opinions.value = 0)::int as pass,
		coalesce(max(opinions.given_at) <= cell.published_at, true) and not exists (
			select from participant_joins
			where participant_joins.topic_id = cell.topic_id and participant_joins.joined_at > cell.published_at
		) and not exists (
			select from activity
			where activity.topic_id = cell.topic_id and activity.at > cell.published_at and activity.did = 'imported'
		) as is_still
	from opinion_cells as cell
	left join (
		opinions
		join participant_profiles as profile using (topic_id, participant_number, profile_number)
		cross join lateral (
			select 'group' as dimension,
				unnest(case when profile.stakeholder_groups = '{}' then array[$1::text] else profile.stakeholder_groups end) as key
			union all
			select 'region', coalesce(profile.region, $1)
			union all
			select 'assurance', profile.assurance
		) as stated
	) on opinions.topic_id = cell.topic_id and opinions.idea_number = cell.idea_number and stated.dimension = cell.dimension
		and stated.key = cell.key
	group by cell.topic_id, cell.dimension, cell.key, cell.idea_number`;
