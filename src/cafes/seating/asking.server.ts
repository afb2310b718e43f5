import { randomInt } from 'node:crypto';
import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { roundTurnsOf } from '#cafes/leading.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { roundsHeld } from '#cafes/rounds.ts';
import { cardsInHands } from '#cafes/seating/cards.server.ts';
import { guestsOf, type Whom } from '#cafes/seating/guests.server.ts';
import { keepSeating } from '#cafes/seating/keeping.server.ts';
import { seatingInForce, wishesOf } from '#cafes/seating/reading.server.ts';
import { seatInThread } from '#cafes/seating/seating-in-thread.server.ts';
import { questionOf, roundsOf, seatsOf, type Guest, type Seat } from '#cafes/seating/seating.ts';
import { refuseUnfit } from '#cafes/seating/unfit.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { SeatingInput } from '#engines/seating/input.ts';
import { Random } from '#engines/seating/random.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { addJob, askToStop, progressOf, type JobPayload, type JobProgress } from '#jobs/jobs.server.ts';
import { Declined } from '#jobs/running.server.ts';
import { refusal } from '#refusals/refusal.ts';

const job = 'cafes.seat';
const keyOf = (eventId: string) => `seating ${eventId}`;

/** What is asked of the engine. */
export interface SeatingWish extends OfEvent {
	readonly whom: Whom;
	/** keeps the cards of the seating in force as far as can be; rounds that were held stay as they are */
	readonly again: boolean;
	/** how long to search at most */
	readonly seconds: number;
}

/** Has a job seat everybody. Refuses at once, with their names, where somebody cannot be seated like this. */
export async function askForSeating(database: Database | Transaction, wish: SeatingWish, actor: Actor): Promise<void> {
	const { topicId, eventId, whom, again, seconds } = wish;
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const asked = await readQuestion(transaction, wish);
		const names = new Map(asked.guests.map(({ guestId, name }) => [guestId, name]));
		refuseUnfit(names, asked.question);
		await addJob(
			transaction,
			job,
			{ topicId, eventId, whom, again: again ? 1 : 0, seconds },
			{ jobKey: keyOf(eventId), watched: true, askedBy: accountOf(actor), maxAttempts: 2 }
		);
		const details = { whom, again };
		await record(transaction, { topicId, actor, did: 'asked-for', kind: 'seating', thingId: eventId, details });
	});
}

/** Ends the search: the best that was found until then is kept. */
export async function stopSeating(database: Database, { topicId, eventId }: OfEvent, actor: Actor): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, (transaction) => askToStop(transaction, topicId, keyOf(eventId)));
}

export async function seatingProgress(queryable: Queryable, topicId: string, eventId: string): Promise<JobProgress | null> {
	return progressOf(queryable, topicId, keyOf(eventId));
}

/** The work of the job. The first seating of a café is in force at once; others wait until somebody looked at them. */
export async function seat(
	database: Database,
	payload: JobPayload,
	progress: (done: number, total: number | null) => Promise<void>,
	ending?: AbortSignal
): Promise<void> {
	const wish: SeatingWish = {
		...{ topicId: payload.topicId, eventId: String(payload['eventId']) },
		...{ whom: payload['whom'] === 'arrived' ? 'arrived' : 'placed', again: payload['again'] === 1 },
		seconds: Number(payload['seconds'])
	};
	const { topicId, eventId } = wish;
	const { cafe, question, cards, held, follows, past } = await readQuestion(database, wish);
	const read = (share: number) => progress(Math.round(share * 100), 100);
	await read(0);
	const again = wish.again ? { cards: roundsOf(cards, cafe), held } : null;
	const work = { ...byLot(question), again, seconds: wish.seconds };
	await seatInThread(
		work,
		async (answered) => {
			// what was possible when it was asked is not any more
			if ('unfit' in answered) throw new Declined(answered.unfit);
			const { rounds, method } = answered;
			const seats = [...past, ...seatsOf(rounds).filter(({ roundNumber }) => roundNumber > held)];
			const found = { topicId, eventId, planVersion: cafe.version, follows, method, seats };
			await keepSeating(database, found, { kind: 'job', name: job });
		},
		{ progress: read, ending }
	);
}

/**
 * What the engine is given: it answers the same question in the same way, so whoever knows later who came could ask it once more, and would know who sat
 * where. The order in which people come to it and the seed are by lot, and kept nowhere.
 */
export function byLot(question: SeatingInput): { readonly question: SeatingInput; readonly seed: number } {
	const seed = randomInt(2 ** 31);
	return { question: { ...question, people: new Random(randomInt(2 ** 31)).shuffle([...question.people]) }, seed };
}

/** All that the engine is asked, and what stands before it. */
async function readQuestion(queryable: Queryable, { topicId, eventId, whom, again }: SeatingWish) {
	const cafe = await cafeOf(queryable, topicId, eventId);
	const guests = await guestsOf(queryable, topicId, eventId, whom);
	const wishes = await wishesOf(queryable, topicId, eventId);
	if (!again)
		return {
			...{ cafe, guests, question: questionOf(cafe, guests, wishes), cards: [], held: 0, follows: null },
			past: [] as readonly Seat[]
		};
	const inForce = await seatingInForce(queryable, topicId, eventId);
	if (!inForce) throw refusal('cafe-no-seating');
	const held = roundsHeld(await roundTurnsOf(queryable, topicId, eventId));
	if (held >= cafe.rounds.length) throw refusal('cafe-no-round-to-come');
	const cards = await cardsInHands(queryable, { topicId, eventId }, inForce.seats);
	return {
		...{
			cafe,
			guests,
			question: questionOf(cafe, guests, wishes, stayOf(guests, inForce.seats, { held, rounds: cafe.rounds.length })),
			held
		},
		cards: [...inForce.seats.filter(({ roundNumber }) => roundNumber <= held), ...cards.filter(isAfter(held))],
		...{ follows: inForce.number, past: inForce.seats.filter(({ roundNumber }) => roundNumber <= held) }
	};
}

const isAfter =
	(held: number) =>
	({ roundNumber }: Seat): boolean =>
		roundNumber > held;

/** Who had no seat in the rounds that were held comes now. */
function stayOf(guests: readonly Guest[], seats: readonly Seat[], { held, rounds }: { held: number; rounds: number }) {
	const seen = new Set(seats.filter(({ roundNumber }) => roundNumber <= held).map(({ guestId }) => guestId));
	const late = guests.filter(({ guestId }) => held > 0 && !seen.has(guestId));
	return new Map(late.map(({ guestId }) => [guestId, { from: held, until: rounds - 1 }]));
}
