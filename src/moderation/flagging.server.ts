import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import type { FlagReason, Moderated } from '#moderation/rules.ts';

/** A reader says that the thing breaks the rules; the second flag of the same person on the same thing changes nothing. */
export async function flag(
	transaction: Transaction,
	{ topicId, kind, thingId }: Moderated,
	{ reason, words, participantNumber }: { reason: FlagReason; words: string; participantNumber: number }
): Promise<void> {
	await transaction.query(
		`insert into moderation_flags (topic_id, flag_id, kind, thing_id, participant_number, reason, words, flagged_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (topic_id, kind, thing_id, participant_number) do nothing`,
		[topicId, uuidv7(), kind, thingId, participantNumber, reason, words, transaction.at]
	);
}

/** What these people flagged stays flagged, by nobody, without their words; what staff wrote of them as authors goes. */
export async function forgetFlaggers(
	transaction: Transaction,
	topicId: string,
	participantNumbers: readonly number[]
): Promise<void> {
	await transaction.query(
		`update moderation_flags
		set participant_number = null, words = ''
		where topic_id = $1 and participant_number = any ($2::int[])`,
		[topicId, participantNumbers]
	);
	await transaction.query(
		`update author_standings set words = '' where topic_id = $1 and participant_number = any ($2::int[]) and words <> ''`,
		[topicId, participantNumbers]
	);
}
