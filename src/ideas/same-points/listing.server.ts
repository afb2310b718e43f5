import type { Queryable } from '#database/connection.server.ts';
import type { Evidence } from '#engines/likeness/text.ts';
import { ideaInBrief, type IdeaInBrief } from '#ideas/in-brief.server.ts';
import type { Counts } from '#ideas/opinions/opinion.ts';
import { holds } from '#ideas/same-points/grouping.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';

export interface ProposedPair {
	readonly one: IdeaInBrief;
	readonly other: IdeaInBrief;
	readonly evidence: Evidence;
	readonly isSure: boolean;
}

const shown = 20;

/**
 * Pairs that are not decided on yet, the surest first, twenty at most: what is decided makes room for the next.
 * @param visible whether who looks sees results; else none that rests on opinions
 */
export async function pairsProposed(queryable: Queryable, topicId: string, visible: boolean): Promise<ProposedPair[]> {
	const { rows } = await queryable.query<ProposedPair>(
		`
			select ${ideaInBrief('a')} as one, ${ideaInBrief('b')} as other, p.evidence, p.is_sure as "isSure"
			from same_point_proposals p
			join ideas a on a.topic_id = p.topic_id and a.idea_number = p.one
			join ideas b on b.topic_id = p.topic_id and b.idea_number = p.other
			where p.topic_id = $1 and ($2 or p.evidence <> 'opinions') and ${canBeSeen('idea', 'a.idea_id')} and ${canBeSeen('idea', 'b.idea_id')}
				and not exists (
					select from same_point_decisions d
					where d.topic_id = p.topic_id and d.did in ('parted', 'told-apart') and d.ideas = array[p.one, p.other] and ${holds('d')})
				and not exists (
					select from same_point_ideas x
					join same_point_ideas y using (topic_id, same_point_id)
					where x.topic_id = p.topic_id and x.idea_number = p.one and y.idea_number = p.other)
			order by p.is_sure desc, p.closeness desc, p.one, p.other
			limit ${shown}`,
		[topicId, visible]
	);
	return rows;
}

/** The groups that were confirmed, the newest first. */
export async function samePointGroups(queryable: Queryable, topicId: string): Promise<{ id: string; ideas: IdeaInBrief[] }[]> {
	const { rows } = await queryable.query<{ id: string; ideas: IdeaInBrief[] }>(
		`
			select m.same_point_id as id, json_agg(${ideaInBrief('i')} order by i.idea_number) as ideas
			from same_point_ideas m
			join ideas i using (topic_id, idea_number)
			where m.topic_id = $1 and ${canBeSeen('idea', 'i.idea_id')}
			group by m.same_point_id
			order by m.same_point_id desc
			limit 100`,
		[topicId]
	);
	return rows;
}

/** With which ideas an idea is the same point; `counts` of all of them, each person once, where results can be seen. */
export interface SamePoint {
	readonly others: readonly IdeaInBrief[];
	readonly counts: Counts | null;
}

/** Null where it is in no group, or alone in it as far as anybody can see. */
export async function samePointOf(
	queryable: Queryable,
	topicId: string,
	number: number,
	visible: boolean
): Promise<SamePoint | null> {
	const { rows } = await queryable.query<{ others: IdeaInBrief[] | null; counts: Counts | null }>({
		name: 'same-point-of-idea',
		text: `
			select json_agg(${ideaInBrief('i')} order by i.idea_number) as others,
				(
					select json_build_object('agree', c.agree, 'disagree', c.disagree, 'pass', c.pass)
					from same_point_counts c
					join same_point_ideas own using (topic_id, same_point_id)
					where own.topic_id = $1 and own.idea_number = $2
				) as counts
			from same_point_ideas own
			join same_point_ideas m using (topic_id, same_point_id)
			join ideas i on i.topic_id = m.topic_id and i.idea_number = m.idea_number
			where own.topic_id = $1 and own.idea_number = $2 and m.idea_number <> $2 and ${canBeSeen('idea', 'i.idea_id')}`,
		values: [topicId, number]
	});
	const { others, counts } = rows[0]!;
	return others && { others, counts: visible ? counts : null };
}
