import { accountOf, type Actor } from '#activity/actor.ts';
import { recordEach } from '#activity/recording.server.ts';
import { isModerator } from '#activity/staff.ts';
import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { conceal, concealmentOf, concealmentsOf, reveal } from '#moderation/concealing.server.ts';
import { lockThings } from '#moderation/locking.server.ts';
import { decisionsOn, numberOfReason, type Decision, type HidingReason, type Moderated } from '#moderation/rules.ts';
import { refusal, type Refusal } from '#refusals/refusal.ts';

export { concealmentOf } from '#moderation/concealing.server.ts';

// The folder of the thing calls these in the transaction that also mends its counts; the answer says whether the public sees less or more now.
export type Change = 'now-shown' | 'now-concealed' | 'unchanged';

export type Thing = Omit<Moderated, 'topicId'>;

/** A thing as a moderator looked at it. */
export interface ThingSeen extends Thing {
	/** the latest decision on it that the page knew (null: none); left out, whatever was decided before does not matter */
	readonly last?: string | null;
}

export interface Verdict {
	readonly decision: Decision;
	readonly reason?: HidingReason | null;
	/** the article that is cited; that of the reason where it is left out */
	readonly rule?: number | null;
	readonly words: string;
	/** one for all that a moderator decided with one click */
	readonly actId?: string;
}

export interface Decided extends Thing {
	readonly change: Change;
}

/**
 * Writes decisions and activity for all of these things, in a handful of statements whatever their number. What somebody else has decided
 * since it was looked at, and what such a decision makes no sense on, is left as it is.
 */
export async function decideAll<Given extends ThingSeen>(
	transaction: Transaction,
	topicId: string,
	things: readonly Given[],
	verdict: Verdict,
	actor: Actor
): Promise<{ decided: Decided[]; left: Given[] }> {
	if (!isModerator(actor, topicId)) throw refusal('not-allowed');
	const ids = things.map(({ thingId }) => thingId);
	await lockThings(transaction, topicId, ids);
	const [concealments, latest] = [
		await concealmentsOf(transaction, topicId, things),
		await latestIds(transaction, topicId, things)
	];
	const { decision } = verdict;
	const isOpen = (thing: Given) =>
		decisionsOn(concealments.get(nameOf(thing)) ?? null).includes(decision) &&
		(thing.last === undefined || thing.last === (latest.get(nameOf(thing)) ?? null));
	const open = things.filter(isOpen);
	await writeDecisions(transaction, topicId, open, concealments, verdict, actor);
	if (decision === 'hidden') await conceal(transaction, topicId, open, 'hidden');
	if (decision === 'approved' || decision === 'restored') await reveal(transaction, topicId, open);
	await transaction.query(`delete from moderation_claims where topic_id = $1 and thing_id = any ($2::uuid[])`, [topicId, ids]);
	return {
		decided: open.map(({ kind, thingId }) => ({
			kind,
			thingId,
			change: changeBy(decision, concealments.has(nameOf({ kind, thingId })))
		})),
		left: things.filter((thing) => !open.includes(thing))
	};
}

/** One thing: refuses, with what was decided, where that is not possible any more. */
export async function decide(
	transaction: Transaction,
	{ topicId, ...thing }: Moderated,
	verdict: Verdict,
	actor: Actor
): Promise<Change> {
	const { decided } = await decideAll(transaction, topicId, [thing], verdict, actor);
	if (!decided[0]) throw await alreadyDecided(transaction, { topicId, ...thing });
	return decided[0].change;
}

/** The refusal that tells what was decided, and who did. */
export async function alreadyDecided(queryable: Queryable, { topicId, kind, thingId }: Moderated): Promise<Refusal> {
	const { rows } = await queryable.query<{ decision: string; name: string }>(
		`select d.decision, coalesce(nullif(a.name, ''), a.email, '') as name
		from moderation_decisions d
		left join accounts a on a.account_id = d.decided_by
		where d.topic_id = $1 and d.kind = $2 and d.thing_id = $3
		order by d.decision_id desc
		limit 1`,
		[topicId, kind, thingId]
	);
	const { decision = 'other', name = '' } = rows[0] ?? {};
	return refusal('already-decided', { decision: saidShortly(decision), by: name === '' ? 'nobody' : 'known', name });
}

/** The word by which the sentence of the refusal knows a decision. */
export function saidShortly(decision: string): string {
	return decision === 'flags-dismissed' ? 'dismissed' : decision;
}

/** Its author took it back; a thing that was held or hidden leaves the queue with it. */
export async function concealWithdrawn(transaction: Transaction, thing: Moderated): Promise<Change> {
	await lockThings(transaction, thing.topicId, [thing.thingId]);
	const before = await concealmentOf(transaction, thing);
	if (before === 'withdrawn' || before === 'erased') return 'unchanged';
	await conceal(transaction, thing.topicId, [thing], 'withdrawn');
	return before === null ? 'now-concealed' : 'unchanged';
}

