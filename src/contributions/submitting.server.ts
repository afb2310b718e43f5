import type { Attribution } from '#contributions/contribution.ts';
import { count } from '#activity/counting.server.ts';
import { nextNumber } from '#activity/recording.server.ts';
import type { Actor } from '#activity/actor.ts';
import { giveReceipt, receiptOfContribution, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { receiveContribution } from '#contributions/receiving.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { wordsIn } from '#contributions/words.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import type { Suspicion } from '#moderation/rules.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { isOpenFor } from '#topics/stages/stage.ts';
import type { Topic } from '#topics/topic.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

export interface SubmissionDraft {
	readonly topicId: string;
	readonly title: string;
	/** may be empty where a file is sent */
	readonly text: string;
	/** already in the file store */
	readonly file: { readonly sha256: string; readonly name: string } | null;
	readonly questionId: string | null;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly channel: 'web' | 'api';
	readonly requestKey: string | null;
	/** why its sending looks like a program's */
	readonly suspicion?: Suspicion | null;
}

export interface SubmissionSent {
	readonly contributionId: string;
	readonly receipt: Receipt;
	/** held until a moderator has looked at it */
	readonly held: boolean;
	readonly isNew: boolean;
}

/** What a person typed, and whether a file comes with it: what can be refused before a file is kept. */
export type TypedSubmission = Omit<SubmissionDraft, 'file'> & { readonly file: unknown };

/** Refuses what `submitText` would refuse, before its file is kept; the transaction of the act asks again. */
export function refuseUnsendable(topic: Topic, typed: TypedSubmission, actor: Actor, at: Date): void {
	usableSubmission(typed);
	refuseClosed(topic, at);
	if (actor.kind === 'visitor' && !actor.visitorId) throw refusal('no-visitor');
}

/** Takes a long text, a file or both. A file is read by a job; until then its submission stands without that text. */
export async function submitText(
	database: Database,
	keys: TopicKeys,
	draft: SubmissionDraft,
	actor: Actor
): Promise<SubmissionSent> {
	const { topicId, file, questionId, attribution, channel, requestKey } = draft;
	const { title, text, name, language } = usableSubmission(draft);
	return inTransaction(database, async (transaction) => {
		const topic = await topicOf(transaction, topicId);
		refuseClosed(topic, transaction.at);
		if (questionId !== null && !topic.questions.some((question) => question.questionId === questionId))
			throw refusal('not-found');
		const participant = await participantOf(transaction, keys, topicId, actor);
		const { contributionId, isNew } = await receiveContribution(transaction, {
			...{ topicId, kind: 'submission', channel, participant, attribution, name, text, language, requestKey }
		});
		const thing = { topicId, kind: 'submission', thingId: contributionId } as const;
		if (!isNew) return { contributionId, receipt: await receiptOf(transaction, topicId, contributionId), held: false, isNew };
		const words = { text: `${title}\n${text}`, participantNumber: participant.number, suspicion: draft.suspicion ?? null };
		const held = await holdIfRuled(transaction, thing, words);
		const receipt = await giveReceipt(transaction, keys, topicId, contributionId);
		const number = await writeSubmission(transaction, {
			topicId,
			contributionId,
			title,
			questionId,
			words: wordsIn(text),
			files: file ? [file] : []
		});
		if (file)
			await addJob(transaction, 'contributions.extract', { topicId, contributionId }, { jobKey: `extract ${contributionId}` });
		if (!held) {
			await count(transaction, topicId, 'submissions', 1);
			await announce(transaction, { topicId, event: 'submission.published', path: `/submissions/${number}` });
		}
		return { contributionId, receipt, held, isNew };
	});
}

function usableSubmission({ title, text, file, attribution, name, language }: TypedSubmission) {
	const usable = {
		title: usableText(title, { max: submissionLimits.title, what: 'title' }).trim(),
		text: usableText(text, { max: submissionLimits.text, what: 'text', mayBeEmpty: file !== null }),
		name: attribution === 'named' ? usableText(name ?? '', { max: submissionLimits.name, what: 'name' }) : null
	};
	const tag = languageTag(language);
	if (tag === null) throw refusal('unknown-language', { tag: language });
	return { ...usable, language: tag };
}

function refuseClosed(topic: Topic, at: Date): void {
	if (topic.publishedAt === null) throw refusal('not-found');
	if (topic.archivedAt !== null) throw refusal('topic-archived');
	if (!isOpenFor(topic.stages, 'submissions', at)) throw refusal('stage-closed');
}

async function receiptOf(transaction: Transaction, topicId: string, contributionId: string): Promise<Receipt> {
	const receipt = await receiptOfContribution(transaction, topicId, contributionId);
	// the key was used for something else: a program that takes one key for two things
	if (!receipt) throw refusal('request-key-taken');
	return receipt;
}

export interface NewSubmission {
	readonly topicId: string;
	readonly contributionId: string;
	readonly title: string;
	readonly abstract?: string;
	readonly keywords?: string;
	readonly area?: string;
	readonly entitledBy?: string;
	readonly organisationAsWritten?: string;
	readonly sectorAsWritten?: string;
	readonly regionAsWritten?: string;
	readonly questionId?: string | null;
	readonly importKey?: string | null;
	readonly words: number;
	readonly files: readonly { readonly sha256: string; readonly name: string }[];
}

/** What stood in the form, beside the contribution of the same id; returns the number that people see. */
export async function writeSubmission(transaction: Transaction, submission: NewSubmission): Promise<number> {
	const { topicId, contributionId, files } = submission;
	const number = await nextNumber(transaction, topicId, 'submissions');
	await transaction.query({
		name: 'submission-write',
		text: `
			insert into submissions (topic_id, contribution_id, submission_number, title, abstract, keywords, area, entitled_by,
				organisation_as_written, sector_as_written, region_as_written, question_id, words, import_key)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		values: [
			topicId,
			contributionId,
			number,
			submission.title,
			submission.abstract ?? '',
			submission.keywords ?? '',
			submission.area ?? '',
			submission.entitledBy ?? '',
			submission.organisationAsWritten ?? '',
			submission.sectorAsWritten ?? '',
			submission.regionAsWritten ?? '',
			submission.questionId ?? null,
			submission.words,
			submission.importKey ?? null
		]
	});
	if (files.length > 0) {
		await transaction.query({
			name: 'submission-files-write',
			text: `
				insert into submission_files (topic_id, contribution_id, part, file_sha256, file_name)
				select $1, $2, given.part, decode(given.sha256, 'hex'), given.name
				from unnest($3::text[], $4::text[]) with ordinality as given (sha256, name, part)`,
			values: [topicId, contributionId, files.map((file) => file.sha256), files.map((file) => file.name)]
		});
	}
	return number;
}
