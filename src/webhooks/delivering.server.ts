import { inTransaction, type Database } from '#database/connection.server.ts';
import { sendLater } from '#webhooks/announcing.server.ts';
import { trial } from '#webhooks/events.ts';
import { send, type Network, type Sent } from '#webhooks/sending.server.ts';
import { opened, signed } from '#webhooks/signing.server.ts';

export interface DeliveringWishes {
	readonly network: Network;
	/** under which the secrets lie in the database */
	readonly key: Buffer;
	/** https://talks.example.org: what is told names addresses */
	readonly origin: string;
}

const aMinute = 60_000;
const anHour = 60 * aMinute;
const aDay = 24 * anHour;
/** How long it waits after each failure; after the last there is no other try, but by hand. About a day and a half in all. */
export const waits: readonly number[] = [
	10_000,
	aMinute,
	5 * aMinute,
	30 * aMinute,
	2 * anHour,
	6 * anHour,
	12 * anHour,
	16 * anHour
];
/** After so many failures in a row an address rests, and what is new for it waits too. */
const tiresAfter = 3;

interface Message {
	readonly address: string;
	readonly event: string;
	readonly path: string;
	readonly slug: string | null;
	readonly queuedAt: Date;
	readonly attempts: number;
	readonly isEnded: boolean;
	readonly isDone: boolean;
	readonly secrets: readonly Buffer[];
	/** of the address, whatever the message */
	readonly failuresInARow: number;
	readonly failedAt: Date | null;
}

/** Sends one message and notes what became of it; asks for the next try where it failed. */
export async function deliverWebhook(
	database: Database,
	{ network, key, origin }: DeliveringWishes,
	ids: { readonly topicId: string; readonly webhookId: string; readonly messageId: string }
): Promise<Sent | null> {
	const at = new Date(Date.now() + database.clockShift);
	const message = await messageOf(database, ids, at);
	if (!message || message.isEnded || message.isDone) return null;
	const rested = restUntil(message);
	if (rested > at) {
		await inTransaction(database, (transaction) => sendLater(transaction, ids, rested));
		return null;
	}
	const body = JSON.stringify(told(message, origin));
	const secrets = message.secrets.map((sealed) => opened(key, sealed));
	const headers = {
		'content-type': 'application/json',
		'user-agent': 'Open-Talks-Webhooks/1',
		...signed({ id: `msg_${ids.messageId}`, at, body }, secrets)
	};
	const sent = await send(network, message.address, { headers, body });
	await note(database, ids, sent, message.attempts);
	return sent;
}

function told({ event, path, slug, queuedAt }: Message, origin: string) {
	const topic = slug === null ? {} : { topic: slug, path: `/topics/${slug}${path}`, address: `${origin}/topics/${slug}${path}` };
	return { type: event, timestamp: queuedAt.toISOString(), data: topic };
}

function restUntil({ event, failuresInARow, failedAt, attempts }: Message): Date {
	if (event === trial || failedAt === null || failuresInARow < tiresAfter || attempts > 0) return new Date(0);
	return new Date(failedAt.getTime() + waits[Math.min(failuresInARow - tiresAfter, waits.length - 1)]!);
}

async function messageOf(
	database: Database,
	{ topicId, webhookId, messageId }: { topicId: string; webhookId: string; messageId: string },
	at: Date
): Promise<Message | undefined> {
	const { rows } = await database.query<Message>(
		`select webhooks.address, message.event, message.path, message.queued_at as "queuedAt",
			(select slug from addresses where topic_id = message.about_topic_id order by since desc, slug limit 1) as slug,
			(select count(*) from webhook_attempts a where (a.topic_id, a.webhook_id, a.message_id) = ($1, $2, $3)) as attempts,
			exists (select from webhook_ends e where (e.topic_id, e.webhook_id) = ($1, $2)) as "isEnded",
			exists (
				select from webhook_attempts a where (a.topic_id, a.webhook_id, a.message_id) = ($1, $2, $3) and a.outcome = 'delivered'
			) as "isDone",
			array(
				select secret_sealed
				from webhook_secrets s
				where (s.topic_id, s.webhook_id) = ($1, $2)
					-- the one before the newest signs for a day more
					and not exists (
						select from webhook_secrets newer
						where (newer.topic_id, newer.webhook_id) = ($1, $2) and newer.version > s.version
							and (newer.made_at < $4 or newer.version > s.version + 1)
					)
				order by version desc
			) as secrets,
			lately.failures as "failuresInARow", lately.at as "failedAt"
		from webhook_messages as message
		join webhooks using (topic_id, webhook_id)
		cross join lateral (
			select count(*)::int as failures, max(at) as at
			from webhook_attempts a
			where (a.topic_id, a.webhook_id) = ($1, $2) and a.outcome = 'failed' and a.at > $4
				and a.at > coalesce((
					select max(at) from webhook_attempts d where (d.topic_id, d.webhook_id) = ($1, $2) and d.outcome = 'delivered'
				), '-infinity')
		) as lately
		where (message.topic_id, message.webhook_id, message.message_id) = ($1, $2, $3)`,
		[topicId, webhookId, messageId, new Date(at.getTime() - aDay)]
	);
	return rows[0];
}

async function note(
	database: Database,
	ids: { topicId: string; webhookId: string; messageId: string },
	sent: Sent,
	before: number
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const wait = sent.outcome === 'failed' ? waits[before] : undefined;
		const again = wait === undefined ? null : new Date(transaction.at.getTime() + wait);
		await transaction.query(
			`insert into webhook_attempts (topic_id, webhook_id, message_id, attempt, at, outcome, status, problem, again_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[
				...[ids.topicId, ids.webhookId, ids.messageId, before + 1, transaction.at, sent.outcome, sent.status],
				...[sent.outcome === 'failed' ? sent.problem : null, again]
			]
		);
		if (again) await sendLater(transaction, ids, again);
		await transaction.query(`delete from webhook_messages where topic_id = $1 and webhook_id = $2 and queued_at < $3`, [
			ids.topicId,
			ids.webhookId,
			new Date(transaction.at.getTime() - 30 * aDay)
		]);
	});
}
