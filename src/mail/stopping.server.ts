import type { Queryable, Transaction } from '#database/connection.server.ts';

/** Mail of a kind to an address; `topicId` is the nil topic where it is not about one talk. */
export interface MailKind {
	readonly topicId: string;
	readonly address: string;
	readonly kind: string;
}

/** The address gets no more mail of the kind. */
export async function stopMail(transaction: Transaction, { topicId, address, kind }: MailKind): Promise<void> {
	await transaction.query(
		`insert into mail_stops (topic_id, address, kind, stopped_at)
		values ($1, lower($2), $3, $4)
		on conflict do nothing`,
		[topicId, address, kind, transaction.at]
	);
}

export async function resumeMail(transaction: Transaction, { topicId, address, kind }: MailKind): Promise<void> {
	await transaction.query(`delete from mail_stops where topic_id = $1 and address = lower($2) and kind = $3`, [
		topicId,
		address,
		kind
	]);
}

export async function isMailStopped(queryable: Queryable, { topicId, address, kind }: MailKind): Promise<boolean> {
	const { rowCount } = await queryable.query(`select from mail_stops where topic_id = $1 and address = lower($2) and kind = $3`, [
		topicId,
		address,
		kind
	]);
	return rowCount > 0;
}

/** Whether the address was sent a mail of the kind since then. */
export async function wasWrittenTo(queryable: Queryable, { topicId, address, kind }: MailKind, since: Date): Promise<boolean> {
	const { rowCount } = await queryable.query(
		`select from mails
		where topic_id = $1 and lower(to_address) = lower($2) and kind = $3 and queued_at > $4
		limit 1`,
		[topicId, address, kind, since]
	);
	return rowCount > 0;
}
