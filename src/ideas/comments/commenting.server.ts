import { asAuthor, type Actor } from '#activity/actor.ts';
import { count } from '#activity/counting.server.ts';
import { nextNumber, record } from '#activity/recording.server.ts';
import { addContributionVersion, receiveContribution, withdrawContribution } from '#contributions/receiving.server.ts';
import { giveReceipt, receiptOfContribution } from '#contributions/receipts/receipts.server.ts';
import { inTransaction, type Database, type Queryable, type Transaction } from '#database/connection.server.ts';
import { placeOf, type Place, type Side } from '#ideas/comments/comment.ts';
import type { Attribution } from '#contributions/contribution.ts';
import { isAuthor, isTakenBack, limits, type Claim } from '#ideas/idea.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { requireOpen } from '#ideas/openness.server.ts';
import { refreshStandingsSoon } from '#ideas/standings.server.ts';
import { usableName, type Sent } from '#ideas/submitting.server.ts';
import { languageTag } from '#languages/languages.ts';
import { usableText } from '#languages/usable.ts';
import { isConcealed } from '#moderation/concealed.server.ts';
import { concealWithdrawn } from '#moderation/deciding.server.ts';
import { lockThing } from '#moderation/locking.server.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import type { Concealed, Suspicion } from '#moderation/rules.ts';
import { refusal } from '#refusals/refusal.ts';
import { authorNow, participantOf } from '#topics/participants/participants.server.ts';
import type { TopicKeys } from '#topics/topic-keys.server.ts';
import { announce } from '#webhooks/announcing.server.ts';

export interface CommentDraft {
	readonly topicId: string;
	readonly ideaNumber: number;
	/** the number of the comment that it answers */
	readonly answers: number | null;
	readonly side: Side;
	readonly text: string;
	/** BCP 47 or `und` */
	readonly language: string;
	readonly attribution: Attribution;
	readonly name: string | null;
	readonly requestKey: string | null;
	/** why its sending looks like a program's */
	readonly suspicion?: Suspicion | null;
}

export async function comment(
	database: Database | Transaction,
	keys: TopicKeys,
	draft: CommentDraft,
	actor: Actor
): Promise<Sent & { number: number }> {
	const text = usableText(draft.text, { max: limits.comment, what: 'text' });
	const language = languageTag(draft.language) ?? 'und';
	const name = usableName(draft);
	return inTransaction(database, async (transaction) => {
		const { topicId, ideaNumber, attribution, requestKey } = draft;
		await requireOpen(transaction, topicId, 'comments');
		const idea = await ideaOfTopic(transaction, topicId, ideaNumber);
		if (idea.concealed !== null) throw refusal('not-found');
		const answered = draft.answers === null ? null : await commentOfTopic(transaction, topicId, draft.answers);
		if (answered && (answered.ideaNumber !== ideaNumber || answered.concealed !== null)) throw refusal('not-found');
		const participant = await participantOf(transaction, keys, topicId, actor);
		const arriving = {
			topicId,
			kind: 'comment',
			channel: 'web',
			participant,
			attribution,
			name,
			text,
			language,
			requestKey
		} as const;
		const { contributionId, isNew } = await receiveContribution(transaction, arriving);
		if (!isNew) return sentBefore(transaction, topicId, contributionId);

		const receipt = await giveReceipt(transaction, keys, topicId, contributionId);
		const thing = { topicId, kind: 'comment', thingId: contributionId } as const;
		const { suspicion = null } = draft;
		const held = await holdIfRuled(transaction, thing, { text, participantNumber: participant.number, suspicion });
		const number = await nextNumber(transaction, topicId, 'comments');
		const place = placeOf(number, answered);
		await transaction.query(
			`insert into comments (topic_id, comment_id, idea_number, comment_number, parent_id, depth, path, side, contribution_id, written_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $2, $9)`,
			[topicId, contributionId, ideaNumber, number, place.parentId, place.depth, place.path, draft.side, transaction.at]
		);
		if (!held) {
			await countComment(transaction, topicId, ideaNumber, 1);
			await announce(transaction, { topicId, event: 'comment.published', path: `/comments/${number}` });
		}
		return { number, receipt, held, isNew };
	});
}

/** A comment as its rules need it. */
export interface CommentAsItStands extends Place {
	readonly id: string;
	readonly number: number;
	readonly ideaNumber: number;
	readonly contributionId: string;
	readonly participantNumber: number | null;
	readonly language: string;
	readonly version: number;
	readonly text: string;
	readonly side: Side;
	readonly concealed: Concealed | null;
	readonly answered: boolean;
}

