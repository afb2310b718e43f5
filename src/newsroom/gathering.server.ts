import type { Queryable } from '#database/connection.server.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import type { News } from '#newsroom/news.ts';
import { authorNow } from '#topics/participants/participants.server.ts';

/** News for a participant who follows something. */
export interface NewsFor extends News {
	readonly participantNumber: number;
}

/** An author who was never told of anything is told of the editions of so many days: of older ones nobody wants news. */
const daysOfNews = 30;

/** The topics in which anybody follows anything or a report cites somebody, and that are not archived. */
export async function topicsWithNews(queryable: Queryable, until: Date): Promise<string[]> {
	const { rows } = await queryable.query<{ topicId: string }>(
		`select topic_id as "topicId"
		from (
			select topic_id from followers
			union
			select topic_id from report_publications where published_at > $1::timestamptz - interval '${daysOfNews} days'
		) as lively
		where not exists (select from topic_archivals a where a.topic_id = lively.topic_id)
		order by topic_id`,
		[until]
	);
	return rows.map(({ topicId }) => topicId);
}

/**
 * What happened in the topic, for each follower since they were told, up to a moment; and to everybody, whether they follow it or not,
 * that a report cites what they sent. One query whatever their number.
 */
export async function newsOfTopic(queryable: Queryable, topicId: string, until: Date): Promise<NewsFor[]> {
	const { rows } = await queryable.query<NewsFor>(
		`with follower as (
			select f.kind, f.thing_id, f.participant_number, greatest(f.since, t.told_until) as told, coalesce(
					(select i.idea_number from ideas i where i.topic_id = $1 and i.idea_id = f.thing_id and f.kind = 'idea'),
					(select m.comment_number from comments m where m.topic_id = $1 and m.comment_id = f.thing_id and f.kind = 'comment'),
					(select s.submission_number from submissions s
						where s.topic_id = $1 and s.contribution_id = f.thing_id and f.kind = 'submission')
				) as number
			from followers f
			left join news_told t on t.topic_id = f.topic_id and t.participant_number = f.participant_number
			where f.topic_id = $1
		), happened as (
			${happened.join('\nunion all\n')}
		)
		select participant_number as "participantNumber", kind, number, what, count(*)::int as count, min(comment) - 1 as since
		from happened
		group by participant_number, kind, number, what
		order by participant_number, kind, number, array_position(array[${order}], what)`,
		[topicId, until]
	);
	return rows;
}

const order = ['changed', 'hidden', 'shown', 'answered', 'replied', 'drawn', 'cited'].map((what) => `'${what}'`).join(', ');

const happened = [
	// by somebody else: the author of an idea took a wording that another had suggested, or mended it
	`select f.participant_number, f.kind, f.number, 'changed' as what, null::int as comment
	from follower f
	join ideas i on i.topic_id = $1 and i.idea_id = f.thing_id
	join idea_versions v on v.topic_id = $1 and v.idea_number = i.idea_number
	where f.kind = 'idea' and v.version > 1 and v.written_at > f.told and v.written_at <= $2
		and ${authorNow('i')} is distinct from f.participant_number and v.point <> ''`,
	// what can be seen of the comments of others
	`select f.participant_number, f.kind, f.number, case f.kind when 'idea' then 'answered' else 'replied' end, m.comment_number
	from follower f
	left join ideas i on i.topic_id = $1 and i.idea_id = f.thing_id and f.kind = 'idea'
	join comments m on m.topic_id = $1
		and (f.kind = 'idea' and m.idea_number = i.idea_number or f.kind = 'comment' and m.parent_id = f.thing_id)
	join contributions c on c.topic_id = $1 and c.contribution_id = m.contribution_id
	where m.written_at > f.told and m.written_at <= $2 and ${authorNow('c')} is distinct from f.participant_number
		and ${canBeSeen('comment', 'm.comment_id', '$1')}`,
	// where it was hidden and shown again meanwhile, how it stands now
	`select * from (
		select distinct on (f.participant_number, f.kind, f.thing_id) f.participant_number, f.kind, f.number,
			case d.decision when 'hidden' then 'hidden' else 'shown' end, null::int
		from follower f
		join moderation_decisions d on d.topic_id = $1 and d.kind = f.kind and d.thing_id = f.thing_id
		where d.decision in ('hidden', 'approved', 'restored') and d.decided_at > f.told and d.decided_at <= $2
		order by f.participant_number, f.kind, f.thing_id, d.decision_id desc
	) as decided`,
	`select participant_number, kind, number, 'drawn', null
	from (
		select distinct f.participant_number, f.kind, f.number, s.idea_number
		from follower f
		join passages p on p.topic_id = $1 and p.contribution_id = f.thing_id
		join stances s on s.topic_id = $1 and s.passage_id = p.passage_id
		where f.kind = 'submission' and s.taken_by is not null and s.taken_at > f.told and s.taken_at <= $2
			and not exists (
				select from stance_removals r
				where r.topic_id = $1 and r.passage_id = s.passage_id and r.idea_number = s.idea_number)
	) as drawn`,
	`select f.participant_number, f.kind, f.number, 'cited', null
	from follower f
	where exists (
		select
		from report_publications p
		cross join jsonb_array_elements(p.content -> 'notes') as note
		where p.topic_id = $1 and p.published_at > f.told and p.published_at <= $2
			and (note ->> 'thingId' = f.thing_id::text or note ->> 'thingId' in (
				select q.passage_id::text from passages q where q.topic_id = $1 and q.contribution_id = f.thing_id)))`,
	`select participant_number, kind, number, 'cited', null
	from (
		select distinct ${authorNow('c')} as participant_number, c.contribution_id, c.received_at, p.published_at,
			case when i.idea_id is not null then 'idea' else c.kind end as kind,
			coalesce(i.idea_number, m.comment_number, s.submission_number) as number
		from report_publications p
		cross join jsonb_array_elements(p.content -> 'notes') as note
		left join passages q on q.topic_id = $1 and q.passage_id::text = note ->> 'thingId'
		join contributions c
			on c.topic_id = $1 and c.contribution_id::text = coalesce(q.contribution_id::text, note ->> 'thingId')
		left join ideas i on i.topic_id = $1 and i.idea_id = c.contribution_id
		left join comments m on m.topic_id = $1 and m.comment_id = c.contribution_id
		left join submissions s on s.topic_id = $1 and s.contribution_id = c.contribution_id
		where p.topic_id = $1 and p.published_at <= $2 and p.published_at > $2::timestamptz - interval '${daysOfNews} days'
			and c.participant_number is not null
	) as source
	where number is not null and published_at > coalesce((
		select told_until from news_told t where t.topic_id = $1 and t.participant_number = source.participant_number
	), received_at) and not exists (
		select from followers f
		where f.topic_id = $1 and f.thing_id = source.contribution_id and f.participant_number = source.participant_number)`
];
