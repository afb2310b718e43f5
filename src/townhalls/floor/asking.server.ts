import type { Actor } from '#activity/actor.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import type { EventOfTopic } from '#events/event.ts';
import { hubsOf } from '#events/hubs.server.ts';
import { move, nextInEvent, type OfEvent } from '#events/moving.server.ts';
import { relyOnRule } from '#events/promising.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { expectedOrder, isInBooks, type AskingKind, type Channel } from '#townhalls/floor/floor.ts';
import { floorOf, waitingOn, type FloorHere } from '#townhalls/floor/floors.server.ts';
import { mayKeepFloor } from '#townhalls/may.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

export interface Asking {
	readonly channel: Channel;
	readonly hubId?: string | null;
	readonly group: string | null;
	readonly kind: AskingKind;
	/** as the chair shall call them; '' where that is not said */
	readonly name: string;
}

/** Where somebody who asked by phone stands. */
export interface OwnPlace {
	readonly number: number;
	readonly kind: AskingKind;
	readonly channel: Channel;
	/** how many are before them as things stand; null: they have the floor */
	readonly before: number | null;
}

/** code points */
const longestName = 200;
/** Who waits at once: no meeting hears more, and a floor stays quick to work out. */
const mostWaiting = 500;

/** Somebody asks by their phone. Who waits already is not put down twice. */
export async function askForFloor(
	database: Database | Transaction,
	keys: TopicKeys,
	of: OfEvent,
	asking: Asking,
	actor: Actor
): Promise<number> {
	const askers = await askersOf(keys, of, actor);
	return inMeeting(database, of, async (transaction, event) => {
		const floor = await floorOf(transaction, of);
		refuseClosed(event, floor);
		const own = await numbersOf(transaction, of, askers);
		const waits = waitingOn(floor).find(({ number, kind }) => own.includes(number) && isInBooks(kind) === isInBooks(asking.kind));
		if (waits) return waits.number;
		const spoke = hasSpoken(floor, own);
		const kind = asking.kind === 'follow-up' && !spoke ? 'speak' : asking.kind;
		const number = await putDown(transaction, of, floor, { ...asking, kind, isFirst: !spoke, requestId: uuidv4() });
		await transaction.query({
			name: 'note-asker',
			text: `insert into floor_askers (topic_id, event_id, request_number, asker) values ($1, $2, $3, $4)`,
			values: [of.topicId, of.eventId, number, askers[0]]
		});
		return number;
	});
}

/** Staff put somebody down: who raises a hand in the room, is remote without a phone of their own, or speaks at a hub. */
export async function askForAnother(
	database: Database | Transaction,
	of: OfEvent,
	asking: Asking & { readonly isFirst: boolean; readonly requestId: string },
	actor: Actor
): Promise<void> {
	if (!mayKeepFloor(actor, of.topicId)) throw refusal('not-allowed');
	await inMeeting(database, of, async (transaction) => {
		const floor = await floorOf(transaction, of);
		if (floor.state === 'over') throw refusal('floor-closed');
		// the same form sent twice
		if (floor.asked.some(({ requestId }) => requestId === asking.requestId)) return;
		await putDown(transaction, of, floor, asking);
	});
}

/** Staff take somebody off the list: who has left, or whose line is gone. */
export async function takeOff(database: Database | Transaction, of: OfEvent, requestId: string, actor: Actor): Promise<void> {
	if (!mayKeepFloor(actor, of.topicId)) throw refusal('not-allowed');
	await inMeeting(database, of, async (transaction) => {
		const floor = await floorOf(transaction, of);
		const asked = floor.asked.find((one) => one.requestId === requestId);
		if (!asked) throw refusal('not-found');
		await takeFromQueue(transaction, of, floor, asked.number, { byAsker: false, at: transaction.at });
	});
}

/** Somebody who asked by their phone waits no more. */
export async function withdrawFromFloor(
	database: Database | Transaction,
	keys: TopicKeys,
	of: OfEvent,
	number: number,
	actor: Actor
): Promise<void> {
	const askers = await askersOf(keys, of, actor);
	await inMeeting(database, of, async (transaction) => {
		if (!(await numbersOf(transaction, of, askers)).includes(number)) throw refusal('not-found');
		await takeFromQueue(transaction, of, await floorOf(transaction, of), number, { byAsker: true, at: transaction.at });
	});
}

/** Somebody waits no more; who has left or had the floor before is left as they are. */
export async function takeFromQueue(
	transaction: Transaction,
	of: OfEvent,
	floor: FloorHere,
	number: number,
	{ byAsker, at }: { readonly byAsker: boolean; readonly at: Date }
): Promise<void> {
	if (!waitingOn(floor).some((asked) => asked.number === number)) return;
	await transaction.query(
		`insert into floor_withdrawals (topic_id, event_id, request_number, at, by_asker) values ($1, $2, $3, $4, $5)`,
		[of.topicId, of.eventId, number, at, byAsker]
	);
	await move(transaction, of, 'floor', null);
}

