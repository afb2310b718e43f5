import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { filedTo } from './forms.server.ts';

/** How long a picture of a form stays from which nothing could be typed. */
const days = 30;

/**
 * Forgets the pictures of the forms from which these texts were typed: the words stand on them in their author's hand.
 * @returns the digests of their files, which the caller drops
 */
export async function forgetScansOf(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[]
): Promise<string[]> {
	const { rows } = await transaction.query<{ number: number }>(
		`select distinct form_number as number from paper_texts where topic_id = $1 and contribution_id = any ($2::uuid[])`,
		[topicId, contributionIds]
	);
	return forgetScansOfForms(
		transaction,
		topicId,
		rows.map(({ number }) => number)
	);
}

/** The same once its author has taken back all that was typed from the form: what still stands rests on the picture. */
export async function forgetScansOfWithdrawn(
	transaction: Transaction,
	topicId: string,
	contributionId: string
): Promise<string[]> {
	const { rows } = await transaction.query<{ number: number }>(
		`
			select form_number as number
			from paper_texts t
			left join withdrawals w using (topic_id, contribution_id)
			where t.topic_id = $1 and t.form_number = (
				select form_number from paper_texts where topic_id = $1 and contribution_id = $2)
			group by form_number
			having bool_and(w.withdrawn_at is not null)`,
		[topicId, contributionId]
	);
	return forgetScansOfForms(
		transaction,
		topicId,
		rows.map(({ number }) => number)
	);
}

export async function forgetScansOfForms(
	transaction: Transaction,
	topicId: string,
	numbers: readonly number[]
): Promise<string[]> {
	if (numbers.length === 0) return [];
	const { rows } = await transaction.query<{ sha256: string }>(
		`
			with theirs as (
				select scan_id, file_sha256
				from paper_scans s
				where s.topic_id = $1 and s.file_sha256 is not null and ${filedTo('s')} = any ($2::int[])
			), forgotten as (
				update paper_scans s
				set file_sha256 = null, file_name = ''
				from theirs
				where s.topic_id = $1 and s.scan_id = theirs.scan_id
			)
			select distinct encode(file_sha256, 'hex') as sha256 from theirs order by sha256`,
		[topicId, numbers]
	);
	return rows.map(({ sha256 }) => sha256);
}

/** Pictures of empty and illegible forms are forgotten after a month. For the jobs process. */
export async function forgetOldScans(
	database: Database,
	drop: (transaction: Transaction, topicId: string, sha256s: readonly string[]) => Promise<void>
): Promise<void> {
	const before = new Date(Date.now() + database.clockShift - days * 24 * 3_600_000);
	const { rows } = await database.query<{ topicId: string; numbers: number[] }>(
		`
			select f.topic_id as "topicId", array_agg(f.form_number) as numbers
			from paper_forms f
			join lateral (
				select outcome, decided_at from paper_outcomes o
				where o.topic_id = f.topic_id and o.form_number = f.form_number
				order by version desc
				limit 1
			) o on o.outcome in ('empty', 'illegible') and o.decided_at < $1
			where exists (
				select from paper_filings p
				join paper_scans s using (topic_id, scan_id)
				where p.topic_id = f.topic_id and p.form_number = f.form_number and s.file_sha256 is not null)
			group by f.topic_id`,
		[before]
	);
	for (const { topicId, numbers } of rows)
		await inTransaction(database, async (transaction) =>
			drop(transaction, topicId, await forgetScansOfForms(transaction, topicId, numbers))
		);
}
