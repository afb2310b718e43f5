import type { Transaction } from '#database/connection.server.ts';

/** Why a mail was not sent that somebody took back; such a mail is not tried again. */
export const takenBack = 'taken back';

/**
 * Mails that wait are not sent any more; their jobs find that out. One statement, however many there are. @returns how many
 * were stopped
 */
export async function stopMails(transaction: Transaction, topicId: string, mailIds: readonly string[]): Promise<number> {
	const { rowCount } = await transaction.query(
		`
			insert into mail_deliveries (topic_id, mail_id, attempt, at, outcome, explanation)
			select m.topic_id, m.mail_id, coalesce(d.attempt, 0) + 1, $3, 'refused', '${takenBack}'
			from mails m
			left join lateral (
				select attempt, outcome
				from mail_deliveries
				where topic_id = m.topic_id and mail_id = m.mail_id
				order by attempt desc
				limit 1
			) d on true
			where m.topic_id = $1 and m.mail_id = any ($2::uuid[]) and (d.outcome is null or d.outcome = 'failed')
			on conflict do nothing`,
		[topicId, mailIds, transaction.at]
	);
	return rowCount;
}