/** What who asks has asked here, and how many are before them; whether they have spoken. */
export async function ownPlaces(
	queryable: Queryable,
	keys: TopicKeys,
	of: OfEvent,
	actor: Actor,
	now: Date
): Promise<{ readonly places: OwnPlace[]; readonly hasSpoken: boolean }> {
	if (actor.kind === 'job' || (actor.kind === 'visitor' && !actor.visitorId)) return { places: [], hasSpoken: false };
	const own = new Set(await numbersOf(queryable, of, await askersOf(keys, of, actor)));
	if (own.size === 0) return { places: [], hasSpoken: false };
	const floor = await floorOf(queryable, of);
	const order = expectedOrder(floor, now.getTime());
	const speaking = floor.turns.find(({ endedAt }) => endedAt === null);
	const places = floor.asked
		.filter(({ number }) => own.has(number) && (number === speaking?.asked || order.includes(number)))
		.map(({ number, kind, channel }) => ({
			...{ number, kind, channel },
			before: number === speaking?.asked ? null : order.indexOf(number)
		}));
	return { places, hasSpoken: floor.turns.some(({ asked, endedAt }) => own.has(asked) && endedAt !== null) };
}

/** Puts somebody down on the list. @param askedAt of the clock of the server */
export async function putDown(
	transaction: Transaction,
	of: OfEvent,
	floor: FloorHere,
	asking: Asking & { readonly isFirst: boolean; readonly requestId: string },
	askedAt = transaction.at
): Promise<number> {
	const { channel, hubId = null, group, kind, isFirst, requestId } = asking;
	const name = usableText(asking.name, { max: longestName, what: 'name', mayBeEmpty: true }).trim();
	if (group !== null && !(await institutionOf(transaction)).groups.includes(group)) throw refusal('invalid-request');
	if (hubId !== null && !(await hubsOf(transaction, of)).some((hub) => hub.hubId === hubId)) throw refusal('invalid-request');
	if (waitingOn(floor).length >= mostWaiting) throw refusal('floor-full');
	await relyOnRule(transaction, of);
	const number = await nextInEvent(transaction, of, 'floor-requests');
	await transaction.query({
		name: 'ask-for-floor',
		text: `
			insert into floor_requests (topic_id, event_id, request_number, request_id, channel, hub_id, stakeholder_group, kind, is_first, asked_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		values: [of.topicId, of.eventId, number, requestId, channel, hubId, group, kind, isFirst, askedAt]
	});
	if (name !== '')
		await transaction.query(`insert into floor_names (topic_id, event_id, request_number, name) values ($1, $2, $3, $4)`, [
			...[of.topicId, of.eventId, number, name]
		]);
	await move(transaction, of, 'floor', null);
	return number;
}

/** Refuses unless everybody may ask now. */
export function refuseClosed(event: EventOfTopic, { state }: FloorHere): void {
	if (event.state !== 'confirmed' || state !== 'open') throw refusal('floor-closed');
}

async function numbersOf(queryable: Queryable, { topicId, eventId }: OfEvent, askers: readonly Buffer[]): Promise<number[]> {
	const { rows } = await queryable.query<{ number: number }>({
		name: 'numbers-of-asker',
		text: `select request_number as number from floor_askers where topic_id = $1 and event_id = $2 and asker = any ($3)`,
		values: [topicId, eventId, askers]
	});
	return rows.map(({ number }) => number);
}

/** Whether one of those had the floor for a speech. */
function hasSpoken({ asked, turns }: FloorHere, own: readonly number[]): boolean {
	const had = new Set(turns.map((turn) => turn.asked));
	return asked.some(({ number, kind }) => isInBooks(kind) && own.includes(number) && had.has(number));
}

/**
 * Of the event alone: what somebody asks at two events cannot be joined, and neither with what they write. Whoever signed in is known by what
 * they asked before, too: the first is noted.
 */
async function askersOf(keys: TopicKeys, { topicId, eventId }: OfEvent, actor: Actor): Promise<Buffer[]> {
	if (actor.kind === 'job') throw refusal('not-allowed');
	const ids = [...(actor.kind === 'account' ? [actor.accountId] : []), ...(actor.visitorId === null ? [] : [actor.visitorId])];
	if (ids.length === 0) throw refusal('no-visitor');
	return Promise.all(ids.map((id) => keys.hash(topicId, `floor ${eventId} ${id}`)));
}
