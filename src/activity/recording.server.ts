import type { Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { accountOf, type Actor } from '#activity/actor.ts';

/** One act: who did what to which thing. */
export interface Act {
	/** nilTopic outside any topic */
	readonly topicId: string;
	readonly actor: Actor;
	/** The participant of a visitor, where there is one: a visitor's own id never enters the record. */
	readonly actorId?: string | null;
	/** A word of the verb, in the past: 'granted', 'hid', 'published'. */
	readonly did: string;
	readonly kind: string;
	readonly thingId: string | null;
	/** What changed, without personal data that the thing itself does not hold. */
	readonly details?: Readonly<Record<string, unknown>>;
	readonly reason?: string | null;
}

/** Writes the act in the transaction that carries it out. */
export async function record(transaction: Transaction, act: Act): Promise<void> {
	await transaction.query({
		name: 'record-activity',
		text: `
			insert into activity (topic_id, activity_id, at, actor_kind, actor_id, did, kind, thing_id, details, reason)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		values: [
			act.topicId,
			uuidv7(),
			transaction.at,
			act.actor.kind,
			act.actorId ?? accountOf(act.actor),
			act.did,
			act.kind,
			act.thingId,
			JSON.stringify(act.actor.kind === 'job' ? { job: act.actor.name, ...act.details } : (act.details ?? {})),
			act.reason ?? null
		]
	});
}

/** The same act on many things: a row each, in one statement. */
export async function recordEach(
	transaction: Transaction,
	act: Omit<Act, 'kind' | 'thingId'>,
	things: readonly { readonly kind: string; readonly thingId: string }[]
): Promise<void> {
	if (things.length === 0) return;
	const { topicId, actor, actorId, did, details = {}, reason = null } = act;
	await transaction.query(
		`insert into activity (topic_id, activity_id, at, actor_kind, actor_id, did, kind, thing_id, details, reason)
		select $1, activity_id, $2, $3, $4, $5, kind, thing_id, $6, $7
		from unnest($8::uuid[], $9::text[], $10::uuid[]) as given (activity_id, kind, thing_id)`,
		[
			topicId,
			transaction.at,
			actor.kind,
			actorId ?? accountOf(actor),
			did,
			JSON.stringify(actor.kind === 'job' ? { job: actor.name, ...details } : details),
			reason,
			things.map(() => uuidv7()),
			things.map(({ kind }) => kind),
			things.map(({ thingId }) => thingId)
		]
	);
}

/**
 * Takes the next number of what is counted in the topic (`ideas`, `participants` …), or the first of `howMany` in a row.
 * The row of the counter stays locked to the end of the transaction, so that numbers have no gaps: ask late, and for one thing at a time.
 */
export async function nextNumber(transaction: Transaction, topicId: string, counted: string, howMany = 1): Promise<number> {
	const { rows } = await transaction.query<{ first: number }>({
		name: 'next-number',
		text: `
			insert into counters (topic_id, counted, last)
			values ($1, $2, $3)
			on conflict (topic_id, counted) do update set last = counters.last + excluded.last
			returning last - $3::int + 1 as first`,
		values: [topicId, counted, howMany]
	});
	return rows[0]!.first;
}

/** A write from outside, known by a key that its sender chose. */
export interface Request {
	readonly topicId: string;
	/** A hash of who asks: keys of different people never meet. */
	readonly requester: Uint8Array;
	readonly requestKey: string;
	readonly kind: string;
	/** The id that the thing gets if this is the first time. */
	readonly thingId: string;
}

/**
 * Remembers the request. Null: it is new, go on. Otherwise the id of the thing that its first time made; a first time that is
 * still under way is waited for.
 */
export async function rememberRequest(transaction: Transaction, request: Request): Promise<string | null> {
	const { topicId, requester, requestKey, kind, thingId } = request;
	const inserted = await transaction.query({
		name: 'remember-request',
		text: `
			insert into requests (topic_id, requester, request_key, kind, thing_id, at)
			values ($1, $2, $3, $4, $5, $6)
			on conflict (topic_id, requester, request_key) do nothing`,
		values: [topicId, Buffer.from(requester), requestKey, kind, thingId, transaction.at]
	});
	if (inserted.rowCount === 1) return null;
	const { rows } = await transaction.query<{ thingId: string }>({
		name: 'remembered-request',
		text: `
			select thing_id as "thingId"
			from requests
			where topic_id = $1 and requester = $2 and request_key = $3`,
		values: [topicId, Buffer.from(requester), requestKey]
	});
	return rows[0]!.thingId;
}

/** Forgets who asked for the thing: the hash of a requester could be found again by trying all of them. */
export async function forgetRequests(transaction: Transaction, topicId: string, thingIds: readonly string[]): Promise<void> {
	await transaction.query(`delete from requests where topic_id = $1 and thing_id = any ($2::uuid[])`, [topicId, thingIds]);
}

/** Forgets to which things something was done, and what: that it was stays. */
export async function forgetThings(
	transaction: Transaction,
	{ topicId, kind }: Pick<Act, 'topicId' | 'kind'>,
	thingIds: readonly string[]
): Promise<void> {
	await transaction.query(
		`update activity set thing_id = null, details = '{}' where topic_id = $1 and kind = $2 and thing_id = any ($3::uuid[])`,
		[topicId, kind, thingIds]
	);
}

/** Forgets that something was done to a thing at all: when it was would tell what is to be known no more. */
export async function forgetActs(
	transaction: Transaction,
	{ topicId, did, kind, thingId }: Pick<Act, 'topicId' | 'did' | 'kind' | 'thingId'>
): Promise<void> {
	await transaction.query('delete from activity where topic_id = $1 and did = $2 and kind = $3 and thing_id = $4', [
		...[topicId, did, kind, thingId]
	]);
}

/** Forgets what the record says of things beyond that something was done to them: their names are to be known no more. */
export async function forgetDetails(
	transaction: Transaction,
	{ topicId, kind }: Pick<Act, 'topicId' | 'kind'>,
	thingIds: readonly string[]
): Promise<void> {
	await transaction.query(
		`update activity set details = '{}', reason = null where topic_id = $1 and kind = $2 and thing_id = any ($3::uuid[])`,
		[topicId, kind, thingIds]
	);
}
