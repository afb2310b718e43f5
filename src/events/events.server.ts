import type { Queryable } from '#database/connection.server.ts';
import { textsOf } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { codeFrom, codeLeads, type EventOfTopic } from '#events/event.ts';

/** An event by its number in the topic, public or not. Refuses `not-found`. */
export async function eventNumbered(queryable: Queryable, topicId: string, number: number): Promise<EventOfTopic> {
	if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw refusal('not-found');
	const [event] = await read(queryable, topicId, 'events.event_number = $2', [number]);
	if (!event) throw refusal('not-found');
	return event;
}

/** The same by its id. */
export async function eventOf(queryable: Queryable, topicId: string, eventId: string): Promise<EventOfTopic> {
	const [event] = await read(queryable, topicId, 'events.event_id = $2', [eventId]);
	if (!event) throw refusal('not-found');
	return event;
}

/** The events of a topic by their beginning, the public ones alone unless others are asked for. */
export async function eventsOfTopic(
	queryable: Queryable,
	topicId: string,
	{ alsoPlanned = false } = {}
): Promise<EventOfTopic[]> {
	const events = await read(queryable, topicId, 'true', []);
	return events.filter(({ wasConfirmed }) => alsoPlanned || wasConfirmed);
}

/** An archived topic is read only, and so are its events. Refuses `topic-archived`. */
export async function requireOpenTopic(queryable: Queryable, topicId: string): Promise<void> {
	const { rows } = await queryable.query<{ isArchived: boolean }>(
		`
			select exists (select from topic_archivals where topic_archivals.topic_id = topics.topic_id) as "isArchived"
			from topics
			where topic_id = $1`,
		[topicId]
	);
	if (!rows[0]) throw refusal('not-found');
	if (rows[0].isArchived) throw refusal('topic-archived');
}

/** Where a code leads, as somebody typed it; null where it leads nowhere (any more). */
export async function eventOfCode(queryable: Queryable, typed: string, at: Date): Promise<EventOfTopic | null> {
	const code = codeFrom(typed);
	if (!code) return null;
	const { rows } = await queryable.query<{ topicId: string; eventId: string }>({
		name: 'event-of-code',
		text: `
			select topic_id as "topicId", event_id as "eventId"
			from event_codes
			join topic_publications using (topic_id)
			where code = $1
				and not exists (select from topic_archivals where topic_archivals.topic_id = event_codes.topic_id)`,
		values: [code]
	});
	if (!rows[0]) return null;
	const event = await eventOf(queryable, rows[0].topicId, rows[0].eventId);
	return codeLeads(event, at) ? event : null;
}

/** The latest version and state of each event: for joins that begin with `events`. */
export const latestOfEvent = `
	join lateral (
		select *
		from event_versions
		where event_versions.topic_id = events.topic_id and event_versions.event_id = events.event_id
		order by event_versions.version desc
		limit 1
	) as planned on true
	join lateral (
		select *
		from event_states
		where event_states.topic_id = events.topic_id and event_states.event_id = events.event_id
		order by event_states.version desc
		limit 1
	) as stands on true`;

async function read(queryable: Queryable, topicId: string, where: string, values: readonly unknown[]): Promise<EventOfTopic[]> {
	const { rows } = await queryable.query<Omit<EventOfTopic, 'texts'>>({
		name: `events where ${where}`,
		text: `
			select events.topic_id as "topicId", events.event_id as "eventId", event_number as number, events.kind, planned.version,
				starts_at as "startsAt", ends_at as "endsAt", zone, attribution, registration, room_places as "roomPlaces",
				online_places as "onlinePlaces", languages, interpretation, remote_link as "remoteLink", is_recorded as "isRecorded",
				waiting_hours as "waitingHours", stands.state, stands.version as "stateVersion", stands.at as "stateAt", code,
				exists (
					select from event_states
					where event_states.topic_id = events.topic_id and event_states.event_id = events.event_id
						and event_states.state = 'confirmed'
				) as "wasConfirmed"
			from events
			join event_codes using (topic_id, event_id)
			${latestOfEvent}
			where events.topic_id = $1 and ${where}
			order by starts_at, event_number`,
		values: [topicId, ...values]
	});
	const things = rows.map(({ eventId }) => ({ kind: 'event', thingId: eventId }));
	const texts = await textsOf(queryable, topicId, things);
	return rows.map((row) => ({ ...row, texts: texts.get(row.eventId)! }));
}
