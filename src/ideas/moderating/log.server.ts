import type { Queryable } from '#database/connection.server.ts';
import type { ModeratedKind } from '#moderation/rules.ts';

/** What everybody may know of a decision: never the words, never who wrote or who decided. */
export interface LogEntry {
	readonly at: Date;
	readonly kind: ModeratedKind | 'author';
	readonly decision: 'hidden' | 'restored' | 'redacted' | 'undone' | 'blocked' | 'reset';
	readonly reason: string | null;
	/** the article that was cited */
	readonly rule: number | null;
	/** of what was hidden: whether its author appealed, and how that ended */
	readonly appeal: 'open' | 'done' | 'refused' | null;
}

const logPage = 50;

/** Where a page of the log goes on. Up to a thousand decisions of one click share an instant, so it says how many of them stood before. */
export interface LogPlace {
	readonly at: Date;
	readonly shown: number;
}

/** The public log of a topic, the newest first. Approvals and what rules hold by themselves are in the counts alone. */
export async function moderationLog(
	queryable: Queryable,
	topicId: string,
	place: LogPlace | null = null
): Promise<{ entries: LogEntry[]; next: LogPlace | null }> {
	const { at, shown } = place ?? { at: null, shown: 0 };
	const { rows } = await queryable.query<LogEntry & { id: string }>(
		`select *
		from (
			(
				select decision_id::text as id, decided_at as at, kind, decision, reason, rule_number as rule, (
					select coalesce(a.answer, 'open')
					from receipt_requests r
					left join receipt_answers a using (topic_id, request_id)
					where r.topic_id = d.topic_id and r.contribution_id = d.thing_id and r.kind = 'appeal' and d.decision = 'hidden'
						and r.requested_at >= d.decided_at
					order by r.request_id
					limit 1
				) as appeal
				from moderation_decisions d
				where topic_id = $1 and decision in ('hidden', 'restored', 'redacted', 'undone')
					and ($2::timestamptz is null or decided_at <= $2)
				order by decided_at desc, decision_id desc
				limit $3::int + $4::int
			)
			union all
			(
				select id, set_at, 'author',
					case standing when 'blocked' then 'blocked' else 'reset' end, reason, null, null
				from (
					select *, 'author ' || participant_number || ' ' || version as id,
						lag(standing) over (partition by participant_number order by version) as before
					from author_standings
					where topic_id = $1
				) s
				where (standing = 'blocked' or before = 'blocked') and ($2::timestamptz is null or set_at <= $2)
				order by set_at desc, id collate "C" desc
				limit $3::int + $4::int
			)
		) as entry
		order by at desc, id collate "C" desc
		offset $4::int
		limit $3::int`,
		[topicId, at, logPage + 1, shown]
	);
	// without the ids: participants are not told apart, their numbers are nobody's business
	const entries = rows.slice(0, logPage).map(({ id: _, ...entry }) => entry);
	return { entries, next: rows.length > logPage ? placeAfter(entries, place) : null };
}

function placeAfter(entries: readonly LogEntry[], before: LogPlace | null): LogPlace {
	const { at } = entries.at(-1)!;
	const ofThatInstant = entries.filter((entry) => +entry.at === +at).length;
	return { at, shown: ofThatInstant + (before && +before.at === +at ? before.shown : 0) };
}

export interface ReasonCount {
	readonly reason: string;
	readonly rule: number | null;
	readonly hidden: number;
	/** of these, how many can be seen again now */
	readonly shownAgain: number;
}

export interface LogCounts {
	readonly reasons: readonly ReasonCount[];
	readonly held: number;
	readonly approved: number;
	readonly redacted: number;
	readonly blocked: number;
}

/** How often what was decided, in the whole topic. */
export async function moderationCounts(queryable: Queryable, topicId: string): Promise<LogCounts> {
	const [reasons, totals] = await Promise.all([
		queryable.query<ReasonCount>(
			`select reason, rule_number as rule, count(*)::int as hidden,
				count(*) filter (where not exists (
					select from concealments c
					where c.topic_id = d.topic_id and c.kind = d.kind and c.thing_id = d.thing_id
				))::int as "shownAgain"
			from moderation_decisions d
			where topic_id = $1 and decision = 'hidden' and reason is not null
			group by reason, rule_number
			order by rule_number nulls last, reason`,
			[topicId]
		),
		queryable.query<Omit<LogCounts, 'reasons'>>(
			`select count(*) filter (where decision = 'held')::int as held, count(*) filter (where decision = 'approved')::int as approved,
				count(*) filter (where decision = 'redacted')::int as redacted, (
					select count(distinct participant_number)::int
					from author_standings
					where topic_id = $1 and standing = 'blocked'
				) as blocked
			from moderation_decisions
			where topic_id = $1`,
			[topicId]
		)
	]);
	return { reasons: reasons.rows, ...totals.rows[0]! };
}
