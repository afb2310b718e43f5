import type { Transaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import type { Participant } from '#topics/participants/participants.server.ts';
import { nothingStated } from '#topics/participants/profile.ts';

/**
 * In whose name stands what people of these groups say at an event: a participant linked to nobody, the same however often they speak, at a table, on the floor or in a
 * question. Null where they state no group.
 */
export async function voiceOf(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	groups: readonly string[]
): Promise<Participant | null> {
	if (groups.length === 0) return null;
	const sorted = [...new Set(groups)].sort();
	const known = await knownVoice(transaction, { topicId, eventId }, sorted);
	if (known) return known;
	// two tables that are closed at once would make one each
	await transaction.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`voices ${topicId} ${eventId}`]);
	const made = await knownVoice(transaction, { topicId, eventId }, sorted);
	if (made) return made;
	const [voice] = await bringInParticipants(transaction, topicId, [{ ...nothingStated, groups: sorted }]);
	await transaction.query(
		`insert into event_voices (topic_id, event_id, stakeholder_groups, participant_number) values ($1, $2, $3, $4)`,
		[topicId, eventId, sorted, voice!.number]
	);
	return voice!;
}

/** Under the Chatham House rule nobody speaks for a group, also where the rule was another before. */
export async function forgetVoices(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<void> {
	await transaction.query(`delete from event_voices where topic_id = $1 and event_id = $2`, [topicId, eventId]);
}

async function knownVoice(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	groups: readonly string[]
): Promise<Participant | null> {
	const { rows } = await transaction.query<{ number: number }>({
		name: 'voice-of-groups',
		text: `
			select participant_number as number
			from event_voices
			where topic_id = $1 and event_id = $2 and stakeholder_groups = $3::text[]`,
		values: [topicId, eventId, groups]
	});
	return rows[0] ? { number: rows[0].number, profile: 1 } : null;
}
