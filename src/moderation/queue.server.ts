import type { Queryable } from '#database/connection.server.ts';
import type { FlagReason, ModeratedKind } from '#moderation/rules.ts';

export interface Waiting {
	readonly kind: ModeratedKind;
	readonly thingId: string;
	/** 'held' by a rule, 'flagged' by readers since it was last decided on, 'hidden' by a decision, or 'shown' (beside others like it) */
	readonly why: 'held' | 'flagged' | 'hidden' | 'shown';
	/** by which rule, or for which suspicion */
	readonly heldBy: string | null;
	readonly since: Date;
	readonly flags: readonly { readonly reason: FlagReason; readonly words: string }[];
	/** the latest decision on it: who decides next must have known it */
	readonly last: string | null;
}

/** What a moderator wants to see of the queue. */
export interface Filter {
	readonly kind?: ModeratedKind | null;
	/** the first part of a language tag: 'fr' finds 'fr-CA' */
	readonly language?: string | null;
	readonly heldBy?: string | null;
	/** what waits for at least so many hours */
	readonly hours?: number | null;
}

export interface Place {
	readonly since: Date;
	readonly thingId: string;
}

export const queuePage = 20;

/** Of a flag `f`: nobody has decided on its thing since (and not taken it back), and the thing can be seen. */
const isOpen = `
	not exists (
		select from moderation_decisions d
		where d.topic_id = f.topic_id and d.kind = f.kind and d.thing_id = f.thing_id and d.decided_at >= f.flagged_at
			and d.decision <> 'undone'
			and not exists (select from moderation_decisions u where u.topic_id = d.topic_id and u.undoes = d.decision_id)
	)
	and not exists (
		select from concealments c
		where c.topic_id = f.topic_id and c.kind = f.kind and c.thing_id = f.thing_id
	)`;

/** In SQL, of the thing of a row in the topic `$1`: it is held or hidden, or a flag on it is open. */
export function isAtTheDesk(row: string): string {
	return `(
		exists (
			select from concealments c
			where c.topic_id = $1 and c.kind = ${row}.kind and c.thing_id = ${row}.thing_id and c.why in ('held', 'hidden'))
		or exists (
			select from moderation_flags f
			where f.topic_id = $1 and f.kind = ${row}.kind and f.thing_id = ${row}.thing_id and ${isOpen})
	)`;
}

/** Of a held thing `c`: one like it, held too, came before, and stands for it. */
const stands = `
	select from text_likenesses own
	join text_likenesses other
		on other.topic_id = own.topic_id and other.cluster_id = own.cluster_id and other.thing_id < own.thing_id
	join concealments e
		on e.topic_id = other.topic_id and e.kind = other.kind and e.thing_id = other.thing_id and e.why = 'held'
	where own.topic_id = c.topic_id and own.kind = c.kind and own.thing_id = c.thing_id`;

const isInLanguage = (thing: string) => `
	coalesce(
		(select language from contributions x where x.topic_id = $1 and x.contribution_id = ${thing}),
		(select language from ideas x where x.topic_id = $1 and x.idea_id = ${thing})
	)`;

const lastDecision = `(
	select decision_id
	from moderation_decisions d
	where d.topic_id = $1 and d.kind = waiting.kind and d.thing_id = waiting.thing_id
	order by decision_id desc
	limit 1
)`;

/**
 * What waits for a moderator, the oldest first. Without a filter, what is nearly the same or came in one burst is represented by its first;
 * `likeThese` tells the others.
 */
