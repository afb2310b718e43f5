import { asAuthor, type Actor } from '#activity/actor.ts';
import { count } from '#activity/counting.server.ts';
import { record } from '#activity/recording.server.ts';
import { countWords, lockText } from '#contributions/counting-words.server.ts';
import { addContributionVersion } from '#contributions/receiving.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { usableText } from '#languages/usable.ts';
import { concealmentOf } from '#moderation/deciding.server.ts';
import { lockThing } from '#moderation/locking.server.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { isOpenFor } from '#topics/stages/stage.ts';
import type { Topic } from '#topics/topic.ts';

/** What of a submission its author may change. */
export interface SubmissionAsItStands {
	/** of its words; every change is a new one */
	readonly version: number;
	readonly title: string;
	readonly text: string;
	/** null where it is its text alone */
	readonly fileName: string | null;
}

export interface SubmissionChange {
	readonly title: string;
	readonly text: string;
	/** in place of the one that is there, or beside the text; null keeps what there is */
	readonly file: { readonly sha256: string; readonly name: string } | null;
}

/** Null where it was brought in by staff: what came from elsewhere is mended there. */
export async function submissionAsItStands(
	queryable: Queryable,
	topicId: string,
	contributionId: string
): Promise<SubmissionAsItStands | null> {
	const { rows } = await queryable.query<SubmissionAsItStands>(
		`select v.version, s.title, v.text, f.file_name as "fileName"
		from submissions s
		join contributions c using (topic_id, contribution_id)
		join contribution_versions v using (topic_id, contribution_id)
		left join submission_files f on f.topic_id = s.topic_id and f.contribution_id = s.contribution_id and f.part = 1
		where s.topic_id = $1 and s.contribution_id = $2 and c.channel in ('web', 'api')
		order by v.version desc
		limit 1`,
		[topicId, contributionId]
	);
	return rows[0] ?? null;
}

/** Refuses what `changeSubmission` would refuse of a change with a file, before that file is kept; the transaction of the act asks again. */
export function refuseUnchangeable(
	topic: Topic,
	standing: { readonly version: number } | null,
	change: { readonly seen: number; readonly title: string; readonly text: string },
	at: Date
): void {
	usableTitle(change);
	refuseClosed(topic, at);
	if (!standing) throw refusal('not-allowed');
	usableWords(change, true);
	if (standing.version !== change.seen) throw refusal('changed-meanwhile');
}

/**
 * A new version by its author, while submissions are open; whoever asks has shown that they are. The words and the file before stay as
 * they were: what was drawn from them is looked for in the new ones, and is lost where it is not found.
 * @param seen the version that the author was looking at: two tabs must not overwrite each other
 */
export async function changeSubmission(
	database: Database | Transaction,
	{ topicId, contributionId, seen }: { topicId: string; contributionId: string; seen: number },
	change: SubmissionChange,
	actor: Actor
): Promise<void> {
	const title = usableTitle(change);
	await inTransaction(database, async (transaction) => {
		const topic = await topicOf(transaction, topicId);
		refuseClosed(topic, transaction.at);
		await lockThing(transaction, { topicId, thingId: contributionId });
		await lockText(transaction, topicId, contributionId);
		const standing = await submissionAsItStands(transaction, topicId, contributionId);
		if (!standing) throw refusal('not-allowed');
		const mayBeEmpty = standing.fileName !== null || change.file !== null;
		const text = usableWords(change, mayBeEmpty);
		const thing = { topicId, kind: 'submission', thingId: contributionId } as const;
		const concealed = await concealmentOf(transaction, thing);
		if (concealed !== null && concealed !== 'held') throw refusal('not-found');
		if (standing.version !== seen) throw refusal('changed-meanwhile');
		if (text === standing.text && title === standing.title && change.file === null) return;

		const { language, participantNumber } = await whoseAndHow(transaction, topicId, contributionId);
		await addContributionVersion(transaction, { topicId, contributionId, version: seen + 1, text, language });
		if (title !== standing.title) await changeTitle(transaction, { topicId, contributionId, seen }, standing.title, title);
		if (change.file) await changeFile(transaction, topicId, contributionId, change.file);
		await countWords(transaction, topicId, contributionId);
		await readAgain(transaction, topicId, contributionId);
		if (concealed === null && (await holdIfRuled(transaction, thing, { text: `${title}\n${text}`, participantNumber })))
			await count(transaction, topicId, 'submissions', -1);
		const details = { version: seen + 1 };
		await record(transaction, {
			topicId,
			actor: asAuthor(actor),
			did: 'changed',
			kind: 'submission',
			thingId: contributionId,
			details
		});
	});
}

