import { accountOf, type Actor } from '#activity/actor.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { isSecretariat } from '#activity/staff.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { refusal } from '#refusals/refusal.ts';
import { queueMessage, sendLater } from '#webhooks/announcing.server.ts';
import { isWebhookEvent, trial } from '#webhooks/events.ts';
import { webhookAddress } from '#webhooks/guarding.server.ts';
import type { Problem } from '#webhooks/sending.server.ts';
import { newSecret, sealed } from '#webhooks/signing.server.ts';

/** Webhooks that a topic, or the institution, may have at the same time. */
export const mostWebhooks = 10;

/** Adds one; the secret is told here and never again. `topicId` is the nil topic for one of the institution. */
export async function addWebhook(
	database: Database | Transaction,
	key: Buffer,
	{ topicId, address, events }: { readonly topicId: string; readonly address: string; readonly events: readonly string[] },
	actor: Actor
): Promise<{ webhookId: string; secret: string }> {
	requireSecretariat(actor);
	const { href } = webhookAddress(address);
	const wanted = [...new Set(events)].filter(isWebhookEvent);
	if (wanted.length === 0) throw refusal('webhook-without-events');
	const webhookId = uuidv7();
	const secret = newSecret();
	await inTransaction(database, async (transaction) => {
		// of two at once the second waits here, and counts the first
		await nextNumber(transaction, topicId, 'webhooks', 0);
		if ((await webhooksOf(transaction, topicId)).length >= mostWebhooks)
			throw refusal('webhooks-too-many', { most: mostWebhooks });
		await transaction.query(
			`insert into webhooks (topic_id, webhook_id, address, events, made_at, made_by)
			values ($1, $2, $3, $4, $5, $6)`,
			[topicId, webhookId, href, wanted, transaction.at, accountOf(actor)]
		);
		await keepSecret(transaction, key, { topicId, webhookId, version: 1 }, secret, actor);
		const details = { host: new URL(href).host, events: wanted };
		await record(transaction, { topicId, actor, did: 'added', kind: 'webhook', thingId: webhookId, details });
	});
	return { webhookId, secret };
}

/** A new secret; the one before signs beside it for a day, so that the receiver can change over. */
export async function rotateSecret(
	database: Database | Transaction,
	key: Buffer,
	{ topicId, webhookId }: { readonly topicId: string; readonly webhookId: string },
	actor: Actor
): Promise<{ secret: string }> {
	requireSecretariat(actor);
	const secret = newSecret();
	await inTransaction(database, async (transaction) => {
		await requireWebhook(transaction, topicId, webhookId);
		const { rows } = await transaction.query<{ version: number }>(
			`select max(version)::int + 1 as version from webhook_secrets where topic_id = $1 and webhook_id = $2`,
			[topicId, webhookId]
		);
		await keepSecret(transaction, key, { topicId, webhookId, version: rows[0]!.version }, secret, actor);
		await record(transaction, { topicId, actor, did: 'rotated', kind: 'webhook', thingId: webhookId });
	});
	return { secret };
}

/** It is told nothing more; what waits for it is forgotten with the try. */
export async function endWebhook(
	database: Database | Transaction,
	{ topicId, webhookId }: { readonly topicId: string; readonly webhookId: string },
	actor: Actor
): Promise<void> {
	requireSecretariat(actor);
	await inTransaction(database, async (transaction) => {
		await requireWebhook(transaction, topicId, webhookId);
		await transaction.query(
			`insert into webhook_ends (topic_id, webhook_id, ended_at, ended_by) values ($1, $2, $3, $4)
			on conflict (topic_id, webhook_id) do nothing`,
			[topicId, webhookId, transaction.at, accountOf(actor)]
		);
		// nobody will ask for them again
		await transaction.query(`delete from webhook_secrets where topic_id = $1 and webhook_id = $2`, [topicId, webhookId]);
		await record(transaction, { topicId, actor, did: 'ended', kind: 'webhook', thingId: webhookId });
	});
}

/** Sends a message that tells nothing, to see whether the address answers. */
export async function tryWebhook(
	database: Database | Transaction,
	{ topicId, webhookId }: { readonly topicId: string; readonly webhookId: string },
	actor: Actor
): Promise<void> {
	requireSecretariat(actor);
	await inTransaction(database, async (transaction) => {
		await requireWebhook(transaction, topicId, webhookId);
		await queueMessage(transaction, { topicId, webhookId }, { topicId: null, event: trial, path: '' });
		await record(transaction, { topicId, actor, did: 'tried', kind: 'webhook', thingId: webhookId });
	});
}

