import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { mayBegin, roundOn, type RoundTurn, type RunningRound } from '#cafes/rounds.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { move, type OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** Begins a round, which ends the one that is on. Refuses `cafe-round-not-next` where another is. */
export async function beginRound(
	database: Database | Transaction,
	{ topicId, eventId, roundNumber, isRehearsal = false }: OfEvent & { roundNumber: number; isRehearsal?: boolean },
	actor: Actor
): Promise<void> {
	await turning(database, { topicId, eventId }, actor, async (transaction, turns) => {
		const round = (await cafeOf(transaction, topicId, eventId)).rounds[roundNumber - 1];
		if (!round) throw refusal('not-found');
		if (!mayBegin(turns, roundNumber, isRehearsal)) throw refusal('cafe-round-not-next', { round: roundNumber });
		return { roundNumber, did: 'begun', minutes: round.minutes, isRehearsal };
	});
}

/** Gives the round that is on more minutes. */
export async function prolongRound(
	database: Database | Transaction,
	{ topicId, eventId, minutes }: OfEvent & { minutes: number },
	actor: Actor
): Promise<void> {
	if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60) throw refusal('cafe-minutes-unusable', { round: 0 });
	await turning(database, { topicId, eventId }, actor, (_, turns) => {
		const { roundNumber, isRehearsal } = onOrRefused(turns);
		return { roundNumber, did: 'prolonged', minutes, isRehearsal };
	});
}

/** Ends the round that is on. */
export async function endRound(database: Database | Transaction, { topicId, eventId }: OfEvent, actor: Actor): Promise<void> {
	await turning(database, { topicId, eventId }, actor, (_, turns) => {
		const { roundNumber, isRehearsal } = onOrRefused(turns);
		return { roundNumber, did: 'ended', minutes: null, isRehearsal };
	});
}

/** What became of the rounds so far, in its order. */
export async function roundTurnsOf(queryable: Queryable, topicId: string, eventId: string): Promise<RoundTurn[]> {
	const { rows } = await queryable.query<RoundTurn>({
		name: 'cafe-round-turns',
		text: `
			select round_number as "roundNumber", did, minutes, is_rehearsal as "isRehearsal", at
			from cafe_round_starts
			where topic_id = $1 and event_id = $2
			order by start_number`,
		values: [topicId, eventId]
	});
	return rows;
}

/** The round that is on now; null between rounds. */
export async function roundNow(queryable: Queryable, topicId: string, eventId: string): Promise<RunningRound | null> {
	return roundOn(await roundTurnsOf(queryable, topicId, eventId));
}

function onOrRefused(turns: readonly RoundTurn[]): RunningRound {
	const on = roundOn(turns);
	if (!on) throw refusal('cafe-no-round');
	return on;
}

type Turn = Omit<RoundTurn, 'at'>;

async function turning(
	database: Database | Transaction,
	{ topicId, eventId }: OfEvent,
	actor: Actor,
	decide: (transaction: Transaction, turns: readonly RoundTurn[]) => Promise<Turn> | Turn
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		if ((await eventOf(transaction, topicId, eventId)).state === 'cancelled') throw refusal('event-cancelled');
		const turns = await roundTurnsOf(transaction, topicId, eventId);
		const { roundNumber, did, minutes, isRehearsal } = await decide(transaction, turns);
		await transaction.query(
			`insert into cafe_round_starts (topic_id, event_id, start_number, round_number, did, minutes, is_rehearsal, at, done_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[...[topicId, eventId, turns.length + 1, roundNumber, did, minutes, isRehearsal, transaction.at], accountOf(actor)]
		);
		// a rehearsal is told to nobody
		if (!isRehearsal) await move(transaction, { topicId, eventId }, `round-${did}`, null, { round: roundNumber });
		await record(transaction, {
			...{ topicId, actor, did: did === 'begun' ? 'began' : did, kind: 'cafe', thingId: eventId },
			details: { round: roundNumber, isRehearsal }
		});
	});
}
