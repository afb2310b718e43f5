import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import { changing } from '#topics/changing.server.ts';

/** How many people of a group or region the secretariat wants to hear. */
export interface Target {
	readonly dimension: 'group' | 'region';
	readonly key: string;
	readonly people: number;
}

export async function targetsOf(queryable: Queryable, topicId: string): Promise<Target[]> {
	const { rows } = await queryable.query<Target>(
		`
			select dimension, key, people
			from (
				select distinct on (dimension, key) dimension, key, people
				from targets
				where topic_id = $1
				order by dimension, key, version desc
			) as latest
			where people > 0
			order by dimension, key`,
		[topicId]
	);
	return rows;
}

/** Sets the targets that are given; zero takes one back. What has not changed gets no new version. */
export async function setTargets(
	database: Database | Transaction,
	topicId: string,
	targets: readonly Target[],
	actor: Actor
): Promise<void> {
	await changing(database, topicId, actor, async (transaction) => {
		const { rows } = await transaction.query<Target>(
			`
				insert into targets (topic_id, dimension, key, version, people, set_at, set_by)
				select $1, given.dimension, given.key, coalesce(latest.version, 0) + 1, given.people, $5, $6
				from unnest($2::text[], $3::text[], $4::int[]) as given (dimension, key, people)
				left join lateral (
					select version, people
					from targets
					where targets.topic_id = $1 and targets.dimension = given.dimension and targets.key = given.key
					order by version desc
					limit 1
				) as latest on true
				where given.people <> coalesce(latest.people, 0)
				returning dimension, key, people`,
			[
				topicId,
				targets.map(({ dimension }) => dimension),
				targets.map(({ key }) => key),
				targets.map(({ people }) => people),
				transaction.at,
				accountOf(actor)
			]
		);
		if (rows.length > 0)
			await record(transaction, {
				topicId,
				actor,
				did: 'set-targets',
				kind: 'topic',
				thingId: topicId,
				details: { targets: rows }
			});
	});
}