/** Sends a message once more, now. */
export async function sendAgain(
	database: Database | Transaction,
	message: { readonly topicId: string; readonly webhookId: string; readonly messageId: string },
	actor: Actor
): Promise<void> {
	requireSecretariat(actor);
	await inTransaction(database, async (transaction) => {
		await requireWebhook(transaction, message.topicId, message.webhookId);
		const { rowCount } = await transaction.query(
			`select from webhook_messages where (topic_id, webhook_id, message_id) = ($1, $2, $3)`,
			[message.topicId, message.webhookId, message.messageId]
		);
		if (rowCount === 0) throw refusal('not-found');
		await sendLater(transaction, message);
		const { topicId, webhookId: thingId } = message;
		await record(transaction, { topicId, actor, did: 'sent again', kind: 'webhook', thingId });
	});
}

export interface ShownWebhook {
	readonly webhookId: string;
	readonly address: string;
	readonly events: readonly string[];
	readonly madeAt: Date;
	/** of the newest secret */
	readonly secretMadeAt: Date;
}

export async function webhooksOf(queryable: Queryable, topicId: string): Promise<ShownWebhook[]> {
	const { rows } = await queryable.query<ShownWebhook>(
		`select webhook_id as "webhookId", address, events, made_at as "madeAt",
			(select max(s.made_at) from webhook_secrets s where s.topic_id = w.topic_id and s.webhook_id = w.webhook_id) as "secretMadeAt"
		from webhooks w
		where topic_id = $1 and not exists (
			select from webhook_ends e where e.topic_id = w.topic_id and e.webhook_id = w.webhook_id
		)
		order by webhook_id`,
		[topicId]
	);
	return rows;
}

export interface ShownMessage {
	readonly webhookId: string;
	readonly messageId: string;
	readonly event: string;
	readonly path: string;
	readonly queuedAt: Date;
	readonly attempts: number;
	readonly state: 'waiting' | 'delivered' | 'failed';
	readonly status: number | null;
	readonly problem: Problem | null;
	readonly triedAt: Date | null;
	readonly againAt: Date | null;
}

/** The last messages of the webhooks of a topic, the newest first, with what became of each. */
export async function lastMessages(queryable: Queryable, topicId: string, most = 50): Promise<ShownMessage[]> {
	const { rows } = await queryable.query<ShownMessage>(
		`select m.webhook_id as "webhookId", m.message_id as "messageId", m.event, m.path, m.queued_at as "queuedAt",
			coalesce(last.attempt, 0) as attempts, last.status, last.problem, last.at as "triedAt", last.again_at as "againAt",
			case
				when last.outcome = 'delivered' then 'delivered'
				when last.outcome = 'failed' and last.again_at is null then 'failed'
				else 'waiting'
			end as state
		from webhook_messages m
		left join lateral (
			select *
			from webhook_attempts a
			where (a.topic_id, a.webhook_id, a.message_id) = (m.topic_id, m.webhook_id, m.message_id)
			order by attempt desc
			limit 1
		) last on true
		where m.topic_id = $1 and not exists (
			select from webhook_ends e where e.topic_id = m.topic_id and e.webhook_id = m.webhook_id
		)
		order by m.message_id desc
		limit $2`,
		[topicId, most]
	);
	return rows;
}

async function keepSecret(
	transaction: Transaction,
	key: Buffer,
	{ topicId, webhookId, version }: { topicId: string; webhookId: string; version: number },
	secret: string,
	actor: Actor
): Promise<void> {
	await transaction.query(
		`insert into webhook_secrets (topic_id, webhook_id, version, secret_sealed, made_at, made_by)
		values ($1, $2, $3, $4, $5, $6)`,
		[topicId, webhookId, version, sealed(key, secret), transaction.at, accountOf(actor)]
	);
}

async function requireWebhook(transaction: Transaction, topicId: string, webhookId: string): Promise<void> {
	const { rowCount } = await transaction.query(
		`select from webhooks w
		where topic_id = $1 and webhook_id = $2 and not exists (
			select from webhook_ends e where e.topic_id = w.topic_id and e.webhook_id = w.webhook_id
		)
		for update`,
		[topicId, webhookId]
	);
	if (rowCount === 0) throw refusal('not-found');
}

function requireSecretariat(actor: Actor): void {
	if (!isSecretariat(actor)) throw refusal('not-allowed');
}
