import { asAuthor, type Actor } from '#activity/actor.ts';
import { record } from '#activity/recording.server.ts';
import { addContributionVersion, withdrawContribution } from '#contributions/receiving.server.ts';
import { inTransaction, type Database, type Transaction } from '#database/connection.server.ts';
import { isAuthor, isWordingOpen, limits, mayChange, mayWithdraw, type Claim } from '#ideas/idea.ts';
import { ideaOfTopic, opinionsOfOthers, type IdeaAsItStands } from '#ideas/one-idea.server.ts';
import { requireOpen } from '#ideas/openness.server.ts';
import { usableWording } from '#ideas/submitting.server.ts';
import { countIdea, rewordIdea, wholeText, type Wording } from '#ideas/writing.server.ts';
import { usableText } from '#languages/usable.ts';
import { concealWithdrawn } from '#moderation/deciding.server.ts';
import { lockThing } from '#moderation/locking.server.ts';
import { holdIfRuled } from '#moderation/ruling.server.ts';
import { refusal } from '#refusals/refusal.ts';

/**
 * A new version of the wording by its author.
 * @param seen the version that the author was looking at: two tabs must not overwrite each other
 */
export async function editIdea(
	database: Database | Transaction,
	{ topicId, number, seen }: { topicId: string; number: number; seen: number },
	wording: Wording,
	{ claim, actor }: { claim: Claim; actor: Actor }
): Promise<void> {
	const usable = usableWording(wording);
	await inTransaction(database, async (transaction) => {
		await requireOpen(transaction, topicId, 'ideas');
		const { id } = await ideaOfTopic(transaction, topicId, number);
		await lockThing(transaction, { topicId, thingId: id });
		const idea = await ideaOfTopic(transaction, topicId, number);
		if (!mayChange(claim, idea)) throw refusal('not-your-idea');
		if (!isWordingOpen(await opinionsOfOthers(transaction, idea, { lock: true }))) throw refusal('wording-fixed', { number });
		await applyWording(transaction, idea, usable, seen);
		await record(transaction, {
			topicId,
			actor: asAuthor(actor),
			did: 'reworded',
			kind: 'idea',
			thingId: idea.id,
			details: { version: seen + 1 }
		});
	});
}

/** The row of counts is locked by the caller, so that two changes at once come one after the other. */
export async function applyWording(
	transaction: Transaction,
	idea: IdeaAsItStands,
	wording: Wording,
	seen: number
): Promise<void> {
	const { topicId, number, language, contributionId } = idea;
	const newest = await ideaOfTopic(transaction, topicId, number);
	if (newest.version !== seen) throw refusal('changed-meanwhile');
	const text = wholeText(wording);
	if (text === wholeText(newest)) return;
	await rewordIdea(transaction, { topicId, number, language, version: seen + 1 }, wording);
	if (contributionId === null) return;
	await addContributionVersion(transaction, { topicId, contributionId, version: seen + 1, text, language });
	if (idea.concealed !== null) return;
	const thing = { topicId, kind: 'idea', thingId: idea.id } as const;
	const held = await holdIfRuled(transaction, thing, { text, participantNumber: idea.participantNumber });
	if (held) await countIdea(transaction, topicId, idea.questionId, -1);
}

/** Its author takes it back: readers see that it was withdrawn, and no more of it. */
export async function withdrawIdea(
	database: Database | Transaction,
	{ topicId, number }: { topicId: string; number: number },
	reason: string,
	{ claim, actor }: { claim: Claim; actor: Actor }
): Promise<void> {
	const words = usableText(reason, { max: limits.reason, what: 'reason', mayBeEmpty: true });
	await inTransaction(database, async (transaction) => {
		const idea = await ideaOfTopic(transaction, topicId, number);
		if (!isAuthor(claim, idea)) throw refusal('not-your-idea');
		// a second click
		if (!mayWithdraw(claim, idea) || idea.contributionId === null) return;
		await withdrawContribution(transaction, { topicId, contributionId: idea.contributionId, reason: words });
		const change = await concealWithdrawn(transaction, { topicId, kind: 'idea', thingId: idea.id });
		if (change === 'now-concealed') await countIdea(transaction, topicId, idea.questionId, -1);
		await record(transaction, { topicId, actor: asAuthor(actor), did: 'withdrew', kind: 'idea', thingId: idea.id });
	});
}