/** Its words are gone for good, and with them what readers and staff wrote about it, and what is known of their likeness to others. */
export async function concealErased(transaction: Transaction, thing: Moderated): Promise<Change> {
	await lockThings(transaction, thing.topicId, [thing.thingId]);
	const before = await concealmentOf(transaction, thing);
	await conceal(transaction, thing.topicId, [thing], 'erased');
	const { topicId, kind, thingId } = thing;
	const of = `where topic_id = $1 and kind = $2 and thing_id = $3`;
	await transaction.query(`update moderation_flags set words = '' ${of}`, [topicId, kind, thingId]);
	await transaction.query(`update moderation_decisions set words = '' ${of}`, [topicId, kind, thingId]);
	await transaction.query(
		`with asked as (
			update third_person_requests set words = '', email = null ${of}
			returning topic_id, request_id
		)
		update third_person_answers a
		set words = ''
		from asked
		where a.topic_id = asked.topic_id and a.request_id = asked.request_id`,
		[topicId, kind, thingId]
	);
	await transaction.query(`delete from text_marks ${of}`, [topicId, kind, thingId]);
	await transaction.query(`delete from text_likenesses ${of}`, [topicId, kind, thingId]);
	return before === null ? 'now-concealed' : 'unchanged';
}

export interface StatementOfReasons {
	readonly decision: 'held' | Decision | 'undone';
	readonly reason: string | null;
	readonly rule: number | null;
	readonly words: string;
	readonly decidedAt: Date;
}

/** The latest decision on where a thing can be seen, as its author is told it: that words in it were made unreadable changes nothing there. */
export async function latestDecision(queryable: Queryable, { topicId, thingId }: Moderated): Promise<StatementOfReasons | null> {
	return (await latestStatements(queryable, topicId, [thingId], 'of-being-seen')).get(thingId) ?? null;
}

/** When and by which rule words of it were made unreadable, the last time. */
export async function latestRedaction(queryable: Queryable, { topicId, thingId }: Moderated): Promise<StatementOfReasons | null> {
	return (await latestStatements(queryable, topicId, [thingId], 'of-redaction')).get(thingId) ?? null;
}

/** The latest decisions on things of a topic, by their ids, in one query. */
export async function latestDecisions(
	queryable: Queryable,
	topicId: string,
	thingIds: readonly string[]
): Promise<Map<string, StatementOfReasons>> {
	return latestStatements(queryable, topicId, thingIds, 'all');
}

/** The same without what was made unreadable. */
export async function latestDecisionsOfBeingSeen(
	queryable: Queryable,
	topicId: string,
	thingIds: readonly string[]
): Promise<Map<string, StatementOfReasons>> {
	return latestStatements(queryable, topicId, thingIds, 'of-being-seen');
}

async function latestStatements(
	queryable: Queryable,
	topicId: string,
	thingIds: readonly string[],
	which: 'all' | 'of-being-seen' | 'of-redaction'
): Promise<Map<string, StatementOfReasons>> {
	const { rows } = await queryable.query<StatementOfReasons & { thingId: string }>(
		`select distinct on (thing_id) thing_id as "thingId", decision, reason, rule_number as rule, words, decided_at as "decidedAt"
		from moderation_decisions d
		where topic_id = $1 and thing_id = any ($2::uuid[]) and not (decision = 'undone' or exists (
			select from moderation_decisions u where u.topic_id = d.topic_id and u.undoes = d.decision_id
		)) and ($3 = 'all' or (decision = 'redacted') = ($3 = 'of-redaction'))
		order by thing_id, decision_id desc`,
		[topicId, thingIds, which]
	);
	return new Map(rows.map(({ thingId, ...decision }) => [thingId, decision]));
}

/** `kind thingId`: an idea and the suggestion that it once was have one id. */
export function nameOf({ kind, thingId }: Thing): string {
	return `${kind} ${thingId}`;
}

function changeBy(decision: Decision, wasConcealed: boolean): Change {
	if (decision === 'approved' || decision === 'restored') return 'now-shown';
	return decision === 'hidden' && !wasConcealed ? 'now-concealed' : 'unchanged';
}

async function latestIds(
	queryable: Queryable,
	topicId: string,
	things: readonly ThingSeen[]
): Promise<ReadonlyMap<string, string>> {
	const asked = things.filter(({ last }) => last !== undefined);
	if (asked.length === 0) return new Map();
	const { rows } = await queryable.query<Thing & { id: string }>(
		`select distinct on (kind, thing_id) kind, thing_id as "thingId", decision_id as id
		from moderation_decisions
		where topic_id = $1 and thing_id = any ($2::uuid[])
		order by kind, thing_id, decision_id desc`,
		[topicId, asked.map(({ thingId }) => thingId)]
	);
	return new Map(rows.map((row) => [nameOf(row), row.id]));
}

async function writeDecisions(
	transaction: Transaction,
	topicId: string,
	things: readonly Thing[],
	concealments: ReadonlyMap<string, string>,
	{ decision, reason = null, rule, words, actId = uuidv7() }: Verdict,
	actor: Actor
): Promise<void> {
	if (things.length === 0) return;
	await transaction.query(
		`insert into moderation_decisions (topic_id, decision_id, kind, thing_id, was, decision, reason, rule_number, words, act_id,
			decided_at, decided_by)
		select $1, decision_id, kind, thing_id, was, $2, $3, $4, $5, $6, $7, $8
		from unnest($9::uuid[], $10::text[], $11::uuid[], $12::text[]) as given (decision_id, kind, thing_id, was)`,
		[
			topicId,
			decision,
			reason,
			rule ?? (reason === null ? null : numberOfReason(reason)),
			words,
			actId,
			transaction.at,
			accountOf(actor),
			things.map(() => uuidv7()),
			things.map(({ kind }) => kind),
			things.map(({ thingId }) => thingId),
			things.map((thing) => concealments.get(nameOf(thing)) ?? null)
		]
	);
	// the words stand with the decision alone, where an erasure finds them
	const details = things.length > 1 ? { actId, things: things.length } : {};
	await recordEach(transaction, { topicId, actor, did: decision, reason, details }, things);
}
