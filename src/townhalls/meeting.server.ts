import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * What changes the agenda or the floor of an event waits for what changed it before: two chairs never give the floor at once. Rows that only
 * point to the event are not held up.
 */
export async function inMeeting<T>(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	work: (transaction: Transaction, event: EventOfTopic) => Promise<T>,
	{ alsoCancelled = false } = {}
): Promise<T> {
	return inTransaction(database, async (transaction) => {
		await transaction.query({
			name: 'lock-meeting',
			text: `select from events where topic_id = $1 and event_id = $2 for no key update`,
			values: [topicId, eventId]
		});
		// what ends a floor whatever became of its event forgets what it promised to
		if (!alsoCancelled) await requireOpenTopic(transaction, topicId);
		const event = await eventOf(transaction, topicId, eventId);
		if (event.state === 'cancelled' && !alsoCancelled) throw refusal('event-cancelled');
		return work(transaction, event);
	});
}
