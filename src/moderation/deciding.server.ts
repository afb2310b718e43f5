import type { Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { lockThing } from '#moderation/locking.server.ts';
import { decisionsOn, type Concealed, type Decision, type HidingReason, type Moderated } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

// The folder of the thing calls these in the transaction that also mends its counts; the answer says whether the public sees less or more now.
export type Change = 'now-shown' | 'now-concealed' | 'unchanged';

export async function approve(transaction: Transaction, thing: Moderated, actor: Actor, words = ''): Promise<Change> {
	await decide(transaction, thing, 'approved', actor, { words });
	await reveal(transaction, thing);
	return 'now-shown';
}

/** Held or published before: nobody but its author and the staff sees it from now on. */
export async function hide(
	transaction: Transaction,
	thing: Moderated,
	{ reason, words }: { reason: HidingReason; words: string },
	actor: Actor
): Promise<Change> {
	const before = await decide(transaction, thing, 'hidden', actor, { reason, words });
	await conceal(transaction, thing, 'hidden');
	return before === null ? 'now-concealed' : 'unchanged';
}

export async function restore(transaction: Transaction, thing: Moderated, actor: Actor, words = ''): Promise<Change> {
	await decide(transaction, thing, 'restored', actor, { words });
	await reveal(transaction, thing);
	return 'now-shown';
}

/** The thing stays, and what was said against it so far is answered. */
export async function dismissFlags(transaction: Transaction, thing: Moderated, actor: Actor, words = ''): Promise<Change> {
	await decide(transaction, thing, 'flags-dismissed', actor, { words });
	return 'unchanged';
}

/** Its author took it back; a thing that was held or hidden leaves the queue with it. */
export async function concealWithdrawn(transaction: Transaction, thing: Moderated): Promise<Change> {
	await lockThing(transaction, thing);
	const before = await concealmentOf(transaction, thing);
	if (before === 'withdrawn' || before === 'erased') return 'unchanged';
	await conceal(transaction, thing, 'withdrawn');
	return before === null ? 'now-concealed' : 'unchanged';
}

/** Its words are gone for good, and with them what readers wrote about it when they flagged it. */
export async function concealErased(transaction: Transaction, thing: Moderated): Promise<Change> {
	await lockThing(transaction, thing);
	const before = await concealmentOf(transaction, thing);
	await conceal(transaction, thing, 'erased');
	await transaction.query(
		`update moderation_flags
		set words = ''
		where topic_id = $1 and kind = $2 and thing_id = $3`,
		[thing.topicId, thing.kind, thing.thingId]
	);
	return before === null ? 'now-concealed' : 'unchanged';
}

/** Why it cannot be seen now; null where it can. */
export async function concealmentOf(queryable: Queryable, { topicId, kind, thingId }: Moderated): Promise<Concealed | null> {
	const { rows } = await queryable.query<{ why: Concealed }>(
		`select why
		from concealments
		where topic_id = $1 and kind = $2 and thing_id = $3`,
		[topicId, kind, thingId]
	);
	return rows[0]?.why ?? null;
}

export interface StatementOfReasons {
	readonly decision: 'held' | Decision;
	readonly reason: string | null;
	readonly words: string;
	readonly decidedAt: Date;
}

/** The latest decision on a thing, as its author is told it. */
export async function latestDecision(
	queryable: Queryable,
	{ topicId, kind, thingId }: Moderated
): Promise<StatementOfReasons | null> {
	const { rows } = await queryable.query<StatementOfReasons>(
		`select decision, reason, words, decided_at as "decidedAt"
		from moderation_decisions
		where topic_id = $1 and kind = $2 and thing_id = $3
		order by decision_id desc
		limit 1`,
		[topicId, kind, thingId]
	);
	return rows[0] ?? null;
}

/** The latest decisions on things of a topic, by their ids, in one query. */
export async function latestDecisions(
	queryable: Queryable,
	topicId: string,
	thingIds: readonly string[]
): Promise<Map<string, StatementOfReasons>> {
	const { rows } = await queryable.query<StatementOfReasons & { thingId: string }>(
		`select distinct on (thing_id) thing_id as "thingId", decision, reason, words, decided_at as "decidedAt"
		from moderation_decisions
		where topic_id = $1 and thing_id = any ($2::uuid[])
		order by thing_id, decision_id desc`,
		[topicId, thingIds]
	);
	return new Map(rows.map(({ thingId, ...decision }) => [thingId, decision]));
}

/** Writes decision and activity, and tells how the thing stood before. Two moderators at once: the second is told that it was decided. */
async function decide(
	transaction: Transaction,
	thing: Moderated,
	decision: Decision,
	actor: Actor,
	{ reason = null, words }: { reason?: HidingReason | null; words: string }
): Promise<Concealed | null> {
	const { topicId, kind, thingId } = thing;
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	await lockThing(transaction, thing);
	const before = await concealmentOf(transaction, thing);
	if (!decisionsOn(before).includes(decision)) throw refusal('already-decided');
	await transaction.query(
		`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, decision, reason, words, decided_at, decided_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		[topicId, uuidv7(), kind, thingId, decision, reason, words, transaction.at, actor.kind === 'account' ? actor.accountId : null]
	);
	await record(transaction, { topicId, actor, did: decision, kind, thingId, reason, details: words ? { words } : {} });
	return before;
}

async function conceal(transaction: Transaction, { topicId, kind, thingId }: Moderated, why: Concealed): Promise<void> {
	await transaction.query(
		`insert into concealments (topic_id, kind, thing_id, why, since)
		values ($1, $2, $3, $4, $5)
		on conflict (topic_id, kind, thing_id) do update set why = excluded.why, since = excluded.since`,
		[topicId, kind, thingId, why, transaction.at]
	);
}

async function reveal(transaction: Transaction, { topicId, kind, thingId }: Moderated): Promise<void> {
	await transaction.query(
		`delete from concealments
		where topic_id = $1 and kind = $2 and thing_id = $3`,
		[topicId, kind, thingId]
	);
}
