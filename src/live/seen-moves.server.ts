import type { Database, Queryable } from '#database/connection.server.ts';
import type { EventOfTopic } from '#events/event.ts';
import { eventOf } from '#events/events.server.ts';
import { eventNow, movesAfterEach, type Move } from '#events/moving.server.ts';
import type { Following, Listed, ReadList, Told } from '#live/lists.server.ts';
import { floorShown, timesOfAgenda } from '#townhalls/floor/showing.server.ts';

/** What everybody may see of moves of one kind, by their numbers, read now; a move that is left out is told as `null`. */
type Seen = (queryable: Queryable, event: EventOfTopic, moves: readonly Move[], now: Date) => Promise<Map<number, unknown>>;

/**
 * All that is told of moves stands here, kind by kind. It is read when it is sent, so what was hidden meanwhile is not sent to whoever comes
 * back. A kind that is not here is told as its number alone.
 */
const seen: Readonly<Record<string, Seen>> = {
	// whole in itself: the last of several says it all
	floor: async (queryable, event, moves, now) => new Map([[moves.at(-1)!.number, await floorShown(queryable, event, now)]]),
	agenda: async (queryable, event, moves, now) => new Map([[moves.at(-1)!.number, await timesOfAgenda(queryable, event, now)]])
};

/** Moves of one answer. */
const atOnce = 200;

/**
 * The list of an event, as everybody may see it. What the moves are about is read after them all and once for all, so none stands beside something older:
 * who is told an earlier stretch hears what is whole in itself when they come to the last of its kind.
 */
export function readingMoves(database: Database): ReadList {
	return async (listed, after) => {
		const { answers, supports } = await eventNow(database, listed);
		const figures = answers + supports === 0 ? null : JSON.stringify({ answers, supports });
		return { following: await followingOf(database, listed, after), figures };
	};
}

async function followingOf(database: Database, { topicId, eventId }: Listed, after: readonly number[]): Promise<Following[]> {
	const stretches = await movesAfterEach(database, topicId, eventId, after, atOnce);
	const moves = [...new Map(stretches.flat().map((move) => [move.number, move])).values()].sort(
		(one, other) => one.number - other.number
	);
	const told = new Map<number, Told>();
	if (moves.length > 0)
		for (const one of await toldOf(database, await eventOf(database, topicId, eventId), moves)) told.set(one.number, one);
	return stretches.map((stretch) => ({
		told: stretch.map(({ number }) => told.get(number)!),
		isAll: stretch.length < atOnce
	}));
}

async function toldOf(database: Database, event: EventOfTopic, moves: readonly Move[]): Promise<Told[]> {
	const now = new Date(Date.now() + database.clockShift);
	const byKind = Map.groupBy(moves, ({ kind }) => kind);
	const payloads = new Map<number, unknown>();
	for (const [kind, some] of byKind) {
		const found = await seen[kind]?.(database, event, some, now);
		for (const [number, payload] of found ?? []) payloads.set(number, payload);
	}
	return moves.map(({ number, kind }) => ({ number, kind, data: JSON.stringify(payloads.get(number) ?? null) }));
}
