import type { Seat, Wishes } from '#cafes/seating/seating.ts';
import type { Queryable } from '#database/connection.server.ts';
import type { Method } from '#engines/seating/seating.ts';

export interface KeptSeating {
	readonly number: number;
	readonly planVersion: number;
	/** the seating whose cards it keeps as far as can be; null: made anew */
	readonly follows: number | null;
	readonly method: Method;
	readonly madeAt: Date;
	/** changes by hand that can be undone */
	readonly changes: number;
	readonly isInForce: boolean;
}

/** The seatings of a café, the newest first. */
export async function seatingsOf(queryable: Queryable, topicId: string, eventId: string): Promise<KeptSeating[]> {
	const { rows } = await queryable.query<KeptSeating>({
		name: 'cafe-seatings',
		text: `
			select s.seating_number as number, plan_version as "planVersion", follows, method, made_at as "madeAt",
				(
					select count(before)::int
					from cafe_seat_changes c
					where c.topic_id = s.topic_id and c.event_id = s.event_id and c.seating_number = s.seating_number
				) as changes,
				s.seating_number is not distinct from (
					select seating_number
					from cafe_seating_choices c
					where c.topic_id = s.topic_id and c.event_id = s.event_id
					order by choice_number desc
					limit 1
				) as "isInForce"
			from cafe_seatings s
			where topic_id = $1 and event_id = $2
			order by s.seating_number desc`,
		values: [topicId, eventId]
	});
	return rows;
}

/** Who sits where in a seating, by round and table. */
export async function seatsIn(queryable: Queryable, topicId: string, eventId: string, number: number): Promise<Seat[]> {
	const { rows } = await queryable.query<Seat>({
		name: 'cafe-seats',
		text: `
			select guest_id as "guestId", round_number as "roundNumber", table_number as "tableNumber"
			from cafe_seats
			where topic_id = $1 and event_id = $2 and seating_number = $3
			order by round_number, table_number, guest_id`,
		values: [topicId, eventId, number]
	});
	return rows;
}

/** The seating in force, with its seats; null before one was chosen. */
export async function seatingInForce(
	queryable: Queryable,
	topicId: string,
	eventId: string
): Promise<{ number: number; seats: Seat[] } | null> {
	const inForce = (await seatingsOf(queryable, topicId, eventId)).find(({ isInForce }) => isInForce);
	return inForce ? { number: inForce.number, seats: await seatsIn(queryable, topicId, eventId, inForce.number) } : null;
}

/** Who sits apart, together and where they must. */
export async function wishesOf(queryable: Queryable, topicId: string, eventId: string): Promise<Wishes> {
	const { rows } = await queryable.query<Wishes>({
		name: 'cafe-wishes',
		text: `
			select
				(
					select coalesce(json_agg(json_build_object('one', one, 'other', other, 'kind', kind) order by kind, one, other), '[]')
					from cafe_pairs
					where topic_id = $1 and event_id = $2
				) as pairs,
				(
					select coalesce(
						json_agg(
							json_build_object('guestId', guest_id, 'roundNumber', round_number, 'tableNumber', table_number)
							order by guest_id, round_number
						),
						'[]'
					)
					from cafe_pins
					where topic_id = $1 and event_id = $2
				) as pins`,
		values: [topicId, eventId]
	});
	return rows[0]!;
}
