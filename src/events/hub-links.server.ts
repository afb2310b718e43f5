import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { doorShutsAt } from '#events/door.server.ts';
import { mayPlanEvents, type EventOfTopic } from '#events/event.ts';
import { eventOf } from '#events/events.server.ts';
import { hubsOf, type Hub } from '#events/hubs.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { isolated } from '#languages/usable.ts';
import { forgetMailsTo } from '#mail/forgetting.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { newToken, readToken } from '#people/invitations/token.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';

const mailKind = 'event-hub';

/** Where the link of a hub leads; the page takes the secret out of the address at once. */
export function hubLink(origin: string, language: Language, secret: string): string {
	return `${origin}${pathInLanguage(`/hub/${secret}`, language)}`;
}

/** A new link for who coordinates a hub, and the end of the one before. Returned once; its hash is kept. */
export async function makeHubLink(
	database: Database | Transaction,
	of: OfEvent & { hubId: string },
	actor: Actor
): Promise<{ secret: string; hub: Hub }> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const { topicId, eventId, hubId } = of;
		const hub = await endLinks(transaction, of);
		const { token, hash } = newToken(topicId);
		await transaction.query(
			`
				insert into hub_links (topic_id, event_id, link_id, hub_id, secret_hash, made_at, made_by)
				values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, eventId, uuidv4(), hubId, hash, transaction.at, accountOf(actor)]
		);
		const details = { hub: hub.number };
		await record(transaction, { topicId, actor, did: 'invited', kind: 'event', thingId: eventId, details });
		return { secret: token, hub };
	});
}

/** Takes the link of a hub back, and what was mailed of it. */
export async function revokeHubLink(
	database: Database | Transaction,
	of: OfEvent & { hubId: string },
	actor: Actor
): Promise<void> {
	if (!mayPlanEvents(actor)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const { number, email } = await endLinks(transaction, of);
		if (email !== null) await forgetMailsTo(transaction, { topicId: of.topicId, kind: mailKind }, [email]);
		const details = { hub: number };
		await record(transaction, {
			...{ topicId: of.topicId, actor, did: 'revoked', kind: 'event', thingId: of.eventId, details }
		});
	});
}

/** Sends the link to who coordinates the hub, with when it begins by their clock. @returns whether there was an address */
export async function mailHubLink(
	transaction: Transaction,
	{ topicId, eventId }: OfEvent,
	{ hub, secret, origin, language }: { hub: Hub; secret: string; origin: string; language: Language }
): Promise<boolean> {
	if (hub.email === null) return false;
	const { defaultLanguage } = await topicOf(transaction, topicId);
	const { startsAt, zone, texts } = await eventOf(transaction, topicId, eventId);
	const say = speakerOf(language);
	const values = {
		name: isolated(hub.coordinator ?? ''),
		place: isolated(hub.place),
		event: isolated(inLanguage(texts['title'], [language], defaultLanguage).text),
		at: say.date(startsAt, { zone: hub.zone ?? zone, style: 'moment' }),
		link: hubLink(origin, language, secret)
	};
	const mail = { subject: say('hub.mail-subject', values), body: say('hub.mail-body', values) };
	await queueMail(transaction, { topicId, to: hub.email, language, kind: mailKind, ...mail });
	return true;
}

/** Which hub a link opens, and its event. Null for a secret that opens nothing, or nothing any more. */
export async function hubOfSecret(
	queryable: Queryable,
	secret: string,
	at: Date
): Promise<{ hub: Hub; planned: EventOfTopic } | null> {
	const read = readToken(secret);
	if (!read) return null;
	const { rows } = await queryable.query<OfEvent & { hubId: string }>(
		`
			select topic_id as "topicId", event_id as "eventId", hub_id as "hubId"
			from hub_links
			where topic_id = $1 and secret_hash = $2 and ended_at is null`,
		[read.topicId, read.hash]
	);
	const [found] = rows;
	if (!found) return null;
	const planned = await eventOf(queryable, found.topicId, found.eventId);
	const hub = (await hubsOf(queryable, found)).find(({ hubId }) => hubId === found.hubId);
	return hub && planned.wasConfirmed && at <= doorShutsAt(planned) ? { hub, planned } : null;
}

async function endLinks(transaction: Transaction, { topicId, eventId, hubId }: OfEvent & { hubId: string }): Promise<Hub> {
	// two who make one at once end with one
	await transaction.query(`select from hubs where topic_id = $1 and event_id = $2 and hub_id = $3 for no key update`, [
		...[topicId, eventId, hubId]
	]);
	const hub = (await hubsOf(transaction, { topicId, eventId })).find((one) => one.hubId === hubId);
	if (!hub) throw refusal('not-found');
	await transaction.query(
		`update hub_links set ended_at = $4 where topic_id = $1 and event_id = $2 and hub_id = $3 and ended_at is null`,
		[topicId, eventId, hubId, transaction.at]
	);
	return hub;
}
