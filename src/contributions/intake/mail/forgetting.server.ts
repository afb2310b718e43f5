import { forgetDetails } from '#activity/recording.server.ts';
import type { Database, Transaction } from '#database/connection.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { forgetMails } from '#mail/forgetting.server.ts';

/** How long a mail that did not become a submission can still be looked at. */
const days = 30;

/**
 * Forgets what the mails say, whence they came, and what was written about them; that there was one stays.
 * @returns the digests of their files, which the caller drops
 */
export async function forgetMailsIn(transaction: Transaction, topicId: string, mailInIds: readonly string[]): Promise<string[]> {
	const { rows: asked } = await transaction.query<{ id: string }>(
		`select asked_mail_id as id from mail_in_readings where ${these} and asked_mail_id is not null`,
		[topicId, mailInIds]
	);
	await forgetMails(
		transaction,
		topicId,
		asked.map(({ id }) => id)
	);
	const { rows } = await transaction.query<{ sha256: string }>(
		`
			select encode(file_sha256, 'hex') as sha256 from mails_in where ${these} and file_sha256 is not null
			union
			select encode(file_sha256, 'hex') from mail_in_files where ${these} and file_sha256 is not null
			order by sha256`,
		[topicId, mailInIds]
	);
	for (const statement of [
		`update mails_in set file_sha256 = null, sender = null where ${these}`,
		`delete from mail_in_files where ${these}`,
		`update mail_in_readings set from_address = '', from_name = '', subject = '', pieces = '[]' where ${these}`,
		`update mail_in_decisions set reason = '' where ${these}`
	])
		await transaction.query(statement, [topicId, mailInIds]);
	await forgetDetails(transaction, { topicId, kind: 'mail-in' }, mailInIds);
	return rows.map(({ sha256 }) => sha256);
}

/**
 * Forgets every mail from an address: whoever had it wants to be known no more. What became a submission stays one; what is held becomes none.
 * @returns by topic, the digests of their files, which the caller drops
 */
export async function forgetMailsFrom(
	transaction: Transaction,
	address: string
): Promise<{ readonly topicId: string; readonly sha256s: readonly string[] }[]> {
	const { rows } = await transaction.query<{ topicId: string; ids: string[] }>(
		`
			select topic_id as "topicId", array_agg(mail_in_id) as ids
			from (
				select topic_id, mail_in_id from mails_in where sender = lower($1)
				union
				select topic_id, mail_in_id from mail_in_readings where lower(from_address) = lower($1)
			) theirs
			group by topic_id
			order by topic_id`,
		[address]
	);
	const dropped = [];
	for (const { topicId, ids } of rows) {
		await transaction.query(
			`
				insert into mail_in_decisions (topic_id, mail_in_id, version, decision, decided_at)
				select topic_id, mail_in_id, 1, 'disowned', $3
				from mails_in m
				where ${these} and not exists (
					select from mail_in_decisions d where d.topic_id = m.topic_id and d.mail_in_id = m.mail_in_id)`,
			[topicId, ids, transaction.at]
		);
		dropped.push({ topicId, sha256s: await forgetMailsIn(transaction, topicId, ids) });
	}
	return dropped;
}

const these = 'topic_id = $1 and mail_in_id = any ($2::uuid[])';

/** The mails from which these contributions came. */
export async function mailsInOf(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[]
): Promise<string[]> {
	const { rows } = await transaction.query<{ id: string }>(
		`select mail_in_id as id from mail_in_decisions where topic_id = $1 and contribution_id = any ($2::uuid[])`,
		[topicId, contributionIds]
	);
	return rows.map(({ id }) => id);
}

/** Mails that were refused, disowned or written by programs are forgotten after a month. For the jobs process. */
export async function forgetOldMailsIn(
	database: Database,
	drop: (transaction: Transaction, topicId: string, sha256s: readonly string[]) => Promise<void>
): Promise<void> {
	const before = new Date(Date.now() + database.clockShift - days * 24 * 3_600_000);
	const { rows } = await database.query<{ topicId: string; ids: string[] }>(
		`
			select topic_id as "topicId", array_agg(mail_in_id) as ids
			from (
				select m.topic_id, m.mail_in_id
				from mails_in m
				join lateral (
					select decision, decided_at from mail_in_decisions d
					where d.topic_id = m.topic_id and d.mail_in_id = m.mail_in_id
					order by version desc
					limit 1
				) d on d.decision in ('refused', 'disowned', 'automatic') and d.decided_at < $1
				where m.file_sha256 is not null
				limit 1000
			) old
			group by topic_id`,
		[before]
	);
	for (const { topicId, ids } of rows)
		await inTransaction(database, async (transaction) =>
			drop(transaction, topicId, await forgetMailsIn(transaction, topicId, ids))
		);
}
