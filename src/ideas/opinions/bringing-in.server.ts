import type { Transaction } from '#database/connection.server.ts';
import type { OpinionValue } from '#ideas/opinions/opinion.ts';
import { refreshStandingsSoon } from '#ideas/standings.server.ts';

export interface BroughtIn {
	readonly participant: number;
	/** the number of the profile under which it was given */
	readonly profile: number;
	readonly idea: number;
	readonly value: OpinionValue;
	readonly at: Date;
}

/**
 * Opinions that were given elsewhere, of people and on ideas that are here already; those that are here stay. Counts what it touches anew.
 * @returns how many opinions there are more
 */
export async function bringInOpinions(
	transaction: Transaction,
	topicId: string,
	opinions: readonly BroughtIn[]
): Promise<number> {
	let added = 0;
	for (let start = 0; start < opinions.length; start += 20_000) {
		const some = opinions.slice(start, start + 20_000);
		const { rowCount } = await transaction.query(
			`
				insert into opinions (topic_id, participant_number, idea_number, value, profile_number, idea_version, given_at)
				select $1, participant, idea, value, profile, 1, at
				from unnest($2::int[], $3::int[], $4::smallint[], $5::smallint[], $6::timestamptz[])
					as given (participant, idea, value, profile, at)
				order by participant, idea
				on conflict do nothing`,
			[
				topicId,
				some.map(({ participant }) => participant),
				some.map(({ idea }) => idea),
				some.map(({ value }) => value),
				some.map(({ profile }) => profile),
				some.map(({ at }) => at)
			]
		);
		added += rowCount;
	}
	if (added === 0) return 0;
	await transaction.query(
		`
			update idea_counts
			set agree = counted.agree, disagree = counted.disagree, pass = counted.pass
			from (
				select idea_number, count(*) filter (where value = 1) as agree, count(*) filter (where value = -1) as disagree,
					count(*) filter (where value = 0) as pass
				from opinions
				where topic_id = $1 and idea_number = any ($2::int[])
				group by idea_number
			) as counted
			where idea_counts.topic_id = $1 and idea_counts.idea_number = counted.idea_number`,
		[topicId, [...new Set(opinions.map(({ idea }) => idea))]]
	);
	await refreshStandingsSoon(transaction, topicId);
	return added;
}
