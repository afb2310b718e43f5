import { randomInt } from 'node:crypto';
import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { changedCards } from '#cafes/seating/card.ts';
import { seatingInForce } from '#cafes/seating/reading.server.ts';
import type { Seat } from '#cafes/seating/seating.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { codeLetters } from '#events/event.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

export interface Card {
	readonly guestId: string;
	/** on the wall */
	readonly cardNumber: number;
	/** opens what the card says on a phone */
	readonly code: string;
}

/** Ten of nineteen letters: six billion times the cards of a large café. */
const lettersOfCode = 10;

/** The cards of these guests, made where they have none yet; numbers and codes stay whatever becomes of seats. */
export async function cardsFor(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	guestIds: readonly string[]
): Promise<Card[]> {
	return inTransaction(database, async (transaction) => {
		const known = await cardsOf(transaction, { topicId, eventId });
		const have = new Set(known.map(({ guestId }) => guestId));
		const without = guestIds.filter((guestId) => !have.has(guestId));
		if (without.length === 0) return known;
		await holdPlanStill(transaction, topicId, eventId);
		await transaction.query(
			`insert into cafe_cards (topic_id, event_id, guest_id, card_number, code)
			select $1, $2, guest_id,
				(select coalesce(max(card_number), 0) from cafe_cards where topic_id = $1 and event_id = $2) + place, code
			from unnest($3::uuid[], $4::text[]) with ordinality as given (guest_id, code, place)
			on conflict do nothing`,
			[topicId, eventId, shuffled(without), without.map(newCode)]
		);
		return cardsOf(transaction, { topicId, eventId });
	});
}

export async function cardsOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Card[]> {
	const { rows } = await queryable.query<Card>({
		name: 'cafe-cards',
		text: `
			select guest_id as "guestId", card_number as "cardNumber", code
			from cafe_cards
			where topic_id = $1 and event_id = $2
			order by card_number`,
		values: [topicId, eventId]
	});
	return rows;
}

/** What the cards in people's hands say. Who was given none goes by the seating in force: on phones and walls. */
export async function cardsInHands(queryable: Queryable, event: OfEvent, inForce: readonly Seat[]): Promise<Seat[]> {
	const given = await cardsGiven(queryable, event);
	const have = new Set(given.map(({ guestId }) => guestId));
	return [...given, ...inForce.filter(({ guestId }) => !have.has(guestId))];
}

export async function cardsGiven(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Seat[]> {
	const { rows } = await queryable.query<Seat>({
		name: 'cafe-cards-given',
		text: `
			select guest_id as "guestId", round_number as "roundNumber", table_number as "tableNumber"
			from cafe_cards_given
			where topic_id = $1 and event_id = $2
			order by guest_id, round_number`,
		values: [topicId, eventId]
	});
	return rows;
}

/** Says that the cards of the seating in force were given out: to all, or to those whose cards had changed. @returns to how many */
export async function giveOutCards(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	actor: Actor
): Promise<number> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		const inForce = await seatingInForce(transaction, topicId, eventId);
		if (!inForce) throw refusal('cafe-no-seating');
		const given = await cardsGiven(transaction, { topicId, eventId });
		const changed = changedCards(given, inForce.seats, 0);
		await transaction.query('delete from cafe_cards_given where topic_id = $1 and event_id = $2', [topicId, eventId]);
		await transaction.query(
			`insert into cafe_cards_given (topic_id, event_id, guest_id, round_number, table_number)
			select topic_id, event_id, guest_id, round_number, table_number
			from cafe_seats
			where topic_id = $1 and event_id = $2 and seating_number = $3`,
			[topicId, eventId, inForce.number]
		);
		const details = { cards: changed.length };
		await record(transaction, { topicId, actor, did: 'printed', kind: 'seating', thingId: eventId, details });
		return changed.length;
	});
}

/** Whose card this is, as somebody typed its code ("bcd fgh…"). */
export async function cardOfCode(queryable: Queryable, { topicId, eventId }: OfEvent, typed: string): Promise<Card | null> {
	const code = typed.toUpperCase().replace(/[\s.-]/g, '');
	if (code.length !== lettersOfCode || [...code].some((letter) => !codeLetters.includes(letter))) return null;
	return (await cardsOf(queryable, { topicId, eventId })).find((card) => card.code === code) ?? null;
}

function newCode(): string {
	return Array.from({ length: lettersOfCode }, () => codeLetters[randomInt(codeLetters.length)]).join('');
}

/** A number tells nothing of when somebody registered, or what they are called. */
function shuffled(ids: readonly string[]): string[] {
	const all = [...ids];
	for (let last = all.length - 1; last > 0; last--) {
		const other = randomInt(last + 1);
		[all[last], all[other]] = [all[other]!, all[last]!];
	}
	return all;
}
