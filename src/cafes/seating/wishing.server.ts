import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import type { GuestPair } from '#cafes/seating/seating.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Two people never sit at one table, or in every round; kind null: as it comes. */
export async function setPair(
	database: Database | Transaction,
	{ topicId, eventId, one, other, kind }: OfEvent & Pick<GuestPair, 'one' | 'other'> & { kind: GuestPair['kind'] | null },
	actor: Actor
): Promise<void> {
	if (one === other) throw refusal('cafe-unseatable', { reason: 'notThemselves', names: '', more: 0, people: 0, tables: 0 });
	const [first, second] = [one, other].sort();
	await wishing(database, { topicId, eventId }, actor, async (transaction) => {
		if (kind === null)
			await transaction.query('delete from cafe_pairs where topic_id = $1 and event_id = $2 and one = $3 and other = $4', [
				...[topicId, eventId, first, second]
			]);
		else
			await transaction.query(
				`insert into cafe_pairs (topic_id, event_id, one, other, kind)
				values ($1, $2, $3, $4, $5)
				on conflict (topic_id, event_id, one, other) do update set kind = excluded.kind`,
				[topicId, eventId, first, second, kind]
			);
	});
}

/** Somebody must sit at this table in a round (in every one, where none is named); table null: anywhere. */
export async function setPin(
	database: Database | Transaction,
	{
		topicId,
		eventId,
		guestId,
		roundNumber,
		tableNumber
	}: OfEvent & { guestId: string; roundNumber: number | null; tableNumber: number | null },
	actor: Actor
): Promise<void> {
	await wishing(database, { topicId, eventId }, actor, async (transaction) => {
		const { tables, rounds } = await cafeOf(transaction, topicId, eventId);
		if (tableNumber !== null && !tables[tableNumber - 1])
			throw refusal('cafe-no-such-table', { table: tableNumber, tables: tables.length });
		const wanted = roundNumber === null ? rounds.map((round) => round.roundNumber) : [roundNumber];
		if (wanted.some((round) => !rounds[round - 1])) throw refusal('changed-meanwhile');
		if (tableNumber === null)
			await transaction.query(
				'delete from cafe_pins where topic_id = $1 and event_id = $2 and guest_id = $3 and round_number = any ($4::int[])',
				[topicId, eventId, guestId, wanted]
			);
		else
			await transaction.query(
				`insert into cafe_pins (topic_id, event_id, guest_id, round_number, table_number)
				select $1, $2, $3, round_number, $5
				from unnest($4::int[]) as given (round_number)
				on conflict (topic_id, event_id, guest_id, round_number) do update set table_number = excluded.table_number`,
				[topicId, eventId, guestId, wanted, tableNumber]
			);
	});
}

async function wishing(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	actor: Actor,
	work: (transaction: Transaction) => Promise<void>
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		await work(transaction);
		// of what was wished nothing but that it was: a wish names people
		await record(transaction, { topicId, actor, did: 'set', kind: 'seating', thingId: eventId });
	});
}
