import { accountOf, type Actor } from '#activity/actor.ts';
import { forgetRequests, record } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { isChatham, showsNames, type EventOfTopic } from '#events/event.ts';
import { latestOfEvent } from '#events/events.server.ts';
import { forgetTimes, move, type OfEvent } from '#events/moving.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionOf } from '#topics/institution/institution.server.ts';
import type { FloorFigures } from '#townhalls/floor/figures.ts';
import { isInBooks, type Rule } from '#townhalls/floor/floor.ts';
import { floorOf, waitingOn, type FloorHere } from '#townhalls/floor/floors.server.ts';
import type { FloorState } from '#townhalls/floor/shown.ts';
import { emptyTray, obeyRule } from '#townhalls/floor/summarising.server.ts';
import { totalsOf } from '#townhalls/floor/totals.ts';
import { mayKeepFloor } from '#townhalls/may.ts';
import { inMeeting } from '#townhalls/meeting.server.ts';

/** Opens the floor to everybody's phones, or says that nobody more may ask. One that is over stays so. */
export async function turnFloor(
	database: Database | Transaction,
	of: OfEvent,
	state: Exclude<FloorState, 'over'>,
	actor: Actor
): Promise<void> {
	await keepingFloor(database, of, actor, async (transaction, _, floor) => {
		if (floor.state === state) return;
		if (floor.state === 'over') throw refusal('floor-closed');
		await writeState(transaction, of, state, actor);
	});
}

/**
 * The floor is over. Whose phone asked is forgotten; so is how people were called, but where they speak under their names. Under the Chatham
 * House rule everything else goes, too: who asked for which group, who spoke when, and why a chair chose; what may be told is worked out before.
 * That holds where the event was called off, too.
 */
export async function endFloor(database: Database | Transaction, of: OfEvent, actor: Actor): Promise<void> {
	const end = async (transaction: Transaction, event: EventOfTopic, floor: FloorHere) => {
		if (floor.state === 'over') return;
		const speaking = floor.turns.find(({ endedAt }) => endedAt === null);
		if (!speaking) return writeEnd(transaction, event, floor, actor);
		// nobody else can say that they have spoken
		if (!isPast(event, transaction.at)) throw refusal('floor-taken');
		const at = Math.max(speaking.beganAt, Math.min(transaction.at.getTime(), endOf(event).getTime()));
		await transaction.query(
			`insert into intervention_ends (topic_id, event_id, intervention_number, ended_at) values ($1, $2, $3, $4)`,
			[of.topicId, of.eventId, speaking.number, new Date(at)]
		);
		await writeEnd(transaction, event, await floorOf(transaction, of), actor);
	};
	await keepingFloor(database, of, actor, end, { alsoCancelled: true });
}

/** Ends the floors that nobody ended, of events that were called off, took place or ended long ago: what they promised to forget is forgotten. */
export async function endFloorsLeft(database: Database): Promise<number> {
	const { rows } = await database.query<OfEvent>(
		`
			select events.topic_id as "topicId", events.event_id as "eventId"
			from events
			${latestOfEvent}
			where (stands.state in ('held', 'cancelled') or planned.ends_at < $1)
				and (exists (select from floor_states s where (s.topic_id, s.event_id) = (events.topic_id, events.event_id))
					or exists (select from floor_requests r where (r.topic_id, r.event_id) = (events.topic_id, events.event_id))
					or exists (select from floor_tray t where (t.topic_id, t.event_id) = (events.topic_id, events.event_id)))
				and not exists (select from floor_states s where
					(s.topic_id, s.event_id) = (events.topic_id, events.event_id) and s.state = 'over')
			limit 100`,
		[new Date(Date.now() + database.clockShift - longest)]
	);
	for (const of of rows) await endFloor(database, of, { kind: 'job', name: 'events.look-after' });
	return rows.length;
}

/** ms: no meeting goes on so long after its planned end */
const longest = 12 * 3_600_000;

function isPast({ state, endsAt }: EventOfTopic, now: Date): boolean {
	return state === 'cancelled' || state === 'held' || now.getTime() > endsAt.getTime() + longest;
}

function endOf({ state, stateAt, endsAt }: EventOfTopic): Date {
	return state === 'confirmed' ? endsAt : stateAt;
}

