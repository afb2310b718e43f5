import type { Queryable, Transaction } from '#database/connection.server.ts';

/** A mail of ours that came back for good. */
export interface CameBack {
	/** as the other server names it */
	readonly recipient: string;
	/** that the report names: "<…@…>"; ours are among them, or it is none of ours */
	readonly messageIds: readonly string[];
	readonly explanation: string;
}

/**
 * Notes that an address takes no mail. Believed only of a mail that we sent to just this address: its id is known to nobody else.
 * @returns whether it was ours
 */
export async function noteUnreachable(
	transaction: Transaction,
	{ recipient, messageIds, explanation }: CameBack
): Promise<boolean> {
	const ids = messageIds.flatMap((messageId) => /^<([0-9a-f-]{36})@/u.exec(messageId)?.[1] ?? []);
	const { rows } = await transaction.query<{ topicId: string; mailId: string }>(
		`
			select topic_id as "topicId", mail_id as "mailId"
			from mails
			where mail_id = any ($1::uuid[]) and lower(to_address) = $2
			limit 1`,
		[ids, recipient]
	);
	const mail = rows[0];
	if (!mail) return false;
	const { topicId, mailId } = mail;
	await transaction.query(
		`
			insert into unreachable_addresses (address, since, topic_id, mail_id, explanation)
			values ($1, $2, $3, $4, $5)
			on conflict (address) do nothing`,
		[recipient, transaction.at, topicId, mailId, explanation]
	);
	await transaction.query(
		`
			insert into mail_deliveries (topic_id, mail_id, attempt, at, outcome, explanation)
			select $1, $2, coalesce(max(attempt), 0) + 1, $3, 'refused', $4
			from mail_deliveries
			where topic_id = $1 and mail_id = $2
			on conflict do nothing`,
		[topicId, mailId, transaction.at, explanation]
	);
	return true;
}

export async function isUnreachable(queryable: Queryable, address: string): Promise<boolean> {
	return (await queryable.query(`select from unreachable_addresses where address = lower($1)`, [address])).rowCount > 0;
}

/** Somebody tries it again: it may have been mended. */
export async function forgetUnreachable(transaction: Transaction, address: string): Promise<void> {
	await transaction.query(`delete from unreachable_addresses where address = lower($1)`, [address]);
}
