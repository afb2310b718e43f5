import type { Attribution } from '#contributions/contribution.ts';
import { count } from '#activity/counting.server.ts';
import { accountOf, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { isRapporteur } from '#activity/staff.ts';
import { giveReceipt, receiptOfContribution, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { receiveContribution } from '#contributions/receiving.server.ts';
import { submissionLimits } from '#contributions/submission.ts';
import { writeSubmission, type SubmissionSent } from '#contributions/submitting.server.ts';
import { wordsIn } from '#contributions/words.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { usableText } from '#languages/usable.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { bringInParticipants } from '#topics/participants/bringing-in.server.ts';
import { participantOf, raiseAssurance, type Participant } from '#topics/participants/participants.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { mailInOf, type MailIn } from './mails-in.server.ts';
import { ownWords } from './quoting.ts';

export interface NamedMail {
	readonly topicId: string;
	readonly mailInId: string;
}

export interface ConfirmedAs {
	readonly attribution: Attribution;
	readonly name: string;
	/** the numbers of the attachments that are part of it; null: all that we read */
	readonly parts?: readonly number[] | null;
}

/** Its sender, who has the link that we sent there, says that it is theirs and how it shall stand. A second time finds the first. */
export async function confirmMail(
	database: Database,
	keys: TopicKeys,
	mail: NamedMail,
	as: ConfirmedAs,
	actor: Actor
): Promise<SubmissionSent> {
	return inTransaction(database, async (transaction) => {
		const known = await locked(transaction, mail);
		const made = await madeBefore(transaction, known);
		if (made) return made;
		if (known.state !== 'held') throw refusal('already-decided');
		await refuseFinished(transaction, mail.topicId);
		const participant = await participantOf(transaction, keys, mail.topicId, actor);
		const raised = await raiseAssurance(transaction, mail.topicId, participant, 'e-mail');
		return become(transaction, keys, known, { ...as, participant: raised, decision: 'confirmed', by: null });
	});
}

/** Staff take it in spite of all: its sender did not answer, or was never asked. */
export async function acceptMail(
	database: Database,
	keys: TopicKeys,
	mail: NamedMail,
	as: ConfirmedAs,
	actor: Actor
): Promise<SubmissionSent> {
	if (!isRapporteur(actor, mail.topicId)) throw refusal('not-allowed');
	return inTransaction(database, async (transaction) => {
		const known = await locked(transaction, mail);
		if (known.contributionId !== null || known.state === 'disowned') throw refusal('already-decided');
		if (known.sha256 === null || known.reason === 'broken' || known.reason === 'parts') throw refusal('mail-unusable');
		await refuseFinished(transaction, mail.topicId);
		const nobody = { groups: [], country: null, region: null, organisationId: null, capacity: null, reads: [] };
		const [participant] = await bringInParticipants(transaction, mail.topicId, [nobody]);
		const sent = await become(transaction, keys, known, {
			...as,
			participant: participant!,
			decision: 'accepted',
			by: accountOf(actor)
		});
		await record(transaction, { ...thingOf(mail), actor, did: 'accepted' });
		return sent;
	});
}

/** Staff do not take it, and say why; they may still do so later. */
export async function refuseMail(database: Database, mail: NamedMail, reason: string, actor: Actor): Promise<void> {
	if (!isRapporteur(actor, mail.topicId)) throw refusal('not-allowed');
	const words = usableText(reason, { max: 500, what: 'reason' }).trim();
	await inTransaction(database, async (transaction) => {
		const known = await locked(transaction, mail);
		if (known.state !== 'held') throw refusal('already-decided');
		await decide(transaction, mail, { decision: 'refused', reason: words, contributionId: null, by: accountOf(actor) });
		await record(transaction, { ...thingOf(mail), actor, did: 'refused', reason: words });
	});
}

/** Whoever has the link says that they never wrote it. */
export async function disownMail(database: Database, mail: NamedMail): Promise<void> {
	await inTransaction(database, async (transaction) => {
		const known = await locked(transaction, mail);
		if (known.state === 'disowned') return;
		if (known.state !== 'held') throw refusal('already-decided');
		await decide(transaction, mail, { decision: 'disowned', reason: '', contributionId: null, by: null });
	});
}

interface Becoming extends ConfirmedAs {
	readonly participant: Participant;
	readonly decision: 'confirmed' | 'accepted';
	/** the account of who accepted it; null for its sender */
	readonly by: string | null;
}

async function become(
	transaction: Transaction,
	keys: TopicKeys,
	mail: MailIn,
	{ attribution, name: asWritten, parts, participant, decision, by }: Becoming
): Promise<SubmissionSent> {
	const { topicId, language } = mail;
	const text = ownWords(mail.pieces);
	const files = mail.files.flatMap(({ part, sha256, name }) =>
		sha256 !== null && (parts?.includes(part) ?? true) ? [{ sha256, name }] : []
	);
	if (text === '' && files.length === 0) throw refusal('unusable-text', { reason: 'empty', what: 'text', max: 0 });
	const title = titleOf(mail, text);
	const name = attribution === 'named' ? usableText(asWritten, { max: submissionLimits.name, what: 'name' }).trim() : null;
	const { contributionId } = await receiveContribution(transaction, {
		...{ topicId, kind: 'submission', channel: 'e-mail', participant, attribution, name, text, language }
	});
	const thing = { topicId, kind: 'submission', thingId: contributionId } as const;
	const held = await holdIfRuled(transaction, thing, { text: `${title}\n${text}`, participantNumber: participant.number });
	const receipt = await giveReceipt(transaction, keys, topicId, contributionId);
	await writeSubmission(transaction, { topicId, contributionId, title, words: wordsIn(text), files });
	if (files.length > 0)
		await addJob(transaction, 'contributions.extract', { topicId, contributionId }, { jobKey: `extract ${contributionId}` });
	if (!held) await count(transaction, topicId, 'submissions', 1);
	await decide(transaction, mail, { decision, reason: '', contributionId, by });
	return { contributionId, receipt, held, isNew: true };
}

/** Its subject without what programs put before it; else how it begins. */
export function titleOf({ subject }: Pick<MailIn, 'subject'>, text: string): string {
	const bare = subject
		.replace(
			/^(?:\s*(?:re|fwd?|aw|wg|tr|rv|res|enc|回复|答复|转发|回覆|轉寄|отв|ответ|пер|رد|إعادة توجيه)\s*(?:\[\d+\])?\s?[:：]\s*)+/iu,
			''
		)
		.trim();
	const first = bare === '' ? (/\S.*/u.exec(text)?.[0] ?? '').trim() : bare;
	const signs = [...(first === '' ? '…' : first)];
	return signs.length > submissionLimits.title ? `${signs.slice(0, submissionLimits.title - 1).join('')}…` : signs.join('');
}

async function locked(transaction: Transaction, mail: NamedMail): Promise<MailIn> {
	const { topicId, mailInId } = mail;
	await transaction.query(`select from mails_in where topic_id = $1 and mail_in_id = $2 for update`, [topicId, mailInId]);
	return mailInOf(transaction, mail);
}

async function madeBefore(transaction: Transaction, { topicId, contributionId }: MailIn): Promise<SubmissionSent | null> {
	if (contributionId === null) return null;
	const receipt: Receipt | null = await receiptOfContribution(transaction, topicId, contributionId);
	return receipt && { contributionId, receipt, held: false, isNew: false };
}

async function refuseFinished(transaction: Transaction, topicId: string): Promise<void> {
	const topic = await topicOf(transaction, topicId);
	if (topic.publishedAt === null) throw refusal('not-found');
	if (topic.archivedAt !== null) throw refusal('topic-archived');
}

async function decide(
	transaction: Transaction,
	{ topicId, mailInId }: NamedMail,
	{ decision, reason, contributionId, by }: { decision: string; reason: string; contributionId: string | null; by: string | null }
): Promise<void> {
	await transaction.query(
		`
			insert into mail_in_decisions (topic_id, mail_in_id, version, decision, reason, contribution_id, decided_at, decided_by)
			select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7
			from mail_in_decisions
			where topic_id = $1 and mail_in_id = $2`,
		[topicId, mailInId, decision, reason, contributionId, transaction.at, by]
	);
}

function thingOf({ topicId, mailInId }: NamedMail) {
	return { topicId, kind: 'mail-in', thingId: mailInId } as const;
}
