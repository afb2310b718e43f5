import type { Actor, SignedIn } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { isChatham, type EventOfTopic } from '#events/event.ts';
import { move, nextInEvent, type OfEvent } from '#events/moving.server.ts';
import { usableText } from '#languages/usable.ts';
import { isRefusal, refusal } from '#refusals/refusal.ts';
import { agendaSteps, stepAgenda } from '#townhalls/agenda.server.ts';
import { putDown, takeFromQueue, type Asking } from '#townhalls/floor/asking.server.ts';
import { floorOf, type FloorHere } from '#townhalls/floor/floors.server.ts';
import { mayKeepFloor } from '#townhalls/may.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

/** Who has the chair. */
export interface Chair {
	readonly number: number;
	readonly deviceId: string;
	readonly accountId: string;
	readonly tookAt: Date;
}

/** What a chair does. `requestId` and `itemId` name things by ids that a device without network knows, too. */
export type Deed =
	/** `proposed`: who stood first on the chair's screen; another choice needs a reason */
	| { readonly does: 'give'; readonly requestId: string; readonly proposed: string; readonly reason: string }
	| { readonly does: 'end' }
	/** somebody raises a hand, or a message came from elsewhere */
	| ({ readonly does: 'put-down'; readonly requestId: string; readonly isFirst: boolean } & Asking)
	| { readonly does: 'take-off'; readonly requestId: string }
	| { readonly does: 'begin-item'; readonly itemId: string }
	| { readonly does: 'end-item'; readonly itemId: string };

export interface ChairsAct {
	/** made on the device: the same act may be sent as often as needed */
	readonly actId: string;
	/** ms that went by between the doing and the sending, by the device: its clock may be hours wrong, its seconds are not */
	readonly ago: number;
	readonly deed: Deed;
}

export interface Outcome {
	readonly actId: string;
	/** done, or the code of the refusal */
	readonly outcome: string;
}

/** code points */
const longestReason = 500;
/** ms: what a device kept longer than a meeting lasts is no act of this one any more */
const longestAgo = 86_400_000;

export async function chairOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Chair | null> {
	const { rows } = await queryable.query<Chair>({
		name: 'chair-of-event',
		text: `
			select chair_number as number, device_id as "deviceId", account_id as "accountId", took_at as "tookAt"
			from floor_chairs
			where topic_id = $1 and event_id = $2
			order by chair_number desc
			limit 1`,
		values: [topicId, eventId]
	});
	return rows[0] ?? null;
}

/**
 * Somebody takes the chair. Whoever had it is told by the next thing that they see, and what they do after it is refused.
 * @param over who had it on the taker's screen (its number, 0: nobody): of two who take it at once one does
 */
export async function takeChair(
	database: Database | Transaction,
	of: OfEvent,
	{ deviceId, over }: { readonly deviceId: string; readonly over: number },
	actor: Actor
): Promise<number> {
	if (!isKeeper(actor, of.topicId)) throw refusal('not-allowed');
	return inMeeting(database, of, async (transaction) => {
		const before = await chairOf(transaction, of);
		if (before?.deviceId === deviceId) return before.number;
		if ((before?.number ?? 0) !== over) throw refusal('chair-taken');
		await transaction.query(
			`insert into floor_chairs (topic_id, event_id, chair_number, device_id, account_id, took_at) values ($1, $2, $3, $4, $5, $6)`,
			[of.topicId, of.eventId, over + 1, deviceId, actor.accountId, transaction.at]
		);
		await record(transaction, { topicId: of.topicId, actor, did: 'took-chair', kind: 'floor', thingId: of.eventId });
		await move(transaction, of, 'floor', null);
		return over + 1;
	});
}

/**
 * What a chair did, in its order; a job (the examples) acts for whoever has the chair. Each act is done once however often it is sent; one that cannot be done any more is refused for itself,
 * and those after it go on.
 */
export async function doChairsActs(
	database: Database,
	of: OfEvent,
	{ chair, acts }: { readonly chair: number; readonly acts: readonly ChairsAct[] },
	actor: Actor
): Promise<Outcome[]> {
	if (!mayKeepFloor(actor, of.topicId)) throw refusal('not-allowed');
	const outcomes: Outcome[] = [];
	for (const act of acts) outcomes.push(await doOnce(database, of, chair, act, actor));
	return outcomes;
}

async function doOnce(database: Database, of: OfEvent, chair: number, act: ChairsAct, actor: Actor): Promise<Outcome> {
	const { actId } = act;
	const outcome = await inTransaction(database, (transaction) =>
		inMeeting(transaction, of, async (_, event) => {
			const known = await outcomeOf(transaction, of, actId);
			if (known !== null) return known;
			if (actor.kind !== 'job' && (await chairOf(transaction, of))?.number !== chair)
				return noteAct(transaction, event, chair, act, 'chair-elsewhere');
			await doDeed(transaction, of, act, actor);
			return noteAct(transaction, event, chair, act, 'done');
		})
	).catch(async (error: unknown) => {
		if (!isRefusal(error)) throw error;
		return inMeeting(database, of, (transaction, event) => noteAct(transaction, event, chair, act, error.code));
	});
	return { actId, outcome };
}

