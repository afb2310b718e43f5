import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { hostsOf } from '#cafes/hosts.server.ts';
import { roundTurnsOf } from '#cafes/leading.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { roundsHeld } from '#cafes/rounds.ts';
import { requireSeating, writeSeats } from '#cafes/seating/keeping.server.ts';
import { seatsIn } from '#cafes/seating/reading.server.ts';
import type { Seat } from '#cafes/seating/seating.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

interface InRound extends OfEvent {
	/** of the seating */
	readonly number: number;
	readonly roundNumber: number;
}

/** Two people change places in a round. Refuses `cafe-round-held` for one that was begun, `cafe-host-stays` for hosts. */
export async function swapGuests(
	database: Database | Transaction,
	{ one, other, ...where }: InRound & { one: string; other: string },
	actor: Actor
): Promise<void> {
	await changingSeats(database, where, actor, (seatOf) => {
		const [first, second] = [seatOf(one), seatOf(other)];
		if (first.tableNumber === second.tableNumber) throw refusal('cafe-same-table');
		return [
			{ ...first, tableNumber: second.tableNumber },
			{ ...second, tableNumber: first.tableNumber }
		];
	});
}

/** One person goes to another table in a round. */
export async function moveGuest(
	database: Database | Transaction,
	{ guestId, tableNumber, ...where }: InRound & { guestId: string; tableNumber: number },
	actor: Actor
): Promise<void> {
	await changingSeats(database, where, actor, (seatOf, tables) => {
		const seat = seatOf(guestId);
		if (seat.tableNumber === tableNumber) throw refusal('cafe-same-table');
		if (tableNumber < 1 || tableNumber > tables) throw refusal('cafe-no-such-table', { table: tableNumber, tables });
		return [{ ...seat, tableNumber }];
	});
}

/** Takes back the last change by hand that was not taken back yet. */
export async function undoSeatChange(
	database: Database | Transaction,
	{ topicId, eventId, number }: OfEvent & { number: number },
	actor: Actor
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		const last = await lastSeatChange(transaction, { topicId, eventId, number });
		if (!last) throw refusal('nothing-to-undo');
		await requireToCome(transaction, { topicId, eventId }, last.before);
		await writeSeats(transaction, { topicId, eventId, number }, last.before);
		await transaction.query(
			`update cafe_seat_changes set before = null
			where topic_id = $1 and event_id = $2 and seating_number = $3 and change_number = $4`,
			[topicId, eventId, number, last.changeNumber]
		);
		await told(transaction, { topicId, eventId, number }, 'undid', actor);
	});
}

/** The last change by hand that can be undone: who sat where before it. */
export async function lastSeatChange(
	queryable: Pick<Database, 'query'>,
	{ topicId, eventId, number }: OfEvent & { number: number }
): Promise<{ changeNumber: number; before: Seat[] } | null> {
	const { rows } = await queryable.query<{ changeNumber: number; before: Seat[] }>(
		`select change_number as "changeNumber", before
		from cafe_seat_changes
		where topic_id = $1 and event_id = $2 and seating_number = $3 and before is not null
		order by change_number desc
		limit 1`,
		[topicId, eventId, number]
	);
	return rows[0] ?? null;
}

async function changingSeats(
	database: Database | Transaction,
	{ topicId, eventId, number, roundNumber }: InRound,
	actor: Actor,
	decide: (seatOf: (guestId: string) => Seat, tables: number) => Seat[]
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		await requireSeating(transaction, { topicId, eventId, number });
		const seats = await seatsIn(transaction, topicId, eventId, number);
		const hosts = await hostsOf(transaction, topicId, eventId);
		const { tables } = await cafeOf(transaction, topicId, eventId);
		const seatOf = (guestId: string) => {
			const seat = seats.find((one) => one.guestId === guestId && one.roundNumber === roundNumber);
			if (!seat) throw refusal('changed-meanwhile');
			if (hosts.some((host) => (host.registrationId ?? host.hostId) === guestId)) throw refusal('cafe-host-stays');
			return seat;
		};
		const after = decide(seatOf, tables.length);
		const before = after.map(({ guestId }) => seatOf(guestId));
		await requireToCome(transaction, { topicId, eventId }, before);
		await writeSeats(transaction, { topicId, eventId, number }, after);
		await transaction.query(
			`insert into cafe_seat_changes (topic_id, event_id, seating_number, change_number, before, changed_at, changed_by)
			select $1, $2, $3, coalesce(max(change_number), 0) + 1, $4, $5, $6
			from cafe_seat_changes
			where topic_id = $1 and event_id = $2 and seating_number = $3`,
			[topicId, eventId, number, JSON.stringify(before), transaction.at, accountOf(actor)]
		);
		await told(transaction, { topicId, eventId, number }, 'changed', actor);
	});
}

/** A round that was begun is history. */
async function requireToCome(transaction: Transaction, { topicId, eventId }: OfEvent, seats: readonly Seat[]): Promise<void> {
	const held = roundsHeld(await roundTurnsOf(transaction, topicId, eventId));
	const past = seats.find(({ roundNumber }) => roundNumber <= held);
	if (past) throw refusal('cafe-round-held', { round: past.roundNumber });
}

async function told(
	transaction: Transaction,
	{ topicId, eventId, number }: OfEvent & { number: number },
	did: 'changed' | 'undid',
	actor: Actor
): Promise<void> {
	await move(transaction, { topicId, eventId }, 'seating', null);
	const details = { seating: number };
	await record(transaction, { topicId, actor, did, kind: 'seating', thingId: eventId, details });
}
