import type { Actor } from '#activity/actor.ts';
import type { Queryable } from '#database/connection.server.ts';

/** An act as it stands in the record. Its details stay there: they may hold words that were hidden since. */
export interface Recorded {
	readonly topicId: string;
	readonly activityId: string;
	readonly at: Date;
	readonly actorKind: Actor['kind'];
	/** only of an account: who wrote what is nobody's business */
	readonly accountId: string | null;
	/** only of a job */
	readonly job: string | null;
	readonly did: string;
	readonly kind: string;
	readonly thingId: string | null;
	readonly reason: string | null;
}

export interface ActivityFilter {
	readonly topicId?: string | null;
	/** an account; 'job': all that was done by none; 'visitor': all who took part without being named */
	readonly who?: string | null;
	readonly kind?: string | null;
	readonly from?: Date | null;
	/** half-open */
	readonly until?: Date | null;
}

export interface ActivityPlace {
	readonly at: Date;
	readonly activityId: string;
}

export const activityOnAPage = 50;

/** What was done, the newest first; what comes in meanwhile moves no page that is asked for by its place. */
export async function activityFound(
	queryable: Queryable,
	{ topicId = null, who = null, kind = null, from = null, until = null }: ActivityFilter,
	{ before = null, most = activityOnAPage }: { before?: ActivityPlace | null; most?: number } = {}
): Promise<{ acts: Recorded[]; more: boolean }> {
	const values: unknown[] = [most + 1];
	const given = (value: unknown) => `$${values.push(value)}`;
	// a condition that nobody asked for is left out, so that each question is one walk along an index
	const conditions = [
		...(topicId === null ? [] : [`topic_id = ${given(topicId)}`]),
		...(who === null
			? []
			: who === 'job' || who === 'visitor'
				? [`actor_kind = ${given(who)}`]
				: [`actor_kind = 'account' and actor_id = ${given(who)}`]),
		...(kind === null ? [] : [`kind = ${given(kind)}`]),
		...(from === null ? [] : [`at >= ${given(from)}`]),
		...(until === null ? [] : [`at < ${given(until)}`]),
		...(before === null ? [] : [`(at, activity_id) < (${given(before.at)}, ${given(before.activityId)}::uuid)`])
	];
	const { rows } = await queryable.query<Recorded>(
		`
			select topic_id as "topicId", activity_id as "activityId", at, actor_kind as "actorKind",
				case actor_kind when 'account' then actor_id end as "accountId",
				case actor_kind when 'job' then details ->> 'job' end as job, did, kind, thing_id as "thingId", reason
			from activity
			${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
			order by at desc, activity_id desc
			limit $1`,
		values
	);
	return { acts: rows.slice(0, most), more: rows.length > most };
}
