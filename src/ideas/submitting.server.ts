import type { Actor } from '#activity/actor.ts';
import { receiveContribution, quoteWhole } from '#contributions/receiving.server.ts';
import { giveReceipt, receiptOfContribution, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import type { Attribution, Channel } from '#contributions/contribution.ts';
import { isAuthor, limits } from '#ideas/idea.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { requireOpen, requireQuestion } from '#ideas/openness.server.ts';
import { stanceOf } from '#ideas/stances.server.ts';
import { countIdea, wholeText, writeIdea, type Wording } from '#ideas/writing.server.ts';
import { usableText } from '#languages/usable.ts';
import { languageTag } from '#languages/languages.ts';
import { isConcealed } from '#moderation/concealed.server.ts';
import type { Suspicion } from '#moderation/rules.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

export interface IdeaDraft extends Wording {
	readonly topicId: string;
	readonly questionId: string | null;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly attribution: Attribution;
	/** with attribution named */
	readonly name: string | null;
	readonly channel: 'web' | 'api';
	/** a second request with the same key leads to the idea of the first */
	readonly requestKey: string | null;
	/** why its sending looks like a program's */
	readonly suspicion?: Suspicion | null;
	/** the idea of which this is a better wording */
	readonly successorOf?: number | null;
}

export interface Sent {
	readonly receipt: Receipt;
	/** held until a moderator has looked at it */
	readonly held: boolean;
	/** false where the same request came before */
	readonly isNew: boolean;
}

export async function submitIdea(
	database: Database | Transaction,
	keys: TopicKeys,
	draft: IdeaDraft,
	actor: Actor
): Promise<Sent & { number: number }> {
	const wording = usableWording(draft);
	const language = languageTag(draft.language);
	if (language === null) throw refusal('unusable-text', { reason: 'damaged', what: 'language', max: 35 });
	const name = usableName(draft);
	return inTransaction(database, async (transaction) => {
		await requireOpen(transaction, draft.topicId, 'ideas');
		if (draft.questionId !== null) await requireQuestion(transaction, draft.topicId, draft.questionId);
		const participant = await participantOf(transaction, keys, draft.topicId, actor);
		if (draft.successorOf) await requireOwn(transaction, draft.topicId, draft.successorOf, participant.number);
		const text = wholeText(wording);
		const { topicId, attribution, channel, requestKey } = draft;
		const arriving = { topicId, kind: 'idea', channel, participant, attribution, name, text, language, requestKey } as const;
		const { contributionId, isNew } = await receiveContribution(transaction, arriving);
		if (!isNew) return sentBefore(transaction, topicId, contributionId);

		const stands = await becomeIdea(transaction, keys, {
			...draft,
			...{ wording, language, participant, contributionId },
			suspicion: draft.suspicion ?? null,
			successorOf: draft.successorOf ?? null
		});
		return { ...stands, isNew: true };
	});
}

export interface ReceivedIdea {
	readonly topicId: string;
	readonly contributionId: string;
	readonly wording: Wording;
	readonly questionId: string | null;
	readonly language: string;
	readonly attribution: Attribution;
	readonly channel: Channel;
	readonly participant: { readonly number: number; readonly profile: number };
	readonly suspicion: Suspicion | null;
	readonly successorOf: number | null;
}

/** What a contribution of any way in comes to: an idea that rests on all of its text, held where the topic's rule says so, and a receipt. */
export async function becomeIdea(
	transaction: Transaction,
	keys: TopicKeys,
	{ wording, suspicion, ...idea }: ReceivedIdea
): Promise<{ number: number; receipt: Receipt; held: boolean }> {
	const { topicId, contributionId, participant, questionId } = idea;
	const text = wholeText(wording);
	const passageId = await quoteWhole(transaction, { topicId, contributionId, version: 1, text });
	const receipt = await giveReceipt(transaction, keys, topicId, contributionId);
	const held = await holdIfRuled(
		transaction,
		{ topicId, kind: 'idea', thingId: contributionId },
		{ text, participantNumber: participant.number, suspicion }
	);
	const number = await writeIdea(transaction, { ...idea, ...wording, ideaId: contributionId, drawnBy: null });
	await stanceOf(transaction, { topicId, passageId, number, stance: 'raises', by: null });
	if (!held) {
		await countIdea(transaction, topicId, questionId, 1);
		await announce(transaction, { topicId, event: 'idea.published', path: `/ideas/${number}` });
	}
	return { number, receipt, held };
}

/** Only its author follows an idea with a better wording of it. */
async function requireOwn(queryable: Queryable, topicId: string, number: number, participantNumber: number): Promise<void> {
	const idea = await ideaOfTopic(queryable, topicId, number);
	if (!isAuthor({ participantNumber, contributionId: null }, idea)) throw refusal('not-your-idea');
}

/** The same request again: two clicks, two tabs, the back button. */
async function sentBefore(queryable: Queryable, topicId: string, contributionId: string): Promise<Sent & { number: number }> {
	const { rows } = await queryable.query<{ number: number; held: boolean }>(
		`select idea_number as number,
			${isConcealed('idea', 'i.idea_id', { why: ['held'] })} as held
		from ideas i
		where topic_id = $1 and contribution_id = $2
		order by idea_number
		limit 1`,
		[topicId, contributionId]
	);
	const receipt = await receiptOfContribution(queryable, topicId, contributionId);
	// the key was used for something else: a program that takes one key for two things
	if (!rows[0] || !receipt) throw refusal('request-key-taken');
	return { ...rows[0], receipt, isNew: false };
}

export function usableWording({ point, explanation, sources }: Wording): Wording {
	return {
		point: usableText(point, { max: limits.point, what: 'point' }),
		explanation: usableText(explanation, { max: limits.explanation, what: 'explanation', mayBeEmpty: true }),
		sources: usableText(sources, { max: limits.sources, what: 'sources', mayBeEmpty: true })
	};
}

/** The name under which it will stand; forgotten in the other modes, so that it is not even stored. */
export function usableName({ attribution, name }: { attribution: Attribution; name: string | null }): string | null {
	return attribution === 'named' ? usableText(name ?? '', { max: limits.name, what: 'name' }) : null;
}
