import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { latestOfEvent } from '#events/events.server.ts';
import { forgetRegistrations } from '#events/forgetting.server.ts';
import { mailTo, type Surroundings } from '#events/mailing.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { answerOffer, endRegistration, lockedEvent, offerFreePlaces } from '#events/places.server.ts';
import { registrationOf, registrationsOf } from '#events/registrations.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

export const lookAfterJob = 'events.look-after';
const aMinute = 60_000;
const aDay = 86_400_000;

/** Asks for the next round, once however often it is asked. */
export async function lookAfterEventsLater(transaction: Transaction, wait = aMinute): Promise<void> {
	const runAt = new Date(transaction.at.getTime() + wait);
	await addJob(transaction, lookAfterJob, { topicId: nilTopic }, { jobKey: lookAfterJob, runAt });
}

/** What the clock does to events: places that were not taken go on, people are reminded, and who came is forgotten. */
export async function lookAfterEvents(
	database: Database,
	surroundings: Surroundings,
	{ keptDays }: { keptDays: number }
): Promise<void> {
	await lapseOffers(database, surroundings);
	await remind(database, surroundings);
	await forgetRegistrations(database, keptDays);
	await inTransaction(database, (transaction) => lookAfterEventsLater(transaction));
}

/** Places that nobody took in time go to the next. @returns how many */
export async function lapseOffers(database: Database, surroundings: Surroundings): Promise<number> {
	return inTransaction(database, async (transaction) => {
		const { rows } = await transaction.query<OfEvent & { registrationId: string }>(
			`
				select topic_id as "topicId", event_id as "eventId", registration_id as "registrationId"
				from place_offers
				where answer is null and expires_at <= $1
					and not exists (select from topic_archivals t where t.topic_id = place_offers.topic_id)
				order by topic_id, event_id, expires_at
				limit 1000`,
			[transaction.at]
		);
		let lapsed = 0;
		for (const offer of rows) {
			const event = await lockedEvent(transaction, offer);
			// answered while we waited for the event
			if (!(await answerOffer(transaction, offer, 'lapsed'))) continue;
			const registration = await registrationOf(transaction, offer, offer.registrationId);
			if (!(await endRegistration(transaction, offer, 'lapsed', null))) continue;
			await mailTo(transaction, event, registration!, 'lapsed', surroundings);
			await offerFreePlaces(transaction, event, surroundings);
			lapsed += 1;
		}
		return lapsed;
	});
}

/** Reminds everybody with a place a day before, once; an event that was moved reminds again. @returns the events */
export async function remind(database: Database, surroundings: Surroundings): Promise<number> {
	const { rows } = await inTransaction(database, (transaction) =>
		transaction.query<OfEvent>(
			`
				select events.topic_id as "topicId", events.event_id as "eventId"
				from events
				${latestOfEvent}
				where not exists (select from topic_archivals t where t.topic_id = events.topic_id)
					and stands.state = 'confirmed' and planned.starts_at > $1 and planned.starts_at <= $2
					and not exists (select from event_reminders r where
						(r.topic_id, r.event_id, r.starts_at) = (events.topic_id, events.event_id, planned.starts_at))
				order by planned.starts_at
				limit 100`,
			[transaction.at, new Date(transaction.at.getTime() + aDay)]
		)
	);
	for (const of of rows) {
		await inTransaction(database, async (transaction) => {
			const event = await lockedEvent(transaction, of);
			const { rowCount } = await transaction.query(
				`
					insert into event_reminders (topic_id, event_id, starts_at, reminded_at)
					values ($1, $2, $3, $4)
					on conflict do nothing`,
				[of.topicId, of.eventId, event.startsAt, transaction.at]
			);
			if (rowCount === 0) return;
			for (const registration of await registrationsOf(transaction, of))
				// who registered within the last day has just been told
				if (registration.state === 'placed' && +registration.registeredAt < +transaction.at - 3_600_000)
					await mailTo(transaction, event, registration, 'reminder', surroundings);
		});
	}
	return rows.length;
}

/** Writes to everybody who registered that something changed or is off; `free`: places may have become free. */
export async function tellRegistered(
	database: Database,
	of: OfEvent,
	what: 'changed' | 'off' | 'free',
	surroundings: Surroundings
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const event = await lockedEvent(transaction, of);
		if (what !== 'off') await offerFreePlaces(transaction, event, surroundings);
		if (what === 'free') return;
		for (const registration of await registrationsOf(transaction, of))
			if (registration.state !== 'ended') await mailTo(transaction, event, registration, what, surroundings);
	});
}