async function doDeed(transaction: Transaction, of: OfEvent, { ago, deed }: ChairsAct, actor: Actor): Promise<void> {
	const floor = await floorOf(transaction, of);
	if (floor.state === 'over') throw refusal('floor-closed');
	const at = await momentOf(transaction, of, floor, ago);
	switch (deed.does) {
		case 'give':
			return give(transaction, of, floor, deed, at);
		case 'end':
			return endTurn(transaction, of, floor, at);
		case 'put-down':
			// put down before, by an act that was sent in another way
			if (!floor.asked.some(({ requestId }) => requestId === deed.requestId)) await putDown(transaction, of, floor, deed, at);
			return;
		case 'take-off':
			return takeFromQueue(transaction, of, floor, numberOf(floor, deed.requestId), { byAsker: false, at });
		case 'begin-item':
		case 'end-item': {
			const step = deed.does === 'begin-item' ? 'begun' : 'ended';
			await stepAgenda(transaction, of, { itemId: deed.itemId, step, at });
			await record(transaction, { topicId: of.topicId, actor, did: step, kind: 'agenda-item', thingId: deed.itemId });
		}
	}
}

/** Gives somebody the floor; whoever has it has spoken. Who left meanwhile and speaks all the same did not leave. */
async function give(
	transaction: Transaction,
	of: OfEvent,
	floor: FloorHere,
	{ requestId, proposed, reason: said }: Extract<Deed, { does: 'give' }>,
	moment: Date
): Promise<void> {
	const number = numberOf(floor, requestId);
	// seconds that a device counted may be a little too many: nobody speaks before they asked
	const at = new Date(Math.max(moment.getTime(), floor.asked[number - 1]!.askedAt));
	if (floor.turns.some((turn) => turn.asked === number)) throw refusal('floor-given');
	const isOverride = proposed !== requestId;
	const reason = usableText(said, { max: longestReason, what: 'reason', mayBeEmpty: true }).trim();
	if (isOverride && reason === '') throw refusal('reason-missing');
	await endTurn(transaction, of, floor, at);
	const turn = await nextInEvent(transaction, of, 'interventions');
	await transaction.query(
		`
			insert into interventions (topic_id, event_id, intervention_number, intervention_id, request_number, item_id, began_at)
			values ($1, $2, $3, $4, $5, $6, $7)`,
		[of.topicId, of.eventId, turn, uuidv4(), number, await itemNow(transaction, of), at]
	);
	if (isOverride)
		await transaction.query(
			`insert into floor_overrides (topic_id, event_id, intervention_number, proposed_number, reason) values ($1, $2, $3, $4, $5)`,
			[of.topicId, of.eventId, turn, numberOf(floor, proposed), reason]
		);
	await move(transaction, of, 'floor', null);
}

async function endTurn(transaction: Transaction, of: OfEvent, floor: FloorHere, at: Date): Promise<void> {
	const speaking = floor.turns.find(({ endedAt }) => endedAt === null);
	if (!speaking) return;
	await transaction.query(
		`insert into intervention_ends (topic_id, event_id, intervention_number, ended_at) values ($1, $2, $3, $4)`,
		[of.topicId, of.eventId, speaking.number, at]
	);
	await move(transaction, of, 'floor', null);
}

/** When it was done, by our clock; never before what was done before it. */
async function momentOf(transaction: Transaction, of: OfEvent, floor: FloorHere, ago: number): Promise<Date> {
	const steps = await agendaSteps(transaction, of);
	const { rows } = await transaction.query<{ last: Date | null }>(
		`select max(done_at) as last from floor_acts where topic_id = $1 and event_id = $2 and outcome = 'done'`,
		[of.topicId, of.eventId]
	);
	const before = Math.max(
		rows[0]?.last?.getTime() ?? 0,
		steps.at(-1)?.at.getTime() ?? 0,
		...floor.turns.map(({ beganAt, endedAt }) => endedAt ?? beganAt)
	);
	const now = transaction.at.getTime();
	return new Date(Math.min(now, Math.max(before, now - Math.min(Math.max(0, ago), longestAgo))));
}

async function itemNow(transaction: Transaction, of: OfEvent): Promise<string | null> {
	const last = (await agendaSteps(transaction, of)).at(-1);
	return last?.step === 'begun' ? last.itemId : null;
}

function numberOf(floor: FloorHere, requestId: string): number {
	const asked = floor.asked.find((one) => one.requestId === requestId);
	if (!asked) throw refusal('not-found');
	return asked.number;
}

async function outcomeOf(transaction: Transaction, of: OfEvent, actId: string): Promise<string | null> {
	const { rows } = await transaction.query<{ outcome: string }>(
		`select outcome from floor_acts where topic_id = $1 and event_id = $2 and act_id = $3`,
		[of.topicId, of.eventId, actId]
	);
	return rows[0]?.outcome ?? null;
}

async function noteAct(
	transaction: Transaction,
	event: EventOfTopic,
	chair: number,
	{ actId, ago }: ChairsAct,
	outcome: string
): Promise<string> {
	// what the rule made us forget does not come back with a device that was away
	if (isChatham(event) && (await floorOf(transaction, event)).state === 'over') return outcome;
	const at = new Date(transaction.at.getTime() - Math.min(Math.max(0, ago), longestAgo));
	await transaction.query(
		`
			insert into floor_acts (topic_id, event_id, act_id, chair_number, done_at, received_at, outcome)
			values ($1, $2, $3, $4, $5, $6, $7)
			on conflict do nothing`,
		[event.topicId, event.eventId, actId, chair, at, transaction.at, outcome]
	);
	return outcome;
}

function isKeeper(actor: Actor, topicId: string): actor is SignedIn {
	return actor.kind === 'account' && mayKeepFloor(actor, topicId);
}
