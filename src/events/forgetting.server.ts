import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { latestOfEvent } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import type { Surroundings } from '#events/mailing.server.ts';
import { endRegistration, lockedEvent, offerFreePlaces } from '#events/places.server.ts';

/** Forgets who registered for events that ended so many days ago, and what was written to them: groups and regions stay. */
export async function forgetRegistrations(database: Database, keptDays: number): Promise<number> {
	return inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<OfEvent>(
			`
				select events.topic_id as "topicId", events.event_id as "eventId"
				from events
				${latestOfEvent}
				where planned.ends_at < $1 and (
					exists (select from registrations r where
						(r.topic_id, r.event_id) = (events.topic_id, events.event_id) and r.forgotten_at is null)
					or exists (select from event_invitations i where
						(i.topic_id, i.event_id) = (events.topic_id, events.event_id) and i.email is not null)
					or exists (select from hubs h where
						(h.topic_id, h.event_id) = (events.topic_id, events.event_id) and (h.email is not null or h.coordinator is not null)))
				limit 100`,
			[new Date(transaction.at.getTime() - keptDays * 86_400_000)]
		);
		for (const { topicId, eventId } of rows) {
			await blank(transaction, 'topic_id = $1 and event_id = $2', [topicId, eventId]);
			await transaction.query(`update event_invitations set email = null where topic_id = $1 and event_id = $2`, [
				topicId,
				eventId
			]);
			await transaction.query(`update hubs set email = null, coordinator = null where topic_id = $1 and event_id = $2`, [
				topicId,
				eventId
			]);
		}
		return rows.length;
	});
}

/** How many registrations and invitations to events an address has. */
export async function registeredWith(queryable: Queryable, email: string): Promise<number> {
	const { rows } = await queryable.query<{ known: number }>(
		`
			select (select count(*)::int from registrations where lower(email) = lower($1))
				+ (select count(*)::int from event_invitations where lower(email) = lower($1))
				+ (select count(*)::int from hubs where lower(email) = lower($1)) as known`,
		[email]
	);
	return rows[0]!.known;
}

/** Forgets whoever has this address in all events; a place that they had goes to the next. @returns what their registrations were */
export async function eraseRegistrationsOf(
	transaction: Transaction,
	email: string,
	surroundings: Surroundings
): Promise<(OfEvent & { registrationId: string })[]> {
	const { rows } = await transaction.query<OfEvent & { registrationId: string }>(
		`
			select topic_id as "topicId", event_id as "eventId", registration_id as "registrationId"
			from registrations
			where lower(email) = lower($1)
			order by topic_id, event_id, registration_id`,
		[email]
	);
	for (const of of rows) {
		const event = await lockedEvent(transaction, of);
		const thing = [of.topicId, of.eventId, of.registrationId];
		await blank(transaction, 'topic_id = $1 and event_id = $2 and registration_id = $3', thing);
		if (event.endsAt <= transaction.at) continue;
		if (await endRegistration(transaction, of, 'erased', null)) await offerFreePlaces(transaction, event, surroundings);
	}
	await transaction.query(`update event_invitations set email = null where lower(email) = lower($1)`, [email]);
	// who is erased coordinates nothing any more
	await transaction.query(
		`
			update hub_links set ended_at = $2
			from hubs
			where (hub_links.topic_id, hub_links.event_id, hub_links.hub_id) = (hubs.topic_id, hubs.event_id, hubs.hub_id)
				and lower(hubs.email) = lower($1) and hub_links.ended_at is null`,
		[email, transaction.at]
	);
	await transaction.query(`update hubs set email = null, coordinator = null where lower(email) = lower($1)`, [email]);
	return rows;
}

async function blank(transaction: Transaction, which: string, values: readonly unknown[]): Promise<void> {
	const at = `$${values.length + 1}`;
	await transaction.query(
		`
			update registrations
			set name = null, email = null, organisation = null, access_needs = null, languages = '{}', is_listed = false,
				code_hash = null, registered_by = null, forgotten_at = ${at}
			where ${which}`,
		[...values, transaction.at]
	);
	// when somebody came is as much as who came
	await transaction.query(`update arrivals set arrived_at = null, noted_at = null, noted_by = null where ${which}`, values);
}
