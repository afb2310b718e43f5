import { createHash } from 'node:crypto';
import type { Queryable } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import type { Registration, Way } from '#events/registration.ts';

/** The registrations of an event in their order, those that hold no more at the end. */
export async function registrationsOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Registration[]> {
	const { rows } = await queryable.query<Registration>(
		`${registrationWithState} where r.topic_id = $1 and r.event_id = $2 order by e.ended_at is not null, r.registration_number`,
		[topicId, eventId]
	);
	return rows;
}

export async function registrationOf(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	registrationId: string
): Promise<Registration | null> {
	const { rows } = await queryable.query<Registration>(
		`${registrationWithState} where r.topic_id = $1 and r.event_id = $2 and r.registration_id = $3`,
		[topicId, eventId, registrationId]
	);
	return rows[0] ?? null;
}

/** Whose page a code opens; null: nobody's. */
export async function registrationWithCode(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	code: string
): Promise<Registration | null> {
	const { rows } = await queryable.query<Registration>(
		`${registrationWithState} where r.topic_id = $1 and r.event_id = $2 and r.code_hash = $3`,
		[topicId, eventId, hashOfCode(code)]
	);
	return rows[0] ?? null;
}

/** The registration of an address that still holds; null where there is none. */
export async function registrationWithEmail(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent,
	email: string
): Promise<Registration | null> {
	const { rows } = await queryable.query<Registration>(
		`${registrationWithState} where r.topic_id = $1 and r.event_id = $2 and lower(r.email) = lower($3) and e.ended_at is null limit 1`,
		[topicId, eventId, email]
	);
	return rows[0] ?? null;
}

/** How many places of each kind are taken or kept, and how many people wait. */
export async function placesTaken(
	queryable: Queryable,
	{ topicId, eventId }: OfEvent
): Promise<Record<Way, { taken: number; waiting: number }>> {
	const { rows } = await queryable.query<{ way: Way; taken: number; waiting: number }>(
		`
			select r.way, count(p.place_number)::int as taken, (count(*) - count(p.place_number))::int as waiting
			from registrations r
			left join registration_ends e using (topic_id, event_id, registration_id)
			left join places p using (topic_id, event_id, registration_id)
			where r.topic_id = $1 and r.event_id = $2 and e.ended_at is null
			group by r.way`,
		[topicId, eventId]
	);
	const none = { taken: 0, waiting: 0 };
	return { room: none, online: none, ...Object.fromEntries(rows.map(({ way, ...counts }) => [way, counts])) };
}

/** The names of those with a place who agreed to be listed. */
export async function listedOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Registration[]> {
	const { rows } = await queryable.query<Registration>(
		`${registrationWithState}
		where r.topic_id = $1 and r.event_id = $2 and r.is_listed and r.name is not null and e.ended_at is null
			and p.place_number is not null and (o.offered_at is null or o.answer = 'taken')
		order by r.name collate "und-x-icu", r.registration_number
		limit 2000`,
		[topicId, eventId]
	);
	return rows;
}

export function hashOfCode(code: string): Buffer {
	return createHash('sha256').update(code).digest();
}

const registrationWithState = `
	select r.topic_id as "topicId", r.event_id as "eventId", r.registration_id as "registrationId", r.registration_number as number,
		r.way, r.name, r.email, r.stakeholder_group as "group", r.region, r.organisation, r.languages,
		r.access_needs as "accessNeeds", r.is_listed as "isListed", r.language, r.registered_at as "registeredAt",
		case
			when e.ended_at is not null then 'ended'
			when p.place_number is null then 'waiting'
			when o.offered_at is not null and o.answer is null then 'offered'
			else 'placed'
		end as state,
		e.why, case when o.answer is null then o.expires_at end as "keptUntil",
		a.arrived_at as "arrivedAt", a.registration_id is not null as "hasCome"
	from registrations r
	left join registration_ends e using (topic_id, event_id, registration_id)
	left join places p using (topic_id, event_id, registration_id)
	left join place_offers o using (topic_id, event_id, registration_id)
	left join arrivals a using (topic_id, event_id, registration_id)`;
