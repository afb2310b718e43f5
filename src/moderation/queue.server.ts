import type { Queryable } from '#database/connection.server.ts';
import type { FlagReason, ModeratedKind } from '#moderation/rules.ts';

export interface Waiting {
	readonly kind: ModeratedKind;
	readonly thingId: string;
	/** 'held' by a rule, 'flagged' by readers since it was last decided on, or 'hidden' by a decision */
	readonly why: 'held' | 'flagged' | 'hidden';
	readonly since: Date;
	readonly flags: readonly { readonly reason: FlagReason; readonly words: string }[];
}

export const queuePage = 20;

/** Of a flag `f`: nobody has decided on its thing since, and the thing can be seen. */
const isOpen = `
	not exists (
		select from moderation_decisions d
		where d.topic_id = f.topic_id and d.kind = f.kind and d.thing_id = f.thing_id and d.decided_at >= f.flagged_at
	)
	and not exists (
		select from concealments c
		where c.topic_id = f.topic_id and c.kind = f.kind and c.thing_id = f.thing_id
	)`;

/** What waits for a moderator, the oldest first. */
export async function moderationQueue(
	queryable: Queryable,
	topicId: string,
	after: { since: Date; thingId: string } | null = null
): Promise<{ waiting: Waiting[]; more: boolean }> {
	const { rows } = await queryable.query<Waiting>(
		`with open_flags as (
			select f.kind, f.thing_id, min(f.flagged_at) as since,
				json_agg(json_build_object('reason', f.reason, 'words', f.words) order by f.flag_id) as flags
			from moderation_flags f
			where f.topic_id = $1 and ${isOpen}
			group by f.kind, f.thing_id
		)
		select kind, thing_id as "thingId", why, since, flags
		from (
			select kind, thing_id, 'held' as why, since, '[]'::json as flags
			from concealments
			where topic_id = $1 and why = 'held'
			union all
			select kind, thing_id, 'flagged', since, flags
			from open_flags
		) waiting
		where $2::timestamptz is null or (since, thing_id) > ($2, $3::uuid)
		order by since, thing_id
		limit ${queuePage + 1}`,
		[topicId, after?.since ?? null, after?.thingId ?? null]
	);
	return { waiting: rows.slice(0, queuePage), more: rows.length > queuePage };
}

/** What moderators hid, the newest first, so that a decision can be looked at again. */
export async function hiddenThings(
	queryable: Queryable,
	topicId: string,
	after: { since: Date; thingId: string } | null = null
): Promise<{ waiting: Waiting[]; more: boolean }> {
	const { rows } = await queryable.query<Waiting>(
		`select kind, thing_id as "thingId", why, since, '[]'::json as flags
		from concealments
		where topic_id = $1 and why = 'hidden' and ($2::timestamptz is null or (since, thing_id) < ($2, $3::uuid))
		order by since desc, thing_id desc
		limit ${queuePage + 1}`,
		[topicId, after?.since ?? null, after?.thingId ?? null]
	);
	return { waiting: rows.slice(0, queuePage), more: rows.length > queuePage };
}

/** How many things wait in a topic; for the desk. */
export async function howManyWait(queryable: Queryable, topicId: string): Promise<{ held: number; flagged: number }> {
	return (await waitingIn(queryable, [topicId])).get(topicId) ?? { held: 0, flagged: 0 };
}

/** The same for many topics in one query; a topic in which nothing waits is absent. */
export async function waitingIn(
	queryable: Queryable,
	topicIds: readonly string[]
): Promise<Map<string, { held: number; flagged: number }>> {
	const { rows } = await queryable.query<{ topicId: string; held: number; flagged: number }>(
		`
			select topic_id as "topicId", sum(held)::int as held, sum(flagged)::int as flagged
			from (
				select topic_id, 1 as held, 0 as flagged
				from concealments
				where topic_id = any ($1::uuid[]) and why = 'held'
				union all
				select f.topic_id, 0, 1
				from moderation_flags f
				where f.topic_id = any ($1::uuid[]) and ${isOpen}
				group by f.topic_id, f.kind, f.thing_id
			) as waiting
			group by topic_id`,
		[topicIds]
	);
	return new Map(rows.map(({ topicId, held, flagged }) => [topicId, { held, flagged }]));
}
