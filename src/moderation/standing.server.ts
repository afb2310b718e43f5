import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import type { HidingReason, Standing } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

export interface StandingGiven {
	readonly standing: Standing;
	readonly reason?: HidingReason | null;
	readonly words?: string;
	readonly actId?: string | null;
}

/** Sets how authors stand, in one statement; who stands so already gets no second row. Returns whose standing changed. */
export async function setStandings(
	transaction: Transaction,
	topicId: string,
	participantNumbers: readonly number[],
	{ standing, reason = null, words = '', actId = null }: StandingGiven,
	actor: Actor
): Promise<number[]> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	const numbers = [...new Set(participantNumbers)].sort((one, other) => one - other);
	// two moderators at the same author: the second waits, and then sees what the first did
	await transaction.query(
		`select from participants
		where topic_id = $1 and participant_number = any ($2::int[])
		order by participant_number
		for no key update`,
		[topicId, numbers]
	);
	const { rows } = await transaction.query<{ number: number }>(
		`insert into author_standings (topic_id, participant_number, version, standing, reason, words, act_id, set_at, set_by)
		select $1, given.number, coalesce(latest.version, 0) + 1, $3, $4, $5, $6, $7, $8
		from unnest($2::int[]) as given (number)
		left join lateral (
			select version, standing
			from author_standings
			where topic_id = $1 and participant_number = given.number
			order by version desc
			limit 1
		) latest on true
		where coalesce(latest.standing, 'ordinary') <> $3
		returning participant_number as number`,
		[topicId, numbers, standing, reason, words, actId, transaction.at, accountOf(actor)]
	);
	const changed = rows.map(({ number }) => number);
	if (changed.length > 0)
		await record(transaction, {
			topicId,
			actor,
			did: standing === 'ordinary' ? 'reset' : standing,
			kind: 'author',
			thingId: null,
			reason,
			details: { participants: changed, ...(actId && { actId }) }
		});
	return changed;
}

/** Of a participant and of those that became this one when somebody signed in: whoever is blocked stays blocked. */
export async function standingOf(
	queryable: Queryable,
	topicId: string,
	participantNumber: number
): Promise<{ standing: Standing; reason: string | null }> {
	const { rows } = await queryable.query<{ standing: Standing; reason: string | null }>({
		name: 'standing-of-author',
		text: `
			select standing, reason
			from (
				select distinct on (s.participant_number) s.standing, s.reason
				from author_standings s
				left join participant_joins j on j.topic_id = s.topic_id and j.participant_number = s.participant_number
				where s.topic_id = $1 and coalesce(j.into_number, s.participant_number) = $2
				order by s.participant_number, s.version desc
			) as latest
			order by standing = 'blocked' desc, standing = 'trusted' desc
			limit 1`,
		values: [topicId, participantNumber]
	});
	return rows[0] ?? { standing: 'ordinary', reason: null };
}

export interface AuthorStanding {
	readonly participantNumber: number;
	readonly standing: 'trusted' | 'blocked';
	readonly reason: string | null;
	readonly words: string;
	readonly setAt: Date;
	readonly setBy: string | null;
	/** of their texts, the latest, so that a moderator knows whom it is about */
	readonly kind: string | null;
	readonly thingId: string | null;
}

/** Everybody who is trusted or blocked, the latest first, a page of 100. */
export async function authorStandings(queryable: Queryable, topicId: string): Promise<AuthorStanding[]> {
	const { rows } = await queryable.query<AuthorStanding>(
		`select latest.*, c.kind, c.contribution_id as "thingId"
		from (
			select distinct on (s.participant_number) s.participant_number as "participantNumber", s.standing, s.reason, s.words,
				s.set_at as "setAt", coalesce(nullif(a.name, ''), a.email) as "setBy"
			from author_standings s
			left join accounts a on a.account_id = s.set_by
			where s.topic_id = $1
			order by s.participant_number, s.version desc
		) as latest
		left join lateral (
			select kind, contribution_id
			from contributions
			where topic_id = $1 and participant_number = latest."participantNumber"
			order by contribution_id desc
			limit 1
		) c on true
		where standing <> 'ordinary'
		order by "setAt" desc, "participantNumber"
		limit 100`,
		[topicId]
	);
	return rows;
}

/** What an act did to authors is taken back where nothing was decided about them since. */
export async function takeBackStandings(transaction: Transaction, topicId: string, actId: string, actor: Actor): Promise<number> {
	const { rows } = await transaction.query<{ number: number; before: Standing }>(
		`select s.participant_number as number, coalesce(before.standing, 'ordinary') as before
		from author_standings s
		left join author_standings before on before.topic_id = s.topic_id
			and before.participant_number = s.participant_number and before.version = s.version - 1
		where s.topic_id = $1 and s.act_id = $2 and not exists (
			select from author_standings later
			where later.topic_id = s.topic_id and later.participant_number = s.participant_number and later.version > s.version
		)`,
		[topicId, actId]
	);
	for (const [standing, authors] of Map.groupBy(rows, ({ before }) => before))
		await setStandings(
			transaction,
			topicId,
			authors.map(({ number }) => number),
			{ standing },
			actor
		);
	return rows.length;
}
