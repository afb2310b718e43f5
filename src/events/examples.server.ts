import type { Database } from '#database/connection.server.ts';
import type { EventKind, EventOfTopic } from '#events/event.ts';
import { eventOf } from '#events/events.server.ts';
import { aWrittenEvent } from '#events/examples.ts';
import { confirmEvent, planEvent, type WrittenEvent } from '#events/planning.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { aPublishedTopic } from '#topics/examples.server.ts';

interface Wishes extends Partial<WrittenEvent> {
	/** a topic of its own where none is given */
	readonly topicId?: string;
	readonly kind?: EventKind;
	/** left planned, seen at the desk only */
	readonly isPlanned?: boolean;
}

/** A confirmed café that has begun an hour ago and lasts an hour more, unless something else is wished. */
export async function anEvent(
	database: Database,
	{ topicId, kind = 'cafe', isPlanned = false, ...changes }: Wishes = {}
): Promise<EventOfTopic> {
	const now = Date.now() + database.clockShift;
	const topic = topicId ?? (await aPublishedTopic(database)).topicId;
	const times = { startsAt: new Date(now - 3_600_000), endsAt: new Date(now + 3_600_000) };
	const { eventId } = await planEvent(database, { topicId: topic, kind, ...aWrittenEvent({ ...times, ...changes }) }, aSecretary);
	if (!isPlanned) await confirmEvent(database, topic, eventId, aSecretary);
	return eventOf(database, topic, eventId);
}
