import type { Queryable } from '#database/connection.server.ts';
import type { Stage } from '#topics/stages/stage.ts';

export interface StageOfTopic extends Stage {
	readonly stageId: string;
	readonly position: number;
	/** IANA name: the clock in which its organisers think */
	readonly zone: string;
	/** extensions and moves so far; their public notes are texts `note-<version>` */
	readonly version: number;
	/** the close before the latest change, where there was one */
	readonly closedAtBefore: Date | null;
}

/** The stages of a topic as they hold now, extensions counted in, in the order of their opening. */
export async function stagesOf(queryable: Queryable, topicId: string): Promise<StageOfTopic[]> {
	const { rows } = await queryable.query<StageOfTopic>({
		name: 'stages-of-topic',
		text: `${selectStages('$1')} order by "opensAt", position`,
		values: [topicId]
	});
	return rows;
}

/** The latest change of each stage, if any, holds. */
export function selectStages(topicId: string): string {
	return `
		select stages.stage_id as "stageId", stages.position, stages.zone,
			coalesce(latest.version, 0) as version,
			coalesce(latest.opens_at, stages.opens_at) as "opensAt",
			coalesce(latest.closes_at, stages.closes_at) as "closesAt",
			case when latest.version is not null then coalesce(previous.closes_at, stages.closes_at) end as "closedAtBefore",
			takes_ideas as "takesIdeas", takes_submissions as "takesSubmissions",
			takes_comments as "takesComments", takes_opinions as "takesOpinions"
		from stages
		left join lateral (
			select version, opens_at, closes_at
			from stage_changes
			where stage_changes.topic_id = stages.topic_id and stage_changes.stage_id = stages.stage_id
			order by version desc
			limit 1
		) as latest on true
		left join stage_changes as previous
			on previous.topic_id = stages.topic_id and previous.stage_id = stages.stage_id and previous.version = latest.version - 1
		where stages.topic_id = ${topicId}
			and not exists (
				select from stage_removals
				where stage_removals.topic_id = stages.topic_id and stage_removals.stage_id = stages.stage_id
			)`;
}
