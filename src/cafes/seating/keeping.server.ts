import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import type { Seat } from '#cafes/seating/seating.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import type { Method } from '#engines/seating/seating.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** So many are kept of a café; who wants more deletes one. */
const mostSeatings = 50;

export interface FoundSeating extends OfEvent {
	readonly planVersion: number;
	readonly follows: number | null;
	readonly method: Method;
	readonly seats: readonly Seat[];
}

/** Keeps a seating beside those before. @returns its number */
export async function keepSeating(
	database: Database | Transaction,
	{ topicId, eventId, planVersion, follows, method, seats }: FoundSeating,
	actor: Actor
): Promise<number> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		const { rows } = await transaction.query<{ last: number; kept: number }>(
			`select coalesce(max(seating_number), 0)::int as last, count(*)::int as kept
			from cafe_seatings
			where topic_id = $1 and event_id = $2`,
			[topicId, eventId]
		);
		if (rows[0]!.kept >= mostSeatings) throw refusal('cafe-seatings-too-many', { most: mostSeatings });
		const number = rows[0]!.last + 1;
		await transaction.query(
			`insert into cafe_seatings (topic_id, event_id, seating_number, plan_version, follows, method, made_at, made_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			[topicId, eventId, number, planVersion, follows, method, transaction.at, accountOf(actor)]
		);
		await writeSeats(transaction, { topicId, eventId, number }, seats);
		const details = { seating: number };
		await record(transaction, { topicId, actor, did: 'made', kind: 'seating', thingId: eventId, details });
		return number;
	});
}

/** Puts a seating in force: phones, walls and cards go by it from now on. */
export async function chooseSeating(
	database: Database | Transaction,
	{ topicId, eventId, number }: OfEvent & { number: number },
	actor: Actor
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		await requireSeating(transaction, { topicId, eventId, number });
		await transaction.query(
			`insert into cafe_seating_choices (topic_id, event_id, choice_number, seating_number, chosen_at, chosen_by)
			select $1, $2, coalesce(max(choice_number), 0) + 1, $3, $4, $5
			from cafe_seating_choices
			where topic_id = $1 and event_id = $2`,
			[topicId, eventId, number, transaction.at, accountOf(actor)]
		);
		// who sits where is told to nobody: that it is another seating is
		await move(transaction, { topicId, eventId }, 'seating', null);
		const details = { seating: number };
		await record(transaction, { topicId, actor, did: 'changed', kind: 'seating', thingId: eventId, details });
	});
}

/** Deletes a seating that is not in force. */
export async function deleteSeating(
	database: Database | Transaction,
	{ topicId, eventId, number }: OfEvent & { number: number },
	actor: Actor
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		await requireSeating(transaction, { topicId, eventId, number });
		const { rows } = await transaction.query<{ inForce: number }>(
			`select seating_number as "inForce"
			from cafe_seating_choices
			where topic_id = $1 and event_id = $2
			order by choice_number desc
			limit 1`,
			[topicId, eventId]
		);
		if (rows[0]?.inForce === number) throw refusal('cafe-seating-in-force');
		await transaction.query('delete from cafe_seatings where topic_id = $1 and event_id = $2 and seating_number = $3', [
			...[topicId, eventId, number]
		]);
		const details = { seating: number };
		await record(transaction, { topicId, actor, did: 'removed', kind: 'seating', thingId: eventId, details });
	});
}

/** Refuses `not-found`. */
export async function requireSeating(
	transaction: Transaction,
	{ topicId, eventId, number }: OfEvent & { number: number }
): Promise<void> {
	const { rowCount } = await transaction.query(
		'select from cafe_seatings where topic_id = $1 and event_id = $2 and seating_number = $3',
		[topicId, eventId, number]
	);
	if (rowCount === 0) throw refusal('not-found');
}

/** Writes seats; who sat elsewhere in that round moves. */
export async function writeSeats(
	transaction: Transaction,
	{ topicId, eventId, number }: OfEvent & { number: number },
	seats: readonly Seat[]
): Promise<void> {
	await transaction.query(
		`insert into cafe_seats (topic_id, event_id, seating_number, round_number, guest_id, table_number)
		select $1, $2, $3, "roundNumber", "guestId", "tableNumber"
		from json_to_recordset($4::json) as given ("roundNumber" int, "guestId" uuid, "tableNumber" int)
		on conflict (topic_id, event_id, seating_number, round_number, guest_id) do update
		set table_number = excluded.table_number`,
		[topicId, eventId, number, JSON.stringify(seats)]
	);
}
