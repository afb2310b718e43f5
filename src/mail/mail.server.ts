import type { Queryable, Transaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { addJob, addJobs } from '#jobs/jobs.server.ts';
import { takenBack } from '#mail/stopping-mails.server.ts';
import { forgetUnreachable } from '#mail/unreachable.server.ts';
import { refusal } from '#refusals/refusal.ts';

/** A mail as it will be read: finished plain text in the receiver's language. */
export interface Mail {
	readonly topicId: string;
	readonly to: string;
	readonly language: string;
	/** What it is about, for the list of staff: 'sign-in-code', 'invitation' … */
	readonly kind: string;
	readonly subject: string;
	readonly body: string;
	/** where one click ends mail of this kind; null for what a person asked for or needs */
	readonly unsubscribeUrl?: string | null;
	/** where an answer goes; null: to the address from which we write */
	readonly replyTo?: string | null;
	/** a file for calendars (RFC 5545) that goes with it */
	readonly calendar?: string | null;
}

/** The name of the job that delivers a mail. */
export const deliverMailJob = 'mails.deliver';

/** Under which the delivery of a mail waits. */
export const deliveryKey = (mailId: string) => `mail ${mailId}`;

/** Tries farther and farther apart, six hours at last, reach over two days: a mail server may be away for one. */
const triesOfAMail = 18;

/** Queues the mail in the transaction of what it tells: both happen, or neither. Returns the mail's id, which its words may need before. */
export async function queueMail(transaction: Transaction, mail: Mail, mailId = uuidv7()): Promise<string> {
	await insertMails(transaction, [{ ...mail, mailId }]);
	await addDelivery(transaction, mail.topicId, mailId);
	return mailId;
}

/** The same for many, which wait behind single ones: nobody's code to sign in comes after a hundred thousand notices. */
export async function queueMails(
	transaction: Transaction,
	mails: readonly (Mail & { readonly mailId: string })[]
): Promise<void> {
	if (mails.length === 0) return;
	await insertMails(transaction, mails);
	await addJobs(
		transaction,
		deliverMailJob,
		mails.map(({ topicId, mailId }) => ({ payload: { topicId, mailId }, jobKey: deliveryKey(mailId) })),
		{ maxAttempts: triesOfAMail }
	);
}

async function insertMails(transaction: Transaction, mails: readonly (Mail & { readonly mailId: string })[]): Promise<void> {
	await transaction.query(
		`
			insert into mails (topic_id, mail_id, to_address, language, kind, subject, body, unsubscribe_url, reply_to, calendar, queued_at)
			select *, $11
			from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])`,
		[
			mails.map(({ topicId }) => topicId),
			mails.map(({ mailId }) => mailId),
			mails.map(({ to }) => to),
			mails.map(({ language }) => language),
			mails.map(({ kind }) => kind),
			mails.map(({ subject }) => oneLine(subject)),
			mails.map(({ body }) => body),
			mails.map(({ unsubscribeUrl }) => unsubscribeUrl ?? null),
			mails.map(({ replyTo }) => replyTo ?? null),
			mails.map(({ calendar }) => calendar ?? null),
			transaction.at
		]
	);
}

/** Tries a mail again that failed or was refused. */
export async function retryMail(transaction: Transaction, topicId: string, mailId: string): Promise<void> {
	const mail = await mailById(transaction, topicId, mailId);
	if (!mail) throw refusal('not-found');
	if ((mail.state !== 'failed' && mail.state !== 'refused') || mail.explanation === takenBack) return;
	await forgetUnreachable(transaction, mail.to);
	await addDelivery(transaction, topicId, mailId);
}

export interface QueuedMail extends Mail {
	readonly mailId: string;
	readonly queuedAt: Date;
	readonly state: MailState;
	readonly attempts: number;
	readonly lastAttemptAt: Date | null;
	readonly explanation: string | null;
}

export const mailStates = ['waiting', 'sent', 'outbox', 'failed', 'refused'] as const;
export type MailState = (typeof mailStates)[number];

/** The mails of all topics, newest first, a page of 50; `before` is the id of the last one seen. */
export async function mails(
	queryable: Queryable,
	{ state, before }: { state?: MailState | undefined; before?: string | undefined } = {}
): Promise<QueuedMail[]> {
	const { rows } = await queryable.query<QueuedMail>(
		`
			select * from (${mailWithState}) as mail
			where ($1::text is null or state = $1) and ($2::uuid is null or "mailId" < $2)
			order by "mailId" desc
			limit 50`,
		[state ?? null, before ?? null]
	);
	return rows;
}

export async function mailById(queryable: Queryable, topicId: string, mailId: string): Promise<QueuedMail | null> {
	const { rows } = await queryable.query<QueuedMail>(`${mailWithState} where m.topic_id = $1 and m.mail_id = $2`, [
		topicId,
		mailId
	]);
	return rows[0] ?? null;
}

/** How many mails stand how. */
export async function mailCounts(queryable: Queryable): Promise<Record<MailState, number>> {
	const { rows } = await queryable.query<{ state: MailState; count: number }>(
		`select state, count(*)::int as count from (${mailWithState}) as mail group by state`
	);
	return {
		waiting: 0,
		sent: 0,
		outbox: 0,
		failed: 0,
		refused: 0,
		...Object.fromEntries(rows.map(({ state, count }) => [state, count]))
	};
}

const mailWithState = `
	select m.topic_id as "topicId", m.mail_id as "mailId", m.to_address as "to", m.language, m.kind, m.subject, m.body,
		m.unsubscribe_url as "unsubscribeUrl", m.reply_to as "replyTo", m.calendar,
		m.queued_at as "queuedAt", coalesce(d.outcome, 'waiting') as state, coalesce(d.attempt, 0) as attempts,
		d.at as "lastAttemptAt", d.explanation
	from mails m
	left join lateral (
		select attempt, at, outcome, explanation
		from mail_deliveries
		where topic_id = m.topic_id and mail_id = m.mail_id
		order by attempt desc
		limit 1
	) d on true`;

async function addDelivery(transaction: Transaction, topicId: string, mailId: string): Promise<void> {
	await addJob(transaction, deliverMailJob, { topicId, mailId }, { jobKey: deliveryKey(mailId), maxAttempts: triesOfAMail });
}

/** A subject is one line: what a person typed into it must not become a header of its own. */
function oneLine(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}
