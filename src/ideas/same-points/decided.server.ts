import type { Queryable } from '#database/connection.server.ts';
import { ideaInBrief, type IdeaInBrief } from '#ideas/in-brief.server.ts';
import { holds, isNotParted, type Pair } from '#ideas/same-points/grouping.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

/** What was said of ideas, and by whom; `id` takes it back. */
interface DecidedOn {
	readonly id: string;
	readonly did: 'joined' | 'parted' | 'told-apart';
	readonly ideas: readonly IdeaInBrief[];
	readonly at: Date;
	/** account; null: a job */
	readonly by: string | null;
	/** the page of older ones begins behind it */
	readonly place: string;
}

const shown = 20;

/**
 * What was decided and holds, the newest first, twenty at most. An idea that was taken out of a group was parted from all others at once.
 * @param before the place of the last one on the page before
 */
export async function decidedOn(
	queryable: Queryable,
	topicId: string,
	before: string | null
): Promise<{ decided: DecidedOn[]; next: string | null }> {
	const { rows } = await queryable.query<DecidedOn>(
		`
			select s.id, s.did, s.at, s.by, s.place, (
				select json_agg(${ideaInBrief('i')} order by i.idea_number)
				from ideas i
				where i.topic_id = $1 and i.idea_number = any (s.numbers)
			) as ideas
			from (
				select case d.did when 'parted' then d.act_id else d.decision_id end as id, d.did, max(d.decided_at) as at,
					(array_agg(d.decided_by))[1] as by, (array_agg(d.decision_id order by d.decision_id desc))[1] as place,
					array_agg(distinct number) as numbers
				from same_point_decisions d, unnest(d.ideas) as number
				where d.topic_id = $1 and d.did in ('joined', 'parted', 'told-apart') and ${holds('d')}
					and (d.did <> 'joined' or ${isNotParted('d')})
				group by 1, 2
			) s
			where ($2::uuid is null or s.place < $2) and not exists (
				select from ideas i
				where i.topic_id = $1 and i.idea_number = any (s.numbers) and not (${canBeSeen('idea', 'i.idea_id')}))
			order by s.place desc
			limit ${shown + 1}`,
		[topicId, before]
	);
	const decided = rows.slice(0, shown);
	return { decided, next: rows.length > shown ? decided.at(-1)!.place : null };
}

/** What an act decided, as it is told to whoever did it just now. */
interface ActTold {
	readonly did: 'joined' | 'parted' | 'told-apart' | 'taken-back';
	readonly pairs: readonly Pair[];
	/** whether there is something left to take back */
	readonly holds: boolean;
}

/** Null: there is no such act. */
export async function actOfSamePoints(queryable: Queryable, topicId: string, actId: string): Promise<ActTold | null> {
	const { rows } = await queryable.query<ActTold>(
		`
			select d.did, json_agg(d.ideas order by d.decision_id) as pairs, bool_or(d.did <> 'taken-back' and ${holds('d')}) as holds
			from same_point_decisions d
			left join same_point_decisions taken on taken.topic_id = d.topic_id and taken.decision_id = d.takes_back
			where d.topic_id = $1 and d.act_id = $2 and d.did <> 'stayed' and taken.did is distinct from 'stayed'
			group by d.did`,
		[topicId, actId]
	);
	return rows[0] ?? null;
}
