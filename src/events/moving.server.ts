import type { Queryable, Transaction } from '#database/connection.server.ts';

/** Which event it is of. */
export interface OfEvent {
	readonly topicId: string;
	readonly eventId: string;
}

/** Something that happened in an event; its number is its place in an order without gaps. */
export interface Move {
	readonly number: number;
	/** a word of the folder that writes it: 'question-asked', 'caption', 'agenda-moved' … */
	readonly kind: string;
	readonly thingId: string | null;
	readonly at: Date;
	/** public: it goes to everybody who listens. No name, no group that the rule of the event hides */
	readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Writes what happened, in the transaction in which it happens. The row of the event's counter stays locked to the end of the
 * transaction, so that a number is never seen before a lower one: move late, and nothing slow after it.
 * @returns the number
 */
export async function move(
	transaction: Transaction,
	event: OfEvent,
	kind: string,
	thingId: string | null,
	details: Readonly<Record<string, unknown>> = {}
): Promise<number> {
	const number = await nextInEvent(transaction, event, 'moves');
	await transaction.query({
		name: 'write-move',
		text: `
			insert into event_moves (topic_id, event_id, move_number, kind, thing_id, at, details)
			values ($1, $2, $3, $4, $5, $6, $7)`,
		values: [event.topicId, event.eventId, number, kind, thingId, transaction.at, JSON.stringify(details)]
	});
	return number;
}

/** What happened after a number, in order; at most so many. Who has them all, or names a number that no event reaches, gets an empty list. */
export async function movesAfter(
	queryable: Queryable,
	topicId: string,
	eventId: string,
	after: number,
	most: number
): Promise<Move[]> {
	const [moves] = await movesAfterEach(queryable, topicId, eventId, [after], most);
	return moves!;
}

/** The same after each of several numbers, in one question. */
export async function movesAfterEach(
	queryable: Queryable,
	topicId: string,
	eventId: string,
	after: readonly number[],
	most: number
): Promise<Move[][]> {
	const { rows } = await queryable.query<Move & { place: number }>({
		name: 'moves-after-each',
		text: `
			select place::int, moves.*
			from unnest($3::bigint[]) with ordinality as asked (after, place)
			cross join lateral (
				select move_number as number, kind, thing_id as "thingId", at, details
				from event_moves
				where topic_id = $1 and event_id = $2 and move_number > asked.after
				order by move_number
				limit $4
			) as moves
			order by place, moves.number`,
		values: [topicId, eventId, after, most]
	});
	const found = after.map((): Move[] => []);
	for (const { place, ...one } of rows) found[place - 1]!.push(one);
	return found;
}

/** What of an event is counted while a hall answers at once. */
export type Figure = 'answers' | 'supports';

/**
 * A figure of an event changed: that of a poll, or the support of a question. It is no move: of figures the newest says it all, five hundred
 * answers would be five hundred numbers that everybody hears, and a move tells when somebody did something. What is kept is how often.
 */
export async function figureMoved(transaction: Transaction, event: OfEvent, figure: Figure): Promise<void> {
	await nextInEvent(transaction, event, figure);
}

/** The number of the last move that is visible, and how often each figure changed. */
export type EventNow = Readonly<Record<'moves' | Figure, number>>;

export async function eventNow(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<EventNow> {
	const { rows } = await queryable.query<{ counted: keyof EventNow; last: number }>({
		name: 'event-now',
		text: `
			select counted, last
			from event_counters
			where topic_id = $1 and event_id = $2 and counted in ('moves', 'answers', 'supports')`,
		values: [topicId, eventId]
	});
	return { moves: 0, answers: 0, supports: 0, ...Object.fromEntries(rows.map(({ counted, last }) => [counted, last])) };
}

/** The number of the last move that is visible; 0 before the first. */
export async function lastMove(queryable: Queryable, topicId: string, eventId: string): Promise<number> {
	const { rows } = await queryable.query<{ last: number }>({
		name: 'last-move',
		text: `
			select coalesce(max(move_number), 0)::int as last
			from event_moves
			where topic_id = $1 and event_id = $2`,
		values: [topicId, eventId]
	});
	return rows[0]!.last;
}

/** Forgets when what was told under words that begin so happened, and to which thing. That something did, in which order, stays: nobody misses a number. */
export async function forgetMoves(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	{ kinds, at }: { readonly kinds: string; readonly at: Date }
): Promise<void> {
	await transaction.query(
		`
			update event_moves
			set thing_id = null, details = '{}', at = $4
			where topic_id = $1 and event_id = $2 and starts_with(kind, $3)`,
		[topicId, eventId, kinds, at]
	);
}

/** Takes the next number of what is counted in the event (`moves`, `registrations` …); the row stays locked to the end of the transaction. */
export async function nextInEvent(transaction: Transaction, { topicId, eventId }: OfEvent, counted: string): Promise<number> {
	const { rows } = await transaction.query<{ last: number }>({
		name: 'next-in-event',
		text: `
			insert into event_counters (topic_id, event_id, counted, last)
			values ($1, $2, $3, 1)
			on conflict (topic_id, event_id, counted) do update set last = event_counters.last + 1
			returning last`,
		values: [topicId, eventId, counted]
	});
	return rows[0]!.last;
}

/**
 * Forgets when things of a kind happened, and how often what is counted did: what stays is that they did, in their order, as if all of it had
 * been at the moment that is named.
 */
export async function forgetTimes(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	{ kind, counted, at }: { readonly kind: string; readonly counted: readonly string[]; readonly at: Date }
): Promise<void> {
	await transaction.query(`update event_moves set at = $4 where topic_id = $1 and event_id = $2 and kind = $3`, [
		...[topicId, eventId, kind, at]
	]);
	await transaction.query(`delete from event_counters where topic_id = $1 and event_id = $2 and counted = any($3)`, [
		...[topicId, eventId, counted]
	]);
}
