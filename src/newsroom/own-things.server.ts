import type { ContributionKind } from '#contributions/receiving.server.ts';
import { ownTexts, ownValues, type Whose } from '#contributions/receipts/own-texts.server.ts';
import type { Queryable } from '#database/connection.server.ts';
import { knownBy } from '#ideas/known-by.server.ts';
import type { Concealed } from '#moderation/rules.ts';
import { becameOf, type Became } from '#newsroom/became.server.ts';

/** Something that somebody sent, with what became of it so far: for their own page. */
export interface OwnThing extends Became {
	readonly topicId: string;
	readonly contributionId: string;
	readonly kind: Extract<ContributionKind, 'idea' | 'comment' | 'submission' | 'suggestion'>;
	/** by which people know it; null for a suggested wording */
	readonly number: number | null;
	/** the idea that it is, hangs on or would reword; null for a submission */
	readonly ideaNumber: number | null;
	/** of a submission */
	readonly title: string | null;
	/** its beginning */
	readonly text: string;
	readonly language: string;
	readonly receivedAt: Date;
	readonly concealed: Concealed | null;
	/** of a suggested wording: what the author of the idea said to it */
	readonly answer: 'accepted' | 'declined' | null;
	/** staff have not answered the wish to erase it */
	readonly isErasureAsked: boolean;
	/** gathered by the code of its receipt */
	readonly isJoined: boolean;
	readonly receiptId: string | null;
}

export const ownThingsOnAPage = 20;

/** What they sent in all topics, the newest first, from before a contribution on. A fixed number of queries whatever their number. */
export async function ownThings(
	queryable: Queryable,
	whose: Whose,
	{
		before = null,
		most = ownThingsOnAPage,
		letters = 280
	}: { before?: string | null; most?: number; letters?: number | null } = {}
): Promise<OwnThing[]> {
	const { rows } = await queryable.query<Omit<OwnThing, keyof Became>>(
		`
			select own.topic_id as "topicId", own.contribution_id as "contributionId", thing.kind,
				coalesce(
					(select min(i.idea_number) from ideas i where i.topic_id = own.topic_id and i.contribution_id = own.contribution_id),
					m.idea_number, w.idea_number) as "ideaNumber",
				case thing.kind
					when 'idea' then
						(select min(i.idea_number) from ideas i where i.topic_id = own.topic_id and i.contribution_id = own.contribution_id)
					when 'comment' then m.comment_number
					when 'submission' then s.submission_number
				end as number,
				nullif(s.title, '') as title, left(v.text, $7) as text, v.language, c.received_at as "receivedAt", hidden.why as concealed,
				(select a.answer from suggestion_answers a
				where a.topic_id = own.topic_id and a.suggestion_id = own.contribution_id) as answer,
				exists (
					select from receipt_requests r
					where r.topic_id = own.topic_id and r.contribution_id = own.contribution_id and r.kind = 'erasure'
						and not exists (select from receipt_answers a where a.topic_id = r.topic_id and a.request_id = r.request_id)
				) as "isErasureAsked",
				own.is_joined as "isJoined",
				(select min(r.receipt_id::text) from receipts r
				where r.topic_id = own.topic_id and r.contribution_id = own.contribution_id) as "receiptId"
			from ${ownTexts}
			join contributions c using (topic_id, contribution_id)
			join lateral (
				select text, language
				from contribution_versions v
				where v.topic_id = own.topic_id and v.contribution_id = own.contribution_id
				order by version desc
				limit 1) v on true
			left join submissions s using (topic_id, contribution_id)
			left join comments m on m.topic_id = own.topic_id and m.comment_id = own.contribution_id
			left join wording_suggestions w on w.topic_id = own.topic_id and w.suggestion_id = own.contribution_id
			cross join lateral (
				select case when c.kind = 'suggestion' and exists (
					select from ideas i where i.topic_id = own.topic_id and i.idea_id = own.contribution_id) then 'idea' else c.kind end as kind
			) as thing
			left join concealments hidden
				on hidden.topic_id = own.topic_id and hidden.kind = thing.kind and hidden.thing_id = own.contribution_id
			where c.kind in ('idea', 'comment', 'submission', 'suggestion') and ($5::uuid is null or own.contribution_id < $5)
			order by own.contribution_id desc
			limit $6`,
		[...ownValues(whose), before, most, letters]
	);
	const became = await becameOf(queryable, rows);
	return rows.map((row) => ({ ...row, ...became(row) }));
}

/** What else they asked to be told of: things of others that can be seen. */
export interface FollowedThing {
	readonly topicId: string;
	readonly kind: 'idea' | 'comment' | 'submission';
	readonly thingId: string;
	readonly number: number;
	/** an idea's point, a submission's title, the beginning of a comment */
	readonly words: string;
	readonly language: string;
	/** the newest comment when they last went to what was new there */
	readonly seen: number | null;
}

export async function followedThings(queryable: Queryable, { numbers }: Whose): Promise<FollowedThing[]> {
	const { rows } = await queryable.query<FollowedThing>(
		`
			select f.topic_id as "topicId", f.kind, f.thing_id as "thingId", thing.number, thing.words, thing.language, f.seen
			from (
				select f.topic_id, f.kind, f.thing_id, max(f.seen_comment) as seen
				from unnest($1::uuid[], $2::int[]) as person (topic_id, number)
				join followers f on f.topic_id = person.topic_id and f.participant_number = person.number
				group by f.topic_id, f.kind, f.thing_id
			) as f
			cross join lateral (${knownBy('f', 'f.thing_id')}) as thing
			where not exists (
				select from concealments hidden
				where hidden.topic_id = f.topic_id and hidden.kind = f.kind and hidden.thing_id = f.thing_id)
			order by f.topic_id, f.kind, thing.number
			limit 500`,
		[numbers.map(({ topicId }) => topicId), numbers.map(({ number }) => number)]
	);
	return rows;
}
