import type { Queryable, Transaction } from '#database/connection.server.ts';

interface Followed {
	readonly topicId: string;
	readonly kind: 'idea' | 'comment' | 'submission';
	readonly thingId: string;
}

/** News of what becomes of the thing goes to this participant from now on. */
export async function follow(
	transaction: Transaction,
	{ topicId, kind, thingId }: Followed,
	participantNumber: number
): Promise<void> {
	await transaction.query(
		`insert into followers (topic_id, kind, thing_id, participant_number, since)
		values ($1, $2, $3, $4, $5)
		on conflict do nothing`,
		[topicId, kind, thingId, participantNumber, transaction.at]
	);
}

export async function unfollow(
	transaction: Transaction,
	{ topicId, kind, thingId }: Followed,
	participantNumber: number
): Promise<void> {
	await transaction.query(
		`delete from followers
		where topic_id = $1 and kind = $2 and thing_id = $3 and participant_number = $4`,
		[topicId, kind, thingId, participantNumber]
	);
}

/** They have gone to what was said of it: what is new for them from now on is newer than this comment. */
export async function noteSeen(
	transaction: Transaction,
	{ topicId, kind, thingId }: Followed,
	participantNumber: number,
	comment: number
): Promise<void> {
	await transaction.query(
		`update followers
		set seen_comment = greatest(seen_comment, $5)
		where topic_id = $1 and kind = $2 and thing_id = $3 and participant_number = $4`,
		[topicId, kind, thingId, participantNumber, comment]
	);
}

/** A person has signed in: what their browser's participant followed, the account's follows. */
export async function moveFollows(
	transaction: Transaction,
	topicId: string,
	{ from, into }: { from: number; into: number }
): Promise<void> {
	await transaction.query(
		`insert into followers (topic_id, kind, thing_id, participant_number, since, seen_comment)
		select topic_id, kind, thing_id, $3, since, seen_comment
		from followers
		where topic_id = $1 and participant_number = $2
		on conflict do nothing`,
		[topicId, from, into]
	);
	await transaction.query(`delete from followers where topic_id = $1 and participant_number = $2`, [topicId, from]);
}

export async function isFollowing(
	queryable: Queryable,
	{ topicId, kind, thingId }: Followed,
	participantNumber: number
): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`select from followers
		where topic_id = $1 and kind = $2 and thing_id = $3 and participant_number = $4`,
		[topicId, kind, thingId, participantNumber]
	);
	return rowCount > 0;
}
