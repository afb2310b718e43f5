import type { Transaction } from '#database/connection.server.ts';
import { eventOf } from '#events/events.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { mailTo, type Surroundings } from '#events/mailing.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { keptUntil, placesOf, ways, type Way } from '#events/registration.ts';
import { registrationOf } from '#events/registrations.server.ts';

/**
 * The event as it is now, with everything that takes or frees a place of it waiting until this transaction is over. The unique number of
 * each place holds even where somebody forgot this.
 */
export async function lockedEvent(transaction: Transaction, { topicId, eventId }: OfEvent): Promise<EventOfTopic> {
	await transaction.query(`select from events where topic_id = $1 and event_id = $2 for update`, [topicId, eventId]);
	return eventOf(transaction, topicId, eventId);
}

/** Takes the lowest place that is free. @returns whether there was one */
export async function takePlace(
	transaction: Transaction,
	event: EventOfTopic,
	registrationId: string,
	way: Way
): Promise<boolean> {
	const { rowCount } = await transaction.query(
		`
			insert into places (topic_id, event_id, way, place_number, registration_id, taken_at)
			select $1, $2, $3, number, $4, $5
			from generate_series(1, least(
				$6::int,
				(select count(*)::int + 1 from places where topic_id = $1 and event_id = $2 and way = $3)
			)) as number
			where not exists (
				select from places where topic_id = $1 and event_id = $2 and way = $3 and place_number = number)
			order by number
			limit 1`,
		[event.topicId, event.eventId, way, registrationId, transaction.at, placesOf(event, way)]
	);
	return rowCount === 1;
}

/** Ends a registration and frees its place. @returns false where it had ended before */
export async function endRegistration(
	transaction: Transaction,
	{ topicId, eventId, registrationId }: OfEvent & { registrationId: string },
	why: 'self' | 'desk' | 'lapsed' | 'erased',
	endedBy: string | null
): Promise<boolean> {
	const thing = [topicId, eventId, registrationId];
	const { rowCount } = await transaction.query(
		`
			insert into registration_ends (topic_id, event_id, registration_id, why, ended_at, ended_by)
			values ($1, $2, $3, $4, $5, $6)
			on conflict do nothing`,
		[...thing, why, transaction.at, endedBy]
	);
	if (rowCount === 0) return false;
	await transaction.query(`delete from places where topic_id = $1 and event_id = $2 and registration_id = $3`, thing);
	return true;
}

/** Keeps each free place for the next who waits for one, and writes to them. Once the event began, whoever comes comes. */
export async function offerFreePlaces(
	transaction: Transaction,
	event: EventOfTopic,
	surroundings: Surroundings
): Promise<number> {
	if (event.state !== 'confirmed' || event.startsAt <= transaction.at) return 0;
	const expiresAt = keptUntil(event, transaction.at);
	let offered = 0;
	for (const way of ways) {
		for (;;) {
			const registrationId = await nextWaiting(transaction, event, way);
			if (registrationId === null || !(await takePlace(transaction, event, registrationId, way))) break;
			await transaction.query(
				`
					insert into place_offers (topic_id, event_id, registration_id, offered_at, expires_at)
					values ($1, $2, $3, $4, $5)`,
				[event.topicId, event.eventId, registrationId, transaction.at, expiresAt]
			);
			const registration = await registrationOf(transaction, event, registrationId);
			await mailTo(transaction, event, registration!, 'offer', surroundings);
			offered += 1;
		}
	}
	return offered;
}

/** What became of the place that was kept for somebody. @returns false where there was none open */
export async function answerOffer(
	transaction: Transaction,
	{ topicId, eventId, registrationId }: OfEvent & { registrationId: string },
	answer: 'taken' | 'declined' | 'lapsed'
): Promise<boolean> {
	const { rowCount } = await transaction.query(
		`
			update place_offers
			set answer = $4, answered_at = $5
			where topic_id = $1 and event_id = $2 and registration_id = $3 and answer is null
				and ($4 = 'lapsed' or expires_at > $5)`,
		[topicId, eventId, registrationId, answer, transaction.at]
	);
	return rowCount === 1;
}

async function nextWaiting(transaction: Transaction, { topicId, eventId }: OfEvent, way: Way): Promise<string | null> {
	const { rows } = await transaction.query<{ registrationId: string }>(
		`
			select r.registration_id as "registrationId"
			from registrations r
			where r.topic_id = $1 and r.event_id = $2 and r.way = $3
				and not exists (select from registration_ends e where
					(e.topic_id, e.event_id, e.registration_id) = (r.topic_id, r.event_id, r.registration_id))
				and not exists (select from places p where
					(p.topic_id, p.event_id, p.registration_id) = (r.topic_id, r.event_id, r.registration_id))
			order by r.registration_number
			limit 1`,
		[topicId, eventId, way]
	);
	return rows[0]?.registrationId ?? null;
}
