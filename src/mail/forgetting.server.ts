import type { Database, Transaction } from '#database/connection.server.ts';
import { addJob, dropJob } from '#jobs/jobs.server.ts';
import type { Mailer } from '#mail/delivering.server.ts';
import { deliveryKey, mailById } from '#mail/mail.server.ts';

interface Forgotten {
	readonly topicId: string;
	readonly mailId: string;
}

/** Forgets what the mails of a kind said that were written before, and where asked to whom: that they were sent is still known. */
export async function forgetWords(
	transaction: Transaction,
	kind: string,
	before: Date,
	{ andAddress = false } = {}
): Promise<void> {
	const { rows } = await transaction.query<Forgotten>(
		`
			update mails
			set subject = '', body = '', calendar = null, to_address = case when $3 then '' else to_address end
			where kind = $1 and queued_at < $2 and body <> ''
			returning topic_id as "topicId", mail_id as "mailId"`,
		[kind, before, andAddress]
	);
	await clearOutbox(transaction, rows);
}

/** Forgets the words and the receivers of single mails; those that wait are not sent any more. */
export async function forgetMails(transaction: Transaction, topicId: string, mailIds: readonly string[]): Promise<void> {
	const { rows } = await transaction.query<Forgotten>(
		`
			update mails set subject = '', body = '', calendar = null, to_address = '', unsubscribe_url = null
			where topic_id = $1 and mail_id = any ($2::uuid[])
			returning topic_id as "topicId", mail_id as "mailId"`,
		[topicId, mailIds]
	);
	await forgetDeliveries(transaction, rows);
}

/** Forgets what was written of a kind to some addresses, and that it was to them; mails that wait are not sent any more. */
export async function forgetMailsTo(
	transaction: Transaction,
	{ topicId, kind }: { readonly topicId: string; readonly kind: string },
	addresses: readonly string[]
): Promise<void> {
	const { rows } = await transaction.query<{ id: string }>(
		`select mail_id as id from mails where topic_id = $1 and kind = $2 and lower(to_address) in (select lower(unnest($3::text[])))`,
		[topicId, kind, addresses]
	);
	await forgetMails(
		transaction,
		topicId,
		rows.map(({ id }) => id)
	);
}

/**
 * Forgets an address, and what was written to it: whoever had it wants to be known no more. Mails that wait are not sent, nor is kept that
 * the address wanted none, or took none.
 */
export async function forgetAddress(transaction: Transaction, address: string): Promise<void> {
	await transaction.query(`delete from mail_stops where address = lower($1)`, [address]);
	await transaction.query(`delete from unreachable_addresses where address = lower($1)`, [address]);
	const { rows } = await transaction.query<Forgotten>(
		`
			update mails set subject = '', body = '', calendar = null, to_address = '', unsubscribe_url = null
			where lower(to_address) = lower($1)
			returning topic_id as "topicId", mail_id as "mailId"`,
		[address]
	);
	await forgetDeliveries(transaction, rows);
}

/** What the other server said names the address too, and so does what the queue keeps of a try that failed. */
async function forgetDeliveries(transaction: Transaction, mails: readonly Forgotten[]): Promise<void> {
	const these = [mails.map(({ topicId }) => topicId), mails.map(({ mailId }) => mailId)];
	await clearOutbox(transaction, mails);
	await transaction.query(
		`
			update mail_deliveries set explanation = null
			where (topic_id, mail_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
		these
	);
	await transaction.query(
		`
			insert into mail_deliveries (topic_id, mail_id, attempt, at, outcome, explanation)
			select topic_id, mail_id, coalesce(d.attempt, 0) + 1, $3, 'refused', 'forgotten'
			from unnest($1::uuid[], $2::uuid[]) as mail (topic_id, mail_id)
			left join lateral (
				select attempt, outcome
				from mail_deliveries
				where topic_id = mail.topic_id and mail_id = mail.mail_id
				order by attempt desc
				limit 1
			) d on true
			where d.outcome is null or d.outcome = 'failed'
			on conflict do nothing`,
		[...these, transaction.at]
	);
	for (const { mailId } of mails) await dropJob(transaction, deliveryKey(mailId));
}

const clearOutboxJob = 'mails.clear-outbox';

/** Files lie outside the database, and outside its transactions. */
async function clearOutbox(transaction: Transaction, mails: readonly Forgotten[]): Promise<void> {
	const { rows } = await transaction.query<Forgotten>(
		`
			select distinct topic_id as "topicId", mail_id as "mailId"
			from mail_deliveries
			where (topic_id, mail_id) in (select * from unnest($1::uuid[], $2::uuid[])) and outcome = 'outbox'`,
		[mails.map(({ topicId }) => topicId), mails.map(({ mailId }) => mailId)]
	);
	for (const { topicId, mailId } of rows)
		await addJob(transaction, clearOutboxJob, { topicId, mailId }, { jobKey: `clear outbox ${mailId}` });
}

/** Removes a mail from the outbox folder whose words are forgotten. For the jobs process. */
export async function dropFromOutbox(database: Database, mailer: Mailer, topicId: string, mailId: string): Promise<void> {
	const mail = await mailById(database, topicId, mailId);
	if (mail) await mailer.forget(mail);
}
