import type { TableOfCafe } from '#cafes/notes/tray.server.ts';
import type { Transaction } from '#database/connection.server.ts';
import { showsGroups, showsNames, type EventOfTopic } from '#events/event.ts';
import { eventOf } from '#events/events.server.ts';

/** The event of the table, whose rule nobody changes until the transaction ends. */
export async function eventHeld(
	transaction: Transaction,
	{ topicId, eventId }: Omit<TableOfCafe, 'tableNumber'>
): Promise<EventOfTopic> {
	await transaction.query('select from events where topic_id = $1 and event_id = $2 for key share', [topicId, eventId]);
	return eventOf(transaction, topicId, eventId);
}

/** What nobody may know is kept nowhere, whatever a phone sends, and whatever rule held when it came. */
export function asTheRuleLets<Said extends { readonly name: string | null; readonly group: string | null }>(
	event: EventOfTopic,
	said: Said
): Said {
	return { ...said, name: showsNames(event) ? said.name : null, group: showsGroups(event) ? said.group : null };
}
