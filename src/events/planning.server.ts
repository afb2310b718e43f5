import { randomInt } from 'node:crypto';
import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { eventOf, requireOpenTopic } from '#events/events.server.ts';
import { isReliedOn, isStricter, obeyLater } from '#events/promising.server.ts';
import { offerLater, tellLater } from '#events/telling.server.ts';
import {
	codeLetters,
	mayBecome,
	mayPlanEvents,
	mayTurn,
	type EventKind,
	type EventOfTopic,
	type EventState
} from '#events/event.ts';
import { languageTag } from '#languages/languages.ts';
import { writeTexts, type WrittenTexts } from '#languages/texts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { isWebAddress } from '#topics/library.server.ts';
import { isZone } from '#topics/stages/zones.ts';

/** What is planned, as a form sends it. */
export interface WrittenEvent extends Pick<
	EventOfTopic,
	| 'startsAt'
	| 'endsAt'
	| 'zone'
	| 'attribution'
	| 'registration'
	| 'roomPlaces'
	| 'onlinePlaces'
	| 'languages'
	| 'interpretation'
	| 'remoteLink'
	| 'isRecorded'
	| 'waitingHours'
> {
	/** title, description, venue, host, access, recording */
	readonly texts: WrittenTexts;
}

/** Plans an event. It is seen at the desk only, until it is confirmed. */
export async function planEvent(
	database: Database | Transaction,
	{ topicId, kind, eventId = uuidv7(), ...event }: WrittenEvent & { topicId: string; kind: EventKind; eventId?: string },
	actor: Actor
): Promise<{ eventId: string; number: number }> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	check(event);
	return inTransaction(database, async (transaction) => {
		await requireOpenTopic(transaction, topicId);
		const number = await nextNumber(transaction, topicId, 'events');
		const { rowCount } = await transaction.query(
			`
				insert into events (topic_id, event_id, event_number, kind, made_at, made_by)
				values ($1, $2, $3, $4, $5, $6)
				on conflict do nothing`,
			[topicId, eventId, number, kind, transaction.at, accountOf(actor)]
		);
		// the same form sent twice
		if (rowCount === 0) throw refusal('changed-meanwhile');
		await giveCode(transaction, topicId, eventId);
		await writeVersion(transaction, { topicId, eventId, version: 1, ...event }, actor);
		await writeState(transaction, { topicId, eventId, stateVersion: 0 }, 'planned', {}, actor);
		await writeTexts(transaction, { topicId, kind: 'event', thingId: eventId }, event.texts, accountOf(actor));
		await record(transaction, { topicId, actor, did: 'made', kind: 'event', thingId: eventId, details: { number, kind } });
		return { eventId, number };
	});
}

/** Changes what is planned. The version before stays; a looser rule of attribution is refused once it was public. */
export async function changeEvent(
	database: Database | Transaction,
	{ topicId, eventId, basedOn, ...written }: WrittenEvent & { topicId: string; eventId: string; basedOn: number },
	actor: Actor
): Promise<void> {
	check(written);
	await changingEvent(database, topicId, eventId, actor, async (transaction, event) => {
		if (event.state === 'cancelled') throw refusal('event-cancelled');
		if (event.version !== basedOn) throw refusal('changed-meanwhile');
		const isPromised = event.wasConfirmed || (await isReliedOn(transaction, event));
		if (!mayBecome(event.attribution, written.attribution, isPromised)) throw refusal('rule-promised');
		await writeVersion(transaction, { topicId, eventId, version: event.version + 1, ...written }, actor);
		const texts = await writeTexts(transaction, { topicId, kind: 'event', thingId: eventId }, written.texts, accountOf(actor));
		const details = { version: event.version + 1, texts };
		await record(transaction, { topicId, actor, did: 'changed', kind: 'event', thingId: eventId, details });
		if (isStricter(written.attribution, event.attribution)) await obeyLater(transaction, event);
		// places may have become more, and who registered must know of another time or place
		if (event.state === 'confirmed' && (isElsewhere(event, written) || texts.some(({ field }) => field === 'venue')))
			await tellLater(transaction, event, 'changed');
		else await offerLater(transaction, event);
	});
}

/** Makes it public. */
export async function confirmEvent(
	database: Database | Transaction,
	topicId: string,
	eventId: string,
	actor: Actor
): Promise<void> {
	await changingEvent(database, topicId, eventId, actor, (transaction, event) =>
		turn(transaction, event, 'confirmed', {}, actor)
	);
}

/** Says that it took place. */
export async function holdEvent(database: Database | Transaction, topicId: string, eventId: string, actor: Actor): Promise<void> {
	await changingEvent(database, topicId, eventId, actor, async (transaction, event) => {
		if (transaction.at < event.startsAt) throw refusal('event-to-come');
		await turn(transaction, event, 'held', {}, actor);
	});
}

