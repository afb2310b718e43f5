import type { Actor } from '#activity/actor.ts';
import { contributionBy, type Contribution } from '#contributions/receiving.server.ts';
import { changeSubmission, submissionAsItStands, type SubmissionAsItStands } from '#contributions/changing.server.ts';
import { withdrawSubmission } from '#contributions/withdrawing.server.ts';
import type { Database, Queryable } from '#database/connection.server.ts';
import { commentOfTopic, editComment, withdrawComment } from '#ideas/comments/commenting.server.ts';
import { editIdea, withdrawIdea } from '#ideas/editing.server.ts';
import { isWordingOpen, type Claim } from '#ideas/idea.ts';
import { ideaOfTopic, kindNow, opinionsOfOthers } from '#ideas/one-idea.server.ts';
import { suggestionsFor, withdrawSuggestion, type Suggestion } from '#ideas/suggesting.server.ts';
import type { Wording } from '#ideas/writing.server.ts';
import { concealmentOf, latestDecision, latestRedaction, type StatementOfReasons } from '#moderation/deciding.server.ts';
import { isSentKind, type Concealed, type SentKind } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';

/** What somebody sent, as it stands now, for the page of its receipt. */
export interface Sent {
	readonly kind: SentKind;
	readonly contribution: Contribution;
	readonly concealed: Concealed | null;
	/** why it is held or hidden */
	readonly decision: StatementOfReasons | null;
	/** words of it were made unreadable */
	readonly redaction: StatementOfReasons | null;
	/** the idea that it is, hangs on or became; null for a submission */
	readonly ideaNumber: number | null;
	readonly commentNumber: number | null;
	readonly submissionNumber: number | null;
	/** of a submission: by what its author knows it again, where its words are all in a file */
	readonly submitted: Pick<SubmissionAsItStands, 'title' | 'fileName'> | null;
	/** what its author may change now; null: nothing */
	readonly editable: ({ readonly version: number } & (Wording | { readonly text: string })) | SubmissionAsItStands | null;
	/** others have given opinions: a better wording would be a new idea */
	readonly isFixed: boolean;
	/** wordings that others suggest for an idea of one's own */
	readonly suggestions: readonly Suggestion[];
	/** of a suggested wording: what the author of the idea said to it */
	readonly answer: 'accepted' | 'declined' | null;
}

export async function whatWasSent(queryable: Queryable, topicId: string, contributionId: string): Promise<Sent> {
	const contribution = await contributionBy(queryable, topicId, contributionId);
	if (!contribution || !isSentKind(contribution.kind)) throw refusal('not-found');
	const kind = await kindNow(queryable, { topicId, contributionId, kind: contribution.kind });
	const thing = { topicId, kind, thingId: contributionId };
	const [concealed, decision, redaction, numbers] = await Promise.all([
		concealmentOf(queryable, thing),
		latestDecision(queryable, thing),
		latestRedaction(queryable, thing),
		numbersOf(queryable, topicId, contributionId)
	]);
	const nothing = { submitted: null, editable: null, isFixed: false, suggestions: [] };
	const sent = { kind, contribution, concealed, decision, redaction, ...numbers, ...nothing };
	const mayEdit = concealed === null || concealed === 'held';
	if (kind === 'idea' && numbers.ideaNumber !== null) {
		const idea = await ideaOfTopic(queryable, topicId, numbers.ideaNumber);
		const isFixed = !isWordingOpen(await opinionsOfOthers(queryable, idea));
		const { version, point, explanation, sources } = idea;
		const suggestions = await suggestionsFor(queryable, topicId, idea.number);
		return { ...sent, isFixed, suggestions, editable: mayEdit && !isFixed ? { version, point, explanation, sources } : null };
	}
	if (kind === 'comment' && numbers.commentNumber !== null) {
		const { version, text, answered } = await commentOfTopic(queryable, topicId, numbers.commentNumber);
		return { ...sent, isFixed: answered, editable: mayEdit && !answered ? { version, text } : null };
	}
	if (kind !== 'submission' || concealed === 'erased') return sent;
	const submitted = await submissionAsItStands(queryable, topicId, contributionId);
	return { ...sent, submitted, editable: mayEdit ? submitted : null };
}

export interface TypedChange {
	readonly seen: number;
	readonly point: string;
	readonly explanation: string;
	readonly sources: string;
	readonly title: string;
	readonly text: string;
	/** in place of the one that a submission has */
	readonly file: { readonly sha256: string; readonly name: string } | null;
}

export async function editSent(
	database: Database,
	{ kind, contribution, ideaNumber, commentNumber }: Sent,
	typed: TypedChange,
	by: { claim: Claim; actor: Actor }
): Promise<void> {
	const { topicId } = contribution;
	const { contributionId } = contribution;
	const { seen, text, title, file, ...wording } = typed;
	if (kind === 'idea' && ideaNumber !== null) await editIdea(database, { topicId, number: ideaNumber, seen }, wording, by);
	else if (kind === 'comment' && commentNumber !== null)
		await editComment(database, { topicId, number: commentNumber, seen }, text, by);
	else if (kind === 'submission')
		await changeSubmission(database, { topicId, contributionId, seen }, { title, text, file }, by.actor);
	else throw refusal('not-allowed');
}

export async function withdrawSent(
	database: Database,
	{ kind, contribution, ideaNumber, commentNumber }: Sent,
	reason: string,
	by: { claim: Claim; actor: Actor }
): Promise<void> {
	const { topicId, contributionId } = contribution;
	if (kind === 'idea' && ideaNumber !== null) await withdrawIdea(database, { topicId, number: ideaNumber }, reason, by);
	else if (kind === 'comment' && commentNumber !== null)
		await withdrawComment(database, { topicId, number: commentNumber }, reason, by);
	else if (kind === 'submission') await withdrawSubmission(database, { topicId, contributionId }, reason, by.actor);
	else if (kind === 'suggestion') await withdrawSuggestion(database, { topicId, suggestionId: contributionId }, reason, by.actor);
	else throw refusal('not-allowed');
}

async function numbersOf(queryable: Queryable, topicId: string, contributionId: string) {
	const { rows } = await queryable.query<Pick<Sent, 'ideaNumber' | 'commentNumber' | 'submissionNumber' | 'answer'>>(
		`select
			coalesce(
				(select min(idea_number) from ideas where topic_id = $1 and contribution_id = $2),
				(select idea_number from comments where topic_id = $1 and comment_id = $2),
				(select idea_number from wording_suggestions where topic_id = $1 and suggestion_id = $2)
			) as "ideaNumber",
			(select comment_number from comments where topic_id = $1 and comment_id = $2) as "commentNumber",
			(select submission_number from submissions where topic_id = $1 and contribution_id = $2) as "submissionNumber",
			(select answer from suggestion_answers where topic_id = $1 and suggestion_id = $2) as answer`,
		[topicId, contributionId]
	);
	return rows[0]!;
}
