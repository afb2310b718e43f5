import { asAuthor, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { receiveContribution, withdrawContribution } from '#contributions/receiving.server.ts';
import { giveReceipt, receiptOfContribution } from '#contributions/receipts/receipts.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { applyWording } from '#ideas/editing.server.ts';
import type { Attribution } from '#contributions/contribution.ts';
import { isWordingOpen, limits, mayChange, maySuggest, type Claim } from '#ideas/idea.ts';
import { ideaOfTopic, opinionsOfOthers } from '#ideas/one-idea.server.ts';
import { requireOpen } from '#ideas/openness.server.ts';
import { usableName, usableWording, type Sent } from '#ideas/submitting.server.ts';
import { countIdea, wholeText, writeIdea } from '#ideas/writing.server.ts';
import { usableText } from '#languages/usable.ts';
import { canBeSeen } from '#moderation/concealed.server.ts';
import { concealWithdrawn } from '#moderation/deciding.server.ts';
import { lockThing } from '#moderation/locking.server.ts';
import type { Suspicion } from '#moderation/rules.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

export interface SuggestionDraft {
	readonly topicId: string;
	readonly number: number;
	/** the version that it would replace */
	readonly seen: number;
	readonly point: string;
	readonly explanation: string;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly requestKey: string | null;
	/** why its sending looks like a program's */
	readonly suspicion?: Suspicion | null;
}

/** A better wording by somebody else, in the language of the idea; its author accepts it or not. */
export async function suggestWording(
	database: Database | Transaction,
	keys: TopicKeys,
	draft: SuggestionDraft,
	actor: Actor
): Promise<Sent> {
	const wording = usableWording({ ...draft, sources: '' });
	const name = usableName(draft);
	return inTransaction(database, async (transaction) => {
		const { topicId, number, attribution, requestKey } = draft;
		await requireOpen(transaction, topicId, 'ideas');
		const idea = await ideaOfTopic(transaction, topicId, number);
		const participant = await participantOf(transaction, keys, topicId, actor);
		const claim = { participantNumber: participant.number, contributionId: null };
		if (!maySuggest(claim, idea)) throw refusal(idea.concealed === null ? 'own-idea' : 'not-found');
		const text = wholeText(wording);
		const arriving = {
			topicId,
			kind: 'suggestion',
			channel: 'web',
			participant,
			attribution,
			name,
			text,
			language: idea.language
		} as const;
		const { contributionId, isNew } = await receiveContribution(transaction, { ...arriving, requestKey });
		if (!isNew) {
			const receipt = await receiptOfContribution(transaction, topicId, contributionId);
			if (!receipt) throw refusal('request-key-taken');
			return { receipt, held: false, isNew };
		}
		const receipt = await giveReceipt(transaction, keys, topicId, contributionId);
		const thing = { topicId, kind: 'suggestion', thingId: contributionId } as const;
		const { suspicion = null } = draft;
		const held = await holdIfRuled(transaction, thing, { text, participantNumber: participant.number, suspicion });
		await transaction.query(
			`insert into wording_suggestions (topic_id, suggestion_id, idea_number, contribution_id, point, explanation, idea_version, suggested_at)
			values ($1, $2, $3, $2, $4, $5, $6, $7)`,
			[topicId, contributionId, number, wording.point, wording.explanation, draft.seen, transaction.at]
		);
		return { receipt, held, isNew };
	});
}

/**
 * The author takes the suggested wording: as a new version while nobody else has given an opinion, else as a successor idea, which is the
 * suggester's.
 * @returns the number under which the wording stands now
 */
export async function acceptSuggestion(
	database: Database | Transaction,
	{ topicId, suggestionId }: { topicId: string; suggestionId: string },
	claim: Claim
): Promise<number> {
	return inTransaction(database, async (transaction) => {
		await requireOpen(transaction, topicId, 'ideas');
		const { suggestion, idea } = await openSuggestion(transaction, topicId, suggestionId, claim);
		const others = await opinionsOfOthers(transaction, idea, { lock: true });
		await answerSuggestion(transaction, topicId, suggestionId, 'accepted');
		const wording = { ...idea, point: suggestion.point, explanation: suggestion.explanation };
		if (isWordingOpen(others)) {
			await applyWording(transaction, idea, wording, suggestion.seen);
			return idea.number;
		}
		const number = await writeIdea(transaction, {
			...wording,
			ideaId: suggestionId,
			contributionId: suggestionId,
			channel: 'web',
			participant: suggestion.participant,
			attribution: suggestion.attribution,
			drawnBy: null,
			successorOf: idea.number
		});
		await countIdea(transaction, topicId, idea.questionId, 1);
		await announce(transaction, { topicId, event: 'idea.published', path: `/ideas/${number}` });
		return number;
	});
}

export async function declineSuggestion(
	database: Database | Transaction,
	{ topicId, suggestionId }: { topicId: string; suggestionId: string },
	claim: Claim
): Promise<void> {
	await inTransaction(database, async (transaction) => {
		await openSuggestion(transaction, topicId, suggestionId, claim);
		await answerSuggestion(transaction, topicId, suggestionId, 'declined');
	});
}

/** Who suggested it takes it back, as long as the idea's author has not answered. */
export async function withdrawSuggestion(
	database: Database | Transaction,
	{ topicId, suggestionId }: { topicId: string; suggestionId: string },
	reason: string,
	actor: Actor
): Promise<void> {
	const words = usableText(reason, { max: limits.reason, what: 'reason', mayBeEmpty: true });
	await inTransaction(database, async (transaction) => {
		await lockThing(transaction, { topicId, thingId: suggestionId });
		const { rows } = await transaction.query<{ answered: boolean }>(
			`select exists (
					select from suggestion_answers a
					where a.topic_id = s.topic_id and a.suggestion_id = s.suggestion_id
				) as answered
			from wording_suggestions s
			where s.topic_id = $1 and s.suggestion_id = $2`,
			[topicId, suggestionId]
		);
		if (!rows[0]) throw refusal('not-found');
		if (rows[0].answered) throw refusal('already-decided');
		await withdrawContribution(transaction, { topicId, contributionId: suggestionId, reason: words });
		await concealWithdrawn(transaction, { topicId, kind: 'suggestion', thingId: suggestionId });
		await record(transaction, { topicId, actor: asAuthor(actor), did: 'withdrew', kind: 'suggestion', thingId: suggestionId });
	});
}

export interface Suggestion {
	readonly id: string;
	readonly point: string;
	readonly explanation: string;
	/** the version that it would replace */
	readonly seen: number;
	readonly suggestedAt: Date;
	readonly answer: 'accepted' | 'declined' | null;
}

/** What has been suggested for an idea and can be seen, the newest first. */
export async function suggestionsFor(queryable: Queryable, topicId: string, number: number): Promise<Suggestion[]> {
	const { rows } = await queryable.query<Suggestion>({
		name: 'suggestions-for-idea',
		text: `
			select s.suggestion_id as id, s.point, s.explanation, s.idea_version as seen, s.suggested_at as "suggestedAt", a.answer
			from wording_suggestions s
			left join suggestion_answers a using (topic_id, suggestion_id)
			where s.topic_id = $1 and s.idea_number = $2
				and ${canBeSeen('suggestion', 's.suggestion_id')}
			order by s.suggestion_id desc
			limit 20`,
		values: [topicId, number]
	});
	return rows;
}

/** One that can be seen; throws `not-found` for any other. */
export async function suggestionShown(
	queryable: Queryable,
	topicId: string,
	suggestionId: string
): Promise<{ point: string; ideaNumber: number }> {
	const { rows } = await queryable.query<{ point: string; ideaNumber: number }>(
		`select point, idea_number as "ideaNumber"
		from wording_suggestions s
		where topic_id = $1 and suggestion_id = $2 and ${canBeSeen('suggestion', 's.suggestion_id')}`,
		[topicId, suggestionId]
	);
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

async function openSuggestion(transaction: Transaction, topicId: string, suggestionId: string, claim: Claim) {
	await lockThing(transaction, { topicId, thingId: suggestionId });
	const { rows } = await transaction.query<{
		number: number;
		point: string;
		explanation: string;
		seen: number;
		attribution: Attribution;
		participant: { number: number; profile: number } | null;
		answered: boolean;
	}>(
		`select s.idea_number as number, s.point, s.explanation, s.idea_version as seen, c.attribution,
			case when c.participant_number is not null
				then json_build_object('number', c.participant_number, 'profile', c.profile_number) end as participant,
			exists (
				select from suggestion_answers a
				where a.topic_id = s.topic_id and a.suggestion_id = s.suggestion_id
			) as answered
		from wording_suggestions s
		join contributions c using (topic_id, contribution_id)
		where s.topic_id = $1 and s.suggestion_id = $2
			and ${canBeSeen('suggestion', 's.suggestion_id')}`,
		[topicId, suggestionId]
	);
	const suggestion = rows[0];
	if (!suggestion) throw refusal('not-found');
	const { id } = await ideaOfTopic(transaction, topicId, suggestion.number);
	await lockThing(transaction, { topicId, thingId: id });
	const idea = await ideaOfTopic(transaction, topicId, suggestion.number);
	if (!mayChange(claim, idea)) throw refusal('not-your-idea');
	if (suggestion.answered) throw refusal('already-decided');
	return { suggestion, idea };
}

async function answerSuggestion(
	transaction: Transaction,
	topicId: string,
	suggestionId: string,
	answer: 'accepted' | 'declined'
): Promise<void> {
	const { rowCount } = await transaction.query(
		`insert into suggestion_answers (topic_id, suggestion_id, answer, answered_at)
		values ($1, $2, $3, $4)
		on conflict do nothing`,
		[topicId, suggestionId, answer, transaction.at]
	);
	if (rowCount === 0) throw refusal('already-decided');
}
