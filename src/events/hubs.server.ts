import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { mayPlanEvents } from '#events/event.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import { nextInEvent, type OfEvent } from '#events/moving.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { isZone } from '#topics/stages/zones.ts';

/** People who follow an event together elsewhere: one participant of its own kind, with heads instead of names. */
export interface Hub {
	readonly hubId: string;
	/** within the event, from 1 */
	readonly number: number;
	readonly place: string;
	readonly region: string | null;
	/** for organisers only; null where nobody was named, or once it was forgotten */
	readonly coordinator: string | null;
	readonly email: string | null;
	readonly headsExpected: number | null;
	/** IANA; null: the clock of the event */
	readonly zone: string | null;
	readonly headsCounted: number | null;
	/** whether a link opens its page */
	readonly hasLink: boolean;
}

export type WrittenHub = Pick<Hub, 'place' | 'region' | 'coordinator' | 'email' | 'headsExpected' | 'zone'>;

export async function addHub(database: Database, of: OfEvent, hub: WrittenHub, actor: Actor): Promise<Hub> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	const place = usableText(hub.place.replace(/\s+/g, ' ').trim(), { max: 200, what: 'place' });
	const coordinator = hub.coordinator?.replace(/\s+/g, ' ').trim() || null;
	if (coordinator !== null) usableText(coordinator, { max: 120, what: 'coordinator' });
	if (hub.email !== null && !/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(hub.email)) throw refusal('mail-unusable');
	if (hub.zone !== null && !isZone(hub.zone)) throw refusal('unknown-zone', { zone: hub.zone.slice(0, 60) });
	return inTransaction(database, async (transaction) => {
		const { topicId, eventId } = of;
		const number = await nextInEvent(transaction, of, 'hubs');
		const hubId = uuidv7();
		await transaction.query(
			`
				insert into hubs (topic_id, event_id, hub_id, hub_number, place, region, coordinator, email, heads_expected, zone, added_at, added_by)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			[
				...[topicId, eventId, hubId, number, place, hub.region, coordinator, hub.email, hub.headsExpected, hub.zone],
				...[transaction.at, accountOf(actor)]
			]
		);
		await record(transaction, { topicId, actor, did: 'added', kind: 'event', thingId: eventId, details: { hub: number } });
		return { ...hub, hubId, number, place, coordinator, headsCounted: null, hasLink: false };
	});
}

/** How many people are there, as the desk heard. */
export async function countHeads(database: Database, of: OfEvent, hubId: string, heads: number, actor: Actor): Promise<void> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	await writeHeads(database, { ...of, hubId }, heads, actor);
}

/** How many people are there now, as who coordinates it counted; whose link it is was asked before. */
export async function countHeadsAtHub(
	database: Database,
	of: OfEvent & { readonly hubId: string },
	heads: number,
	actor: Actor
): Promise<void> {
	if (!Number.isInteger(heads) || heads < 0 || heads > mostHeads) throw refusal('invalid-request');
	await requireOpenTopic(database, of.topicId);
	await writeHeads(database, of, heads, actor);
}

const mostHeads = 100_000;

async function writeHeads(
	database: Database,
	{ hubId, ...of }: OfEvent & { readonly hubId: string },
	heads: number,
	actor: Actor
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const { rowCount } = await transaction.query(
			`
				update hubs set heads_counted = $4
				where topic_id = $1 and event_id = $2 and hub_id = $3 and removed_at is null`,
			[of.topicId, of.eventId, hubId, heads]
		);
		if (rowCount === 0) throw refusal('not-found');
		const details = { heads };
		await record(transaction, { topicId: of.topicId, actor, did: 'changed', kind: 'event', thingId: of.eventId, details });
	});
}

export async function removeHub(database: Database, of: OfEvent, hubId: string, actor: Actor): Promise<void> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await transaction.query(
			`
				update hubs set removed_at = $4, coordinator = null, email = null
				where topic_id = $1 and event_id = $2 and hub_id = $3 and removed_at is null`,
			[of.topicId, of.eventId, hubId, transaction.at]
		);
		await transaction.query(
			`update hub_links set ended_at = $4 where topic_id = $1 and event_id = $2 and hub_id = $3 and ended_at is null`,
			[of.topicId, of.eventId, hubId, transaction.at]
		);
		await record(transaction, { topicId: of.topicId, actor, did: 'removed', kind: 'event', thingId: of.eventId });
	});
}

export async function hubsOf(queryable: Queryable, { topicId, eventId }: OfEvent): Promise<Hub[]> {
	const { rows } = await queryable.query<Hub>(
		`
			select hub_id as "hubId", hub_number as number, place, region, coordinator, email, heads_expected as "headsExpected",
				heads_counted as "headsCounted", zone,
				exists (
					select from hub_links l
					where (l.topic_id, l.event_id, l.hub_id) = (hubs.topic_id, hubs.event_id, hubs.hub_id) and l.ended_at is null
				) as "hasLink"
			from hubs
			where topic_id = $1 and event_id = $2 and removed_at is null
			order by hub_number`,
		[topicId, eventId]
	);
	return rows;
}
