import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { forgetHostMails } from '#cafes/forgetting-hosts.server.ts';
import { holdPlanStill } from '#cafes/holding.server.ts';
import { mayRunCafe } from '#cafes/may.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { requireOpenTopic } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { isLanguage, type Language } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { newToken, readToken } from '#people/invitations/token.ts';
import { refusal } from '#refusals/refusal.ts';
import { isZone } from '#topics/stages/zones.ts';

export interface Host {
	readonly hostId: string;
	readonly tableNumber: number;
	readonly name: string;
	/** null: the link is handed over */
	readonly email: string | null;
	readonly language: Language;
	/** IANA; null: that of the event */
	readonly timeZone: string | null;
	/** who registered for the event and hosts a table; null: somebody who only hosts */
	readonly registrationId: string | null;
	/** whether a link opens the notebook of the table */
	readonly hasLink: boolean;
}

export type AppointedHost = Omit<Host, 'hostId' | 'hasLink'>;

export const longestHostName = 120;

/** Somebody hosts a table from now on; two may share one. */
export async function appointHost(
	database: Database | Transaction,
	{ topicId, eventId, host }: OfEvent & { host: AppointedHost },
	actor: Actor
): Promise<string> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	const name = usableText(host.name, { max: longestHostName, what: 'name' }).trim();
	const { email, language, timeZone, tableNumber, registrationId } = host;
	if (email !== null && !/^[^\s@<>]+@[^\s@<>]+$/.test(email)) throw refusal('mail-unusable');
	if (timeZone !== null && !isZone(timeZone)) throw refusal('unknown-zone', { zone: timeZone.slice(0, 60) });
	if (!isLanguage(language)) throw refusal('unknown-language');
	return inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		const { tables } = await cafeOf(transaction, topicId, eventId);
		if (!tables[tableNumber - 1]) throw refusal('cafe-no-such-table', { table: tableNumber, tables: tables.length });
		// a random id: it tells nothing, not even the order of the appointments
		const hostId = uuidv4();
		await transaction.query(
			`insert into cafe_hosts
				(topic_id, event_id, host_id, table_number, name, email, language, time_zone, registration_id, appointed_at, appointed_by)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			[
				...[topicId, eventId, hostId, tableNumber, name, email, language, timeZone, registrationId],
				...[transaction.at, accountOf(actor)]
			]
		);
		// the table, never the name: the record outlives the café
		const details = { table: tableNumber };
		await record(transaction, { topicId, actor, did: 'added', kind: 'host', thingId: eventId, details });
		return hostId;
	});
}

/** The host is none any more: who it was is forgotten, and every link of theirs opens nothing. */
export async function dismissHost(
	database: Database | Transaction,
	{ topicId, eventId, hostId }: OfEvent & { hostId: string },
	actor: Actor
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		const host = await hostAsked(transaction, { topicId, eventId, hostId });
		await transaction.query('delete from cafe_hosts where topic_id = $1 and event_id = $2 and host_id = $3', [
			...[topicId, eventId, hostId]
		]);
		await forgetHostMails(transaction, topicId, [host.email]);
		const details = { table: host.tableNumber };
		await record(transaction, { topicId, actor, did: 'removed', kind: 'host', thingId: eventId, details });
	});
}

/** A new link for the host, and the end of those before. Returned once; its hash is kept. */
export async function makeHostLink(
	database: Database | Transaction,
	{ topicId, eventId, hostId }: OfEvent & { hostId: string },
	actor: Actor
): Promise<{ secret: string; host: Host }> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		await holdPlanStill(transaction, topicId, eventId);
		await requireOpenTopic(transaction, topicId);
		const host = await hostAsked(transaction, { topicId, eventId, hostId });
		await endLinks(transaction, { topicId, eventId, hostId }, actor);
		const { token, hash } = newToken(topicId);
		await transaction.query(
			`insert into cafe_host_links (topic_id, event_id, link_id, host_id, secret_hash, made_at, made_by)
			values ($1, $2, $3, $4, $5, $6, $7)`,
			[topicId, eventId, uuidv4(), hostId, hash, transaction.at, accountOf(actor)]
		);
		const details = { table: host.tableNumber };
		await record(transaction, { topicId, actor, did: 'invited', kind: 'host', thingId: eventId, details });
		return { secret: token, host };
	});
}

/** Takes the host's link back; they stay the host. */
export async function revokeHostLink(
	database: Database | Transaction,
	{ topicId, eventId, hostId }: OfEvent & { hostId: string },
	actor: Actor
): Promise<void> {
	if (!mayRunCafe(actor, topicId)) throw refusal('not-allowed');
	await inTransaction(database, async (transaction) => {
		const host = await hostAsked(transaction, { topicId, eventId, hostId });
		await endLinks(transaction, { topicId, eventId, hostId }, actor);
		const details = { table: host.tableNumber };
		await record(transaction, { topicId, actor, did: 'revoked', kind: 'host', thingId: eventId, details });
	});
}

/** Who hosts, by table. */
export async function hostsOf(queryable: Queryable, topicId: string, eventId: string): Promise<Host[]> {
	const { rows } = await queryable.query<Host>({
		name: 'cafe-hosts',
		text: `
			select ${hostColumns}
			from cafe_hosts h
			where h.topic_id = $1 and h.event_id = $2
			order by h.table_number, h.appointed_at, h.host_id`,
		values: [topicId, eventId]
	});
	return rows;
}

/** Whose link it is: the host, with their table and café. Null for a secret that opens nothing, or nothing any more. */
export async function hostOfSecret(queryable: Queryable, secret: string): Promise<(Host & OfEvent & { linkId: string }) | null> {
	const read = readToken(secret);
	if (!read) return null;
	const { rows } = await queryable.query<Host & OfEvent & { linkId: string }>({
		name: 'cafe-host-of-secret',
		text: `
			select l.topic_id as "topicId", l.event_id as "eventId", l.link_id as "linkId", ${hostColumns}
			from cafe_host_links l
			join cafe_hosts h using (topic_id, event_id, host_id)
			where l.topic_id = $1 and l.secret_hash = $2 and ${isValidLink}`,
		values: [read.topicId, read.hash]
	});
	return rows[0] ?? null;
}

/** The same by the link's id, for whoever was let in by it before: null once it was taken back. */
export async function hostOfLink(
	queryable: Queryable,
	topicId: string,
	linkId: string
): Promise<(Host & OfEvent & { linkId: string }) | null> {
	const { rows } = await queryable.query<Host & OfEvent & { linkId: string }>({
		name: 'cafe-host-of-link',
		text: `
			select l.topic_id as "topicId", l.event_id as "eventId", l.link_id as "linkId", ${hostColumns}
			from cafe_host_links l
			join cafe_hosts h using (topic_id, event_id, host_id)
			where l.topic_id = $1 and l.link_id = $2 and ${isValidLink}`,
		values: [topicId, linkId]
	});
	return rows[0] ?? null;
}

const isValidLink = `not exists (
	select from cafe_host_link_ends e where e.topic_id = l.topic_id and e.event_id = l.event_id and e.link_id = l.link_id)`;

const hostColumns = `
	h.host_id as "hostId", h.table_number as "tableNumber", h.name, h.email, h.language, h.time_zone as "timeZone",
	h.registration_id as "registrationId",
	exists (
		select from cafe_host_links l
		where l.topic_id = h.topic_id and l.event_id = h.event_id and l.host_id = h.host_id and ${isValidLink}
	) as "hasLink"`;

async function hostAsked(transaction: Transaction, { topicId, eventId, hostId }: OfEvent & { hostId: string }): Promise<Host> {
	const host = (await hostsOf(transaction, topicId, eventId)).find((one) => one.hostId === hostId);
	if (!host) throw refusal('not-found');
	return host;
}

async function endLinks(
	transaction: Transaction,
	{ topicId, eventId, hostId }: OfEvent & { hostId: string },
	actor: Actor
): Promise<void> {
	await transaction.query(
		`insert into cafe_host_link_ends (topic_id, event_id, link_id, ended_at, ended_by)
		select topic_id, event_id, link_id, $4, $5
		from cafe_host_links
		where topic_id = $1 and event_id = $2 and host_id = $3
		on conflict (topic_id, event_id, link_id) do nothing`,
		[topicId, eventId, hostId, transaction.at, accountOf(actor)]
	);
}
