import { nilTopic, type Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { trial, type WebhookEvent } from '#webhooks/events.ts';

/** The name of the job that sends one message. */
export const deliverWebhookJob = 'webhooks.deliver';

export interface Announcement {
	readonly topicId: string;
	readonly event: WebhookEvent;
	/** below the address of the topic: "/ideas/12"; '' for the topic itself */
	readonly path: string;
}

/**
 * Tells every webhook that wants to hear of it: its messages are queued in the transaction of what they tell, and sent once that is committed.
 * Where nobody listens it is one look-up.
 */
export async function announce(transaction: Transaction, { topicId, event, path }: Announcement): Promise<void> {
	const { rows } = await transaction.query<{ topicId: string; webhookId: string }>({
		name: 'webhooks-listening',
		text: `
			select topic_id as "topicId", webhook_id as "webhookId"
			from webhooks
			where topic_id = any ($1::uuid[]) and $2 = any (events) and not exists (
				select from webhook_ends as ended
				where ended.topic_id = webhooks.topic_id and ended.webhook_id = webhooks.webhook_id
			)
			order by topic_id, webhook_id`,
		values: [[nilTopic, topicId], event]
	});
	for (const webhook of rows) await queueMessage(transaction, webhook, { topicId, event, path });
}

/** Whether anybody would hear of what happens in the topic: asked once before a thousand things are announced. */
export async function isAnybodyListening(transaction: Transaction, topicId: string): Promise<boolean> {
	const { rowCount } = await transaction.query(`select from webhooks where topic_id = any ($1::uuid[]) limit 1`, [
		[nilTopic, topicId]
	]);
	return rowCount > 0;
}

/** One message for one webhook. */
export async function queueMessage(
	transaction: Transaction,
	{ topicId, webhookId }: { topicId: string; webhookId: string },
	about: { readonly topicId: string | null; readonly event: WebhookEvent | typeof trial; readonly path: string }
): Promise<string> {
	const messageId = uuidv7();
	await transaction.query(
		`insert into webhook_messages (topic_id, webhook_id, message_id, event, about_topic_id, path, queued_at)
		values ($1, $2, $3, $4, $5, $6, $7)`,
		[topicId, webhookId, messageId, about.event, about.topicId, about.path, transaction.at]
	);
	await sendLater(transaction, { topicId, webhookId, messageId });
	return messageId;
}

export async function sendLater(
	transaction: Transaction,
	message: { readonly topicId: string; readonly webhookId: string; readonly messageId: string },
	runAt: Date = transaction.at
): Promise<void> {
	const { topicId, webhookId, messageId } = message;
	// one at a time: an address that lets us wait must not keep mail and reports waiting too
	const wishes = { jobKey: `webhook ${messageId}`, runAt, queue: 'webhooks' };
	await addJob(transaction, deliverWebhookJob, { topicId, webhookId, messageId }, wishes);
}
