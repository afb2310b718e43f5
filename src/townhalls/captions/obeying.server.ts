import type { Transaction } from '#database/connection.server.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { forgetTimes } from '#events/moving.server.ts';

/** Lines that came before the rule became stricter lose who spoke; under the Chatham House rule also when. */
export async function obeyInCaptions(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const { topicId, eventId } = event;
	await transaction.query(
		`
			update caption_lines
			set speaker = null, starts_ms = case when $3 then null else starts_ms end, ends_ms = case when $3 then null else ends_ms end
			where topic_id = $1 and event_id = $2`,
		[topicId, eventId, isChatham(event)]
	);
	await transaction.query('delete from caption_speakers where topic_id = $1 and event_id = $2', [topicId, eventId]);
	if (isChatham(event)) await forgetTimes(transaction, event, { kind: 'captions', counted: [], at: event.startsAt });
}
