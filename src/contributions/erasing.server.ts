import { forgetRequests } from '#activity/recording.server.ts';
import type { Database, Queryable, Transaction } from '#database/connection.server.ts';
import type { FileStore } from '#files/store.server.ts';
import { forgetMailsIn, mailsInOf } from '#contributions/intake/mail/forgetting.server.ts';
import { forgetScansOf } from '#contributions/intake/paper/forgetting.server.ts';
import { addJob } from '#jobs/jobs.server.ts';

/** The name of the job that removes a file; it lies outside the database, and outside its transactions. */
export const dropFileJob = 'contributions.drop-file';

/**
 * Erases the words of contributions wherever this folder keeps them: every version, title, name, passage and reading of a file. What is
 * left is that there was a text, its commitment (which tells nothing without its random number), and its receipt. The link to the
 * participant is cut.
 * Returns those that were not erased before.
 */
export async function eraseWords(
	transaction: Transaction,
	topicId: string,
	contributionIds: readonly string[],
	accountId: string | null
): Promise<string[]> {
	const { rows } = await transaction.query<{ id: string }>(
		`insert into erasures (topic_id, contribution_id, erased_at, erased_by)
		select topic_id, contribution_id, $3, $4
		from contributions
		where topic_id = $1 and contribution_id = any ($2::uuid[])
		order by contribution_id
		on conflict do nothing
		returning contribution_id as id`,
		[topicId, contributionIds, transaction.at, accountId]
	);
	const ids = rows.map(({ id }) => id);
	for (const statement of statements) await transaction.query(statement, [topicId, ids]);
	await forgetRequests(transaction, topicId, ids);
	await dropFiles(transaction, topicId, ids);
	const mails = await mailsInOf(transaction, topicId, ids);
	await dropLater(transaction, topicId, await forgetMailsIn(transaction, topicId, mails));
	await dropLater(transaction, topicId, await forgetScansOf(transaction, topicId, ids));
	return ids;
}

const these = `where topic_id = $1 and contribution_id = any ($2::uuid[])`;
const statements = [
	`update contribution_versions set text = '', nonce = null ${these}`,
	`delete from contribution_names ${these}`,
	`update withdrawals set reason = '' ${these}`,
	`update receipt_answers a
	set words = ''
	from receipt_requests r
	where a.topic_id = $1 and r.topic_id = $1 and r.contribution_id = any ($2::uuid[]) and a.request_id = r.request_id and a.words <> ''`,
	`update receipt_requests set words = '' ${these}`,
	// before the forms go: a reading of words that stand in no other form
	`delete from corrections c
	where topic_id = $1 and exists (
			select from submissions s
			where s.topic_id = $1 and s.contribution_id = any ($2::uuid[])
				and c.as_written = case c.field when 'sector' then s.sector_as_written else s.region_as_written end)
		and not exists (
			select from submissions s
			where s.topic_id = $1 and s.contribution_id <> all ($2::uuid[])
				and c.as_written = case c.field when 'sector' then s.sector_as_written else s.region_as_written end)`,
	`update passages set quote = '', prefix = '', suffix = '' ${these}`,
	`update extracted_texts set text = '', encoding = null ${these}`,
	`delete from former_titles ${these}`,
	`update submissions
	set title = '', abstract = '', keywords = '', area = '', entitled_by = '', organisation_as_written = '', sector_as_written = '',
		region_as_written = '', words = 0
	${these}`,
	`delete from followers where topic_id = $1 and thing_id = any ($2::uuid[])`,
	`delete from joined_receipts ${these}`,
	`update contributions set participant_number = null, profile_number = null, attribution = 'anonymous' ${these}`
];

/** The participants will hear no news any more. */
export async function forgetFollowers(
	transaction: Transaction,
	topicId: string,
	participantNumbers: readonly number[]
): Promise<void> {
	await transaction.query(`delete from followers where topic_id = $1 and participant_number = any ($2::int[])`, [
		topicId,
		participantNumbers
	]);
}