/** Calls it off; why stands beside it for everybody who could see it. */
export async function cancelEvent(
	database: Database | Transaction,
	topicId: string,
	eventId: string,
	reason: Readonly<Record<string, string>>,
	actor: Actor
): Promise<void> {
	if (!Object.values(reason).some((text) => text.trim() !== '')) throw refusal('reason-missing');
	await changingEvent(database, topicId, eventId, actor, async (transaction, event) => {
		await turn(transaction, event, 'cancelled', reason, actor);
		if (event.wasConfirmed) await tellLater(transaction, event, 'off');
	});
}

/** Changes of one event wait for each other. */
async function changingEvent(
	database: Database | Transaction,
	topicId: string,
	eventId: string,
	actor: Actor,
	work: (transaction: Transaction, event: EventOfTopic) => Promise<void>
): Promise<void> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await transaction.query(`select from events where topic_id = $1 and event_id = $2 for update`, [topicId, eventId]);
		await requireOpenTopic(transaction, topicId);
		await work(transaction, await eventOf(transaction, topicId, eventId));
	});
}

async function turn(
	transaction: Transaction,
	event: EventOfTopic,
	state: EventState,
	reason: Readonly<Record<string, string>>,
	actor: Actor
): Promise<void> {
	if (event.state === state) return;
	if (!mayTurn(event.state, state)) throw refusal('event-turned', { state: event.state });
	await writeState(transaction, event, state, reason, actor);
	const said = Object.values(reason).find((text) => text.trim() !== '') ?? null;
	await record(transaction, {
		topicId: event.topicId,
		actor,
		// what moderators hold is held by them
		did: state === 'held' ? 'took-place' : state,
		kind: 'event',
		thingId: event.eventId,
		reason: said
	});
}

function check({ startsAt, endsAt, zone, languages, interpretation, remoteLink }: WrittenEvent): void {
	if (!(endsAt > startsAt)) throw refusal('event-ends-before-it-starts');
	if (!isZone(zone)) throw refusal('unknown-zone', { zone: zone.slice(0, 60) });
	if (remoteLink !== null && !isWebAddress(remoteLink)) throw refusal('web-address-unusable');
	for (const tag of [...languages, ...interpretation])
		if (languageTag(tag) !== tag) throw refusal('unknown-language', { tag: tag.slice(0, 40) });
}

/** Whether who registered would come at another time or to another place. */
function isElsewhere(event: EventOfTopic, written: WrittenEvent): boolean {
	return (
		+event.startsAt !== +written.startsAt ||
		+event.endsAt !== +written.endsAt ||
		event.zone !== written.zone ||
		event.remoteLink !== written.remoteLink
	);
}

async function writeVersion(
	transaction: Transaction,
	event: Omit<WrittenEvent, 'texts'> & { topicId: string; eventId: string; version: number },
	actor: Actor
): Promise<void> {
	await transaction.query(
		`
			insert into event_versions (topic_id, event_id, version, starts_at, ends_at, zone, attribution, registration, room_places,
				online_places, languages, interpretation, remote_link, is_recorded, waiting_hours, changed_at, changed_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		[
			event.topicId,
			event.eventId,
			event.version,
			event.startsAt,
			event.endsAt,
			event.zone,
			event.attribution,
			event.registration,
			event.roomPlaces,
			event.onlinePlaces,
			event.languages,
			event.interpretation,
			event.remoteLink,
			event.isRecorded,
			event.waitingHours,
			transaction.at,
			accountOf(actor)
		]
	);
}

async function writeState(
	transaction: Transaction,
	{ topicId, eventId, stateVersion }: Pick<EventOfTopic, 'topicId' | 'eventId' | 'stateVersion'>,
	state: EventState,
	reason: Readonly<Record<string, string>>,
	actor: Actor
): Promise<void> {
	const version = stateVersion + 1;
	await transaction.query(
		`insert into event_states (topic_id, event_id, version, state, at, by) values ($1, $2, $3, $4, $5, $6)`,
		[topicId, eventId, version, state, transaction.at, accountOf(actor)]
	);
	const thing = { topicId, kind: 'event', thingId: eventId };
	await writeTexts(transaction, thing, { [`reason-${version}`]: reason }, accountOf(actor));
}

/** Six letters that no other event has: there are 47 million, so the first are free nearly always. */
async function giveCode(transaction: Transaction, topicId: string, eventId: string): Promise<void> {
	for (let tries = 0; tries < 50; tries++) {
		const code = Array.from({ length: 6 }, () => codeLetters[randomInt(codeLetters.length)]).join('');
		const { rowCount } = await transaction.query(
			`insert into event_codes (topic_id, event_id, code) values ($1, $2, $3) on conflict (code) do nothing`,
			[topicId, eventId, code]
		);
		if (rowCount === 1) return;
	}
	throw new Error('no code of six letters is free');
}