/** Whatever its state; throws `not-found` for a number that the topic never gave. */
export async function commentOfTopic(queryable: Queryable, topicId: string, number: number): Promise<CommentAsItStands> {
	const { rows } = await queryable.query<CommentAsItStands>({
		name: 'comment-of-topic',
		text: `
			select m.comment_id as id, m.comment_number as number, m.idea_number as "ideaNumber", m.parent_id as "parentId", m.depth, m.path, m.side,
				m.contribution_id as "contributionId", ${authorNow('c')} as "participantNumber", v.language, v.version, v.text,
				h.why as concealed,
				exists (select from comments a where a.topic_id = m.topic_id and a.parent_id = m.comment_id) as answered
			from comments m
			join contributions c using (topic_id, contribution_id)
			join contribution_versions v using (topic_id, contribution_id)
			left join concealments h on h.topic_id = m.topic_id and h.kind = 'comment' and h.thing_id = m.comment_id
			where m.topic_id = $1 and m.comment_number = $2
			order by v.version desc
			limit 1`,
		values: [topicId, number]
	});
	if (!rows[0]) throw refusal('not-found');
	return rows[0];
}

/** Its author mends it, as long as nobody has answered it. */
export async function editComment(
	database: Database | Transaction,
	{ topicId, number, seen }: { topicId: string; number: number; seen: number },
	words: string,
	{ claim, actor }: { claim: Claim; actor: Actor }
): Promise<void> {
	const text = usableText(words, { max: limits.comment, what: 'text' });
	await inTransaction(database, async (transaction) => {
		await requireOpen(transaction, topicId, 'comments');
		const { id } = await commentOfTopic(transaction, topicId, number);
		await lockThing(transaction, { topicId, thingId: id });
		const standing = await commentOfTopic(transaction, topicId, number);
		if (!isAuthor(claim, standing)) throw refusal('not-your-idea');
		if (standing.concealed === 'hidden' || isTakenBack(standing)) throw refusal('not-found');
		if (standing.answered) throw refusal('comment-answered');
		if (standing.version !== seen) throw refusal('changed-meanwhile');
		if (standing.text === text) return;
		const { contributionId, language } = standing;
		await addContributionVersion(transaction, { topicId, contributionId, version: seen + 1, text, language });
		if (standing.concealed === null) {
			const thing = { topicId, kind: 'comment', thingId: standing.id } as const;
			const held = await holdIfRuled(transaction, thing, { text, participantNumber: standing.participantNumber });
			if (held) await countComment(transaction, topicId, standing.ideaNumber, -1);
		}
		await record(transaction, { topicId, actor: asAuthor(actor), did: 'reworded', kind: 'comment', thingId: standing.id });
	});
}

export async function withdrawComment(
	database: Database | Transaction,
	{ topicId, number }: { topicId: string; number: number },
	reason: string,
	{ claim, actor }: { claim: Claim; actor: Actor }
): Promise<void> {
	const words = usableText(reason, { max: limits.reason, what: 'reason', mayBeEmpty: true });
	await inTransaction(database, async (transaction) => {
		const standing = await commentOfTopic(transaction, topicId, number);
		if (!isAuthor(claim, standing)) throw refusal('not-your-idea');
		if (isTakenBack(standing)) return;
		await withdrawContribution(transaction, { topicId, contributionId: standing.contributionId, reason: words });
		const change = await concealWithdrawn(transaction, { topicId, kind: 'comment', thingId: standing.id });
		if (change === 'now-concealed') await countComment(transaction, topicId, standing.ideaNumber, -1);
		await record(transaction, { topicId, actor: asAuthor(actor), did: 'withdrew', kind: 'comment', thingId: standing.id });
	});
}

/** Adds the comment to what pages count, or takes it away again. */
export async function countComment(transaction: Transaction, topicId: string, ideaNumber: number, by: 1 | -1): Promise<void> {
	await transaction.query(
		`update idea_counts
		set comments = comments + $3
		where topic_id = $1 and idea_number = $2`,
		[topicId, ideaNumber, by]
	);
	await count(transaction, topicId, 'comments', by);
	await refreshStandingsSoon(transaction, topicId);
}

async function sentBefore(queryable: Queryable, topicId: string, contributionId: string): Promise<Sent & { number: number }> {
	const { rows } = await queryable.query<{ number: number; held: boolean }>(
		`select comment_number as number,
			${isConcealed('comment', 'm.comment_id', { why: ['held'] })} as held
		from comments m
		where topic_id = $1 and comment_id = $2`,
		[topicId, contributionId]
	);
	const receipt = await receiptOfContribution(queryable, topicId, contributionId);
	if (!rows[0] || !receipt) throw refusal('request-key-taken');
	return { ...rows[0], receipt, isNew: false };
}
