import type { Actor } from '#activity/actor.ts';
import { isStaff } from '#activity/staff.ts';
import type { Queryable } from '#database/connection.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { grown, stepOf, type Grown, type Span } from '#topics/participation/growth.ts';
import { seesSmallNumbers } from '#topics/results.ts';
import { withSmallWithheld } from '#topics/participation/small-numbers.ts';

export const peopleBy = ['group', 'region', 'language', 'assurance'] as const;
export type PeopleBy = (typeof peopleBy)[number];

/**
 * How many people of each group, region, language read or assurance had taken part by the end of each step, by what they last said of
 * themselves; `''` is "not stated". For staff of the topic; small numbers for administrators only. One query.
 */
export async function participationOverTime(
	queryable: Queryable,
	topicId: string,
	{ by, span }: { by: PeopleBy; span: Span },
	actor: Actor
): Promise<Grown[]> {
	if (!isStaff(actor, topicId)) throw refusal('not-allowed');
	const { rows } = await queryable.query<{ key: string; step: number; count: number }>(
		`
			with person as (
				select distinct on (f.participant_number) f.stakeholder_groups, f.region, f.reads, f.assurance,
					${stepOf('p.joined_at')} as step
				from participants p
				join participant_profiles f on f.topic_id = $1 and f.participant_number = p.participant_number
				where p.topic_id = $1
					and not exists (
						select from participant_joins j where j.topic_id = $1 and j.participant_number = p.participant_number
					)
				order by f.participant_number, f.profile_number desc
			)
			select coalesce(key, '') as key, step, count(*)::int as count
			from person ${keyOf[by]}
			group by 1, 2`,
		[topicId, span.from, span.days, span.steps]
	);
	const lines = grown(rows, span);
	return seesSmallNumbers(actor) ? lines : withoutSmall(lines, span);
}

const keyOf: Readonly<Record<PeopleBy, string>> = {
	group: 'left join lateral unnest(stakeholder_groups) as key on true',
	region: 'cross join lateral (select region) as of (key)',
	language: 'left join lateral unnest(reads) as key on true',
	assurance: 'cross join lateral (select assurance) as of (key)'
};

/** Step by step as if each were the only one. */
function withoutSmall(lines: readonly { key: string; totals: number[] }[], { steps }: Span): Grown[] {
	const shown = Array.from({ length: steps }, (_, step) =>
		withSmallWithheld(lines.map(({ key, totals }) => ({ key, people: totals[step]! })))
	);
	return lines.map(({ key }, line) => ({ key, totals: shown.map((cells) => cells[line]!.people) }));
}

/** When the first person took part; null where nobody has. */
export async function firstTookPart(queryable: Queryable, topicId: string): Promise<Date | null> {
	const { rows } = await queryable.query<{ first: Date | null }>(
		`select joined_at as first from participants where topic_id = $1 order by participant_number limit 1`,
		[topicId]
	);
	return rows[0]?.first ?? null;
}
