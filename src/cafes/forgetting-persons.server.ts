import { forgetHostMails } from '#cafes/forgetting-hosts.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';

/** How many tables an address hosts. */
export async function tablesHostedBy(queryable: Queryable, email: string): Promise<number> {
	const { rows } = await queryable.query<{ hosted: number }>(
		`select count(*)::int as hosted from cafe_hosts where lower(email) = lower($1)`,
		[email]
	);
	return rows[0]!.hosted;
}

/**
 * Forgets that whoever has this address hosts tables, and where they and the registered were to sit: their links open nothing, their chairs are empty. That
 * there was somebody is known by the attendance alone.
 */
export async function forgetAtTables(
	transaction: Transaction,
	email: string,
	registered: readonly (OfEvent & { readonly registrationId: string })[]
): Promise<void> {
	const { rows: hosts } = await transaction.query<OfEvent & { hostId: string; email: string | null }>(
		`
			select topic_id as "topicId", event_id as "eventId", host_id as "hostId", email
			from cafe_hosts
			where lower(email) = lower($1)
				or (topic_id, event_id, registration_id) in (select * from unnest($2::uuid[], $3::uuid[], $4::uuid[]))`,
		[
			email,
			registered.map(({ topicId }) => topicId),
			registered.map(({ eventId }) => eventId),
			registered.map(({ registrationId }) => registrationId)
		]
	);
	const guests = [
		...registered.map(({ registrationId, ...of }) => ({ ...of, guestId: registrationId })),
		...hosts.map(({ hostId, ...of }) => ({ ...of, guestId: hostId }))
	];
	const cafes = Map.groupBy(guests, ({ eventId }) => eventId);
	// always in one order: two who leave at once do not wait for each other
	for (const [, theirs] of [...cafes].sort(([one], [other]) => (one < other ? -1 : 1))) {
		const { topicId, eventId } = theirs[0]!;
		await holdPlanStill(transaction, topicId, eventId);
		await emptyChairs(
			transaction,
			{ topicId, eventId },
			theirs.map(({ guestId }) => guestId)
		);
	}
	await transaction.query(
		`delete from cafe_hosts where (topic_id, event_id, host_id) in (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]))`,
		[hosts.map(({ topicId }) => topicId), hosts.map(({ eventId }) => eventId), hosts.map(({ hostId }) => hostId)]
	);
	for (const { topicId, email: address } of hosts) await forgetHostMails(transaction, topicId, [address]);
}

async function emptyChairs(transaction: Transaction, { topicId, eventId }: OfEvent, guestIds: readonly string[]): Promise<void> {
	const these = [topicId, eventId, guestIds];
	const { rowCount } = await transaction.query(
		`delete from cafe_seats where topic_id = $1 and event_id = $2 and guest_id = any ($3::uuid[])`,
		these
	);
	const ofGuests = 'where topic_id = $1 and event_id = $2 and guest_id = any ($3::uuid[])';
	await transaction.query(`delete from cafe_pins ${ofGuests}`, these);
	await transaction.query(`delete from cafe_cards_given ${ofGuests}`, these);
	await transaction.query(`delete from cafe_cards ${ofGuests}`, these);
	await transaction.query(
		`delete from cafe_pairs where topic_id = $1 and event_id = $2 and (one = any ($3::uuid[]) or other = any ($3::uuid[]))`,
		these
	);
	// to undo such a change would seat them again
	await transaction.query(
		`
			update cafe_seat_changes set before = null
			where topic_id = $1 and event_id = $2 and before is not null and exists (
				select from jsonb_array_elements(before) as seat where (seat ->> 'guestId')::uuid = any ($3::uuid[]))`,
		these
	);
	if (rowCount > 0) await move(transaction, { topicId, eventId }, 'seating', null);
}