export async function moderationQueue(
	queryable: Queryable,
	topicId: string,
	after: Place | null = null,
	{ filter = {}, most = queuePage, at = new Date() }: { filter?: Filter; most?: number; at?: Date } = {}
): Promise<{ waiting: Waiting[]; more: boolean }> {
	const { kind = null, language = null, heldBy = null, hours = null } = filter;
	const isFiltered = [kind, language, heldBy, hours].some((wish) => wish !== null);
	const until = hours === null ? null : new Date(at.getTime() - hours * 3_600_000);
	// a condition that nobody asked for is left out: the plan of the whole queue is one walk along an index
	const wanted = (alias: string, since: string) => `
		${kind === null ? 'and $4::text is null' : `and ${alias}.kind = $4`}
		${language === null ? 'and $5::text is null' : `and split_part(${isInLanguage(`${alias}.thing_id`)}, '-', 1) = split_part($5, '-', 1)`}
		and ${until === null ? '$6::timestamptz is null' : `${since} <= $6`}
		and ${after === null ? '$2::timestamptz is null and $3::uuid is null' : `(${since}, ${alias}.thing_id) > ($2, $3::uuid)`}`;
	const { rows } = await queryable.query<Waiting>(
		`with open_flags as (
			select f.kind, f.thing_id, min(f.flagged_at) as since,
				json_agg(json_build_object('reason', f.reason, 'words', f.words) order by f.flag_id) as flags
			from moderation_flags f
			where f.topic_id = $1 and $7::text is null and ${isOpen}
			group by f.kind, f.thing_id
		)
		select kind, thing_id as "thingId", why, since, flags, held_by as "heldBy", ${lastDecision} as last
		from (
			(
				select kind, thing_id, 'held' as why, since, '[]'::json as flags, held_by
				from concealments c
				where topic_id = $1 and why = 'held' ${wanted('c', 'c.since')}
					${heldBy === null ? '' : 'and c.held_by = $7'}
					${isFiltered ? '' : `and not exists (${stands})`}
				order by since, thing_id
				limit $8
			)
			union all
			(
				select kind, thing_id, 'flagged', since, flags, null
				from open_flags o
				where true ${wanted('o', 'o.since')}
				order by since, thing_id
				limit $8
			)
		) waiting
		order by since, thing_id
		limit $8`,
		[topicId, after?.since ?? null, after?.thingId ?? null, kind, language, until, heldBy, most + 1]
	);
	return { waiting: rows.slice(0, most), more: rows.length > most };
}

/** What moderators hid, the newest first, so that a decision can be looked at again. */
export async function hiddenThings(
	queryable: Queryable,
	topicId: string,
	after: Place | null = null
): Promise<{ waiting: Waiting[]; more: boolean }> {
	const { rows } = await queryable.query<Waiting>(
		`select kind, thing_id as "thingId", why, since, '[]'::json as flags, null as "heldBy", ${lastDecision} as last
		from concealments waiting
		where topic_id = $1 and why = 'hidden' and ($2::timestamptz is null or (since, thing_id) < ($2, $3::uuid))
		order by since desc, thing_id desc
		limit ${queuePage + 1}`,
		[topicId, after?.since ?? null, after?.thingId ?? null]
	);
	return { waiting: rows.slice(0, queuePage), more: rows.length > queuePage };
}

const mostCounted = 200;

/** How many others that are nearly the same (or of the same burst) can be decided on too, up to 200, by the id of the thing. */
export async function likeThese(
	queryable: Queryable,
	topicId: string,
	thingIds: readonly string[]
): Promise<Map<string, number>> {
	const { rows } = await queryable.query<{ thingId: string; others: number }>(
		`select own.thing_id as "thingId", count(*)::int as others
		from text_likenesses own
		cross join lateral (
			select
			from text_likenesses other
			left join concealments e on e.topic_id = other.topic_id and e.kind = other.kind and e.thing_id = other.thing_id
			where other.topic_id = $1 and other.cluster_id = own.cluster_id and other.thing_id <> own.thing_id
				and (e.why is null or e.why in ('held', 'hidden'))
			limit ${mostCounted}
		) others
		where own.topic_id = $1 and own.thing_id = any ($2::uuid[])
		group by own.thing_id`,
		[topicId, thingIds]
	);
	return new Map(rows.map(({ thingId, others }) => [thingId, others]));
}

/** A thing with all that is nearly the same or came in one burst with it, held or not, the oldest first, up to 200. */
export async function clusterOf(queryable: Queryable, topicId: string, thingId: string): Promise<Waiting[]> {
	const { rows } = await queryable.query<Waiting>(
		`select kind, thing_id as "thingId", why, since, '[]'::json as flags, "heldBy", ${lastDecision} as last
		from (
			select l.kind, l.thing_id, coalesce(e.why, 'shown') as why, coalesce(e.since, l.noted_at) as since, e.held_by as "heldBy"
			from text_likenesses own
			join text_likenesses l on l.topic_id = own.topic_id and l.cluster_id = own.cluster_id
			left join concealments e on e.topic_id = l.topic_id and e.kind = l.kind and e.thing_id = l.thing_id
			where own.topic_id = $1 and own.thing_id = $2 and (e.why is null or e.why in ('held', 'hidden'))
			order by since, l.thing_id
			limit ${mostCounted}
		) waiting
		order by since, thing_id`,
		[topicId, thingId]
	);
	return rows;
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