/** Erases single versions: words of somebody else that its author had taken over. */
export async function eraseVersions(
	transaction: Transaction,
	{ topicId, contributionId, versions }: { topicId: string; contributionId: string; versions: readonly number[] }
): Promise<void> {
	await transaction.query(
		`update contribution_versions
		set text = '', nonce = null
		where topic_id = $1 and contribution_id = $2 and version = any ($3::int[])`,
		[topicId, contributionId, versions]
	);
}

/** Every text of the contribution: all versions, and all that was read from its files. */
export async function wordsEverSaid(queryable: Queryable, topicId: string, contributionId: string): Promise<string[]> {
	const { rows } = await queryable.query<{ text: string }>(
		`select text from contribution_versions where topic_id = $1 and contribution_id = $2
		union all
		select text from extracted_texts where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId]
	);
	return rows.map(({ text }) => text).filter((text) => text !== '');
}

/** Everything that the participants sent in the topic. */
export async function sentBy(queryable: Queryable, topicId: string, participantNumbers: readonly number[]): Promise<string[]> {
	const { rows } = await queryable.query<{ id: string }>(
		`select contribution_id as id
		from contributions
		where topic_id = $1 and participant_number = any ($2::int[])
		order by contribution_id`,
		[topicId, participantNumbers]
	);
	return rows.map(({ id }) => id);
}

const isNamed = `
	exists (select from submission_files n where n.file_sha256 = f.sha256)
	or exists (select from former_files n where n.file_sha256 = f.sha256)
	or exists (select from documents n where n.file_sha256 = f.sha256)
	or exists (select from imports n where n.file_sha256 = f.sha256)
	or exists (select from export_archives n where n.file_sha256 = f.sha256)
	or exists (select from mails_in n where n.file_sha256 = f.sha256)
	or exists (select from mail_in_files n where n.file_sha256 = f.sha256)
	or exists (select from paper_scans n where n.file_sha256 = f.sha256)
	or exists (select from note_photos n where n.file_sha256 = f.sha256)`;

/** Forgets a file that nobody's submission has any more. For the jobs process. */
export async function dropFile(database: Database, files: FileStore, sha256: string): Promise<void> {
	const { rowCount } = await database.query(`select from files f where f.sha256 = $1 and (${isNamed})`, [
		Buffer.from(sha256, 'hex')
	]);
	if (rowCount === 0) await files.remove(sha256);
}

const aDay = 24 * 3_600_000;

/** Forgets the files that came a day ago or earlier and that nothing names: what they were sent with was refused. For the jobs process. */
export async function dropUnnamedFiles(database: Database, files: FileStore): Promise<void> {
	const before = new Date(Date.now() + database.clockShift - aDay);
	const { rows } = await database.query<{ sha256: string }>(
		`select encode(f.sha256, 'hex') as sha256
		from files f
		where f.stored_at < $1 and not (${isNamed})
		order by f.stored_at
		limit 1000`,
		[before]
	);
	for (const { sha256 } of rows) await files.remove(sha256, before);
}

async function dropFiles(transaction: Transaction, topicId: string, contributionIds: readonly string[]): Promise<void> {
	const { rows } = await transaction.query<{ sha256: string }>(
		`with current as (
			delete from submission_files ${these} returning file_sha256
		), former as (
			delete from former_files ${these} returning file_sha256
		)
		select encode(file_sha256, 'hex') as sha256 from current
		union
		select encode(file_sha256, 'hex') from former
		order by sha256`,
		[topicId, contributionIds]
	);
	await dropLater(
		transaction,
		topicId,
		rows.map(({ sha256 }) => sha256)
	);
}

/** Has a job forget the files that nothing names any more. */
export async function dropLater(transaction: Transaction, topicId: string, sha256s: readonly string[]): Promise<void> {
	for (const sha256 of sha256s) await addJob(transaction, dropFileJob, { topicId, sha256 }, { jobKey: `drop file ${sha256}` });
}
