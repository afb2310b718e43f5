import type { Actor } from '#activity/actor.ts';
import { isStaff } from '#activity/staff.ts';
import type { Queryable } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { seesSmallNumbers } from '#topics/results.ts';
import { withSmallWithheld, type Cell } from '#topics/participation/small-numbers.ts';

/** Who took part so far, by what they last said of themselves. A person in two groups counts in both; `''` is "not stated". */
export interface Participation {
	readonly people: number;
	readonly groups: readonly Cell[];
	readonly regions: readonly Cell[];
	readonly languages: readonly Cell[];
	readonly assurances: readonly Cell[];
}

type Dimension = 'groups' | 'regions' | 'languages' | 'assurances';

/** For staff of the topic; small numbers for administrators only. One query. */
export async function participationOf(queryable: Queryable, topicId: string, actor: Actor): Promise<Participation> {
	if (!isStaff(actor, topicId)) throw refusal('not-allowed');
	const { rows } = await queryable.query<{ dimension: Dimension | 'people'; key: string; people: number }>(
		`
			with latest as (
				select distinct on (participant_number) stakeholder_groups, region, reads, assurance
				from participant_profiles
				where topic_id = $1
					and not exists (
						select from participant_joins j
						where j.topic_id = participant_profiles.topic_id and j.participant_number = participant_profiles.participant_number
					)
				order by participant_number, profile_number desc
			), alike as (
				-- many people say the same of themselves: what follows goes through some hundreds of rows, not through all people five times
				select stakeholder_groups, region, reads, assurance, count(*) as people from latest group by 1, 2, 3, 4
			)
			select 'people' as dimension, '' as key, coalesce(sum(people), 0)::int as people from alike
			union all
			select 'groups', coalesce(stakeholder_group, ''), sum(people)::int
			from alike left join lateral unnest(stakeholder_groups) as stakeholder_group on true
			group by 2
			union all
			select 'regions', coalesce(region, ''), sum(people)::int from alike group by 2
			union all
			select 'languages', coalesce(language, ''), sum(people)::int
			from alike left join lateral unnest(reads) as language on true
			group by 2
			union all
			select 'assurances', assurance, sum(people)::int from alike group by 2
			order by 1, people desc, key`,
		[topicId]
	);
	const of = (dimension: Dimension): Cell[] => {
		const cells = rows.filter((row) => row.dimension === dimension).map(({ key, people }) => ({ key, people }));
		return seesSmallNumbers(actor) ? cells : withSmallWithheld(cells);
	};
	return {
		people: rows.find(({ dimension }) => dimension === 'people')?.people ?? 0,
		groups: of('groups'),
		regions: of('regions'),
		languages: of('languages'),
		assurances: of('assurances')
	};
}