async function writeEnd(transaction: Transaction, event: EventOfTopic, floor: FloorHere, actor: Actor): Promise<void> {
	await transaction.query(`insert into floor_figures (topic_id, event_id, figures, made_at) values ($1, $2, $3, $4)`, [
		...[event.topicId, event.eventId, JSON.stringify(figuresOf(floor)), transaction.at]
	]);
	await forget(transaction, event);
	await writeState(transaction, event, 'over', actor);
}

/** Sets by which weights the floor is shared and how long a speech may be; told to everybody. */
export async function setRule(
	database: Database | Transaction,
	of: OfEvent,
	{ basedOn, ...rule }: Rule & { readonly basedOn: number },
	actor: Actor
): Promise<void> {
	await keepingFloor(database, of, actor, async (transaction, _, floor) => {
		if (floor.state === 'over') throw refusal('floor-closed');
		if (floor.ruleVersion !== basedOn) throw refusal('changed-meanwhile');
		const known = (await institutionOf(transaction)).groups;
		if (Object.keys(rule.groups).some((group) => !known.includes(group))) throw refusal('invalid-request');
		const { room, remote, hub } = rule.channels;
		await transaction.query(
			`
				insert into floor_rules (topic_id, event_id, version, room, remote, hub, group_weights, speech_seconds, changed_at, changed_by)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			[
				...[of.topicId, of.eventId, basedOn + 1, room, remote, hub],
				...[JSON.stringify(rule.groups), rule.speechSeconds, transaction.at, accountOf(actor)]
			]
		);
		await record(transaction, { topicId: of.topicId, actor, did: 'set', kind: 'floor', thingId: of.eventId, details: { rule } });
		await move(transaction, of, 'floor', null);
	});
}

function figuresOf(floor: FloorHere): FloorFigures {
	const spoke = new Set(floor.turns.map(({ asked }) => asked));
	const speakers = floor.asked.filter(({ number }) => spoke.has(number));
	return {
		...totalsOf(floor, true),
		people: speakers.filter(({ kind, isFirst }) => isInBooks(kind) && isFirst).length,
		hubs: new Set(speakers.map(({ hubId }) => hubId).filter((hubId) => hubId !== null)).size,
		notReached: waitingOn(floor).length,
		overrides: floor.turns.filter(({ isOverride }) => isOverride).length
	};
}

async function forget(transaction: Transaction, event: EventOfTopic): Promise<void> {
	const values = [event.topicId, event.eventId];
	await obeyRule(transaction, event);
	await transaction.query(`delete from floor_askers where topic_id = $1 and event_id = $2`, values);
	await forgetRequests(transaction, event.topicId, [event.eventId]);
	if (!showsNames(event)) await transaction.query(`delete from floor_names where topic_id = $1 and event_id = $2`, values);
	if (!isChatham(event)) return;
	// turns, their ends and overrides hang on them
	await transaction.query(`delete from floor_requests where topic_id = $1 and event_id = $2`, values);
	await transaction.query(`delete from floor_acts where topic_id = $1 and event_id = $2`, values);
	await forgetTimes(transaction, event, { kind: 'floor', counted: ['floor-requests', 'interventions'], at: event.startsAt });
	await emptyTray(transaction, event);
}

async function writeState(transaction: Transaction, of: OfEvent, state: FloorState, actor: Actor): Promise<void> {
	await transaction.query(
		`
			insert into floor_states (topic_id, event_id, version, state, at, by)
			select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
			from floor_states
			where topic_id = $1 and event_id = $2`,
		[of.topicId, of.eventId, state, transaction.at, accountOf(actor)]
	);
	const did = { open: 'opened', 'queue-closed': 'closed', over: 'ended' }[state];
	await record(transaction, { topicId: of.topicId, actor, did, kind: 'floor', thingId: of.eventId });
	await move(transaction, of, 'floor', null);
}

async function keepingFloor(
	database: Database | Transaction,
	of: OfEvent,
	actor: Actor,
	work: (transaction: Transaction, event: EventOfTopic, floor: FloorHere) => Promise<void>,
	also: { readonly alsoCancelled?: boolean } = {}
): Promise<void> {
	if (!mayKeepFloor(actor, of.topicId)) throw refusal('not-allowed');
	await inMeeting(database, of, async (transaction, event) => work(transaction, event, await floorOf(transaction, of)), also);
}