function refuseClosed(topic: Topic, at: Date): void {
	if (topic.archivedAt !== null) throw refusal('topic-archived');
	if (!isOpenFor(topic.stages, 'submissions', at)) throw refusal('stage-closed');
}

function usableTitle({ title }: Pick<SubmissionChange, 'title'>): string {
	return usableText(title, { max: submissionLimits.title, what: 'title' }).trim();
}

function usableWords({ text }: Pick<SubmissionChange, 'text'>, mayBeEmpty: boolean): string {
	return usableText(text, { max: submissionLimits.text, what: 'text', mayBeEmpty });
}

async function whoseAndHow(queryable: Queryable, topicId: string, contributionId: string) {
	const { rows } = await queryable.query<{ language: string; participantNumber: number | null }>(
		`select language, participant_number as "participantNumber"
		from contributions
		where topic_id = $1 and contribution_id = $2`,
		[topicId, contributionId]
	);
	return rows[0]!;
}

async function changeTitle(
	transaction: Transaction,
	{ topicId, contributionId, seen }: { topicId: string; contributionId: string; seen: number },
	before: string,
	title: string
): Promise<void> {
	await transaction.query(
		`insert into former_titles (topic_id, contribution_id, version, title, replaced_at)
		values ($1, $2, $3, $4, $5)`,
		[topicId, contributionId, seen, before, transaction.at]
	);
	await transaction.query(`update submissions set title = $3 where topic_id = $1 and contribution_id = $2`, [
		topicId,
		contributionId,
		title
	]);
}

/** The form has one file: part 1. Its reading is asked for anew, as the next version of that part. */
async function changeFile(
	transaction: Transaction,
	topicId: string,
	contributionId: string,
	file: { readonly sha256: string; readonly name: string }
): Promise<void> {
	await transaction.query(
		`insert into former_files (topic_id, contribution_id, part, file_version, file_sha256, file_name, replaced_at)
		select topic_id, contribution_id, part, file_version, file_sha256, file_name, $3
		from submission_files
		where topic_id = $1 and contribution_id = $2 and part = 1`,
		[topicId, contributionId, transaction.at]
	);
	await transaction.query(
		`insert into submission_files (topic_id, contribution_id, part, file_sha256, file_name)
		values ($1, $2, 1, decode($3, 'hex'), $4)
		on conflict (topic_id, contribution_id, part) do update
		set file_sha256 = excluded.file_sha256, file_name = excluded.file_name, file_version = submission_files.file_version + 1`,
		[topicId, contributionId, file.sha256, file.name]
	);
	await addJob(transaction, 'contributions.extract', { topicId, contributionId }, { jobKey: `extract ${contributionId}` });
}

/** Who had read it finds it among what is to be read. */
async function readAgain(transaction: Transaction, topicId: string, contributionId: string): Promise<void> {
	await transaction.query(
		`insert into readings (topic_id, contribution_id, version, account_id, outcome, at)
		select topic_id, contribution_id, version + 1, account_id, 'reopened', $3
		from readings r
		where topic_id = $1 and contribution_id = $2 and outcome <> 'reopened'
			and version = (select max(version) from readings where topic_id = $1 and contribution_id = $2)`,
		[topicId, contributionId, transaction.at]
	);
}
