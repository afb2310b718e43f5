import type { RequestEvent } from '@sveltejs/kit';
import { isFollowing } from '#contributions/following.server.ts';
import { paperOf } from '#contributions/intake/paper/deciding.server.ts';
import { isJoined } from '#contributions/receipts/joining.server.ts';
import { addressOf, codeOf, codeTyped, opens, receiptAt, type Receipt } from '#contributions/receipts/receipts.server.ts';
import { askedOfStaff } from '#contributions/receipts/requests.server.ts';
import { isAuthor, type Claim } from '#ideas/idea.ts';
import { samePointOf } from '#ideas/same-points/listing.server.ts';
import { whatWasSent, type Sent } from '#ideas/sent.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import { seenParticipant } from '#topics/participants/participants.server.ts';
import { hasAccount } from '#topics/participants/reaching.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { opennessOf } from '#topics/showing.server.ts';
import { profileOf } from '#topics/participants/stating.server.ts';
import type { Topic } from '#topics/topic.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { authorByProfile } from '#web/talk/authors.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';

export type ReceiptEvent = RequestEvent<{ receipt: string }>;

/** A receipt that was opened: by its author's browser, or by its code. */
export interface Opened {
	readonly receipt: Receipt;
	readonly topic: Topic;
	readonly sent: Sent;
	readonly claim: Claim;
	/** the code that was typed; null where the browser is the author's */
	readonly typedCode: string | null;
}

export async function receiptOfPage(event: ReceiptEvent): Promise<Receipt> {
	const receipt = await receiptAt(contextOf(event).database, event.params.receipt);
	if (!receipt) throw refusal('not-found');
	return receipt;
}

/** For what only its author may do; a wrong code is refused. */
export async function openWith(event: ReceiptEvent, code: string): Promise<Opened> {
	const opened = await openedBy(event, await receiptOfPage(event), code === '' ? null : code);
	if (!opened) throw refusal('wrong-receipt-code');
	return opened;
}

/** Null where the browser is not the author's, and no code was typed. */
export async function openedBy(event: ReceiptEvent, receipt: Receipt, code: string | null): Promise<Opened | null> {
	const { database, keys } = contextOf(event);
	const { topicId, contributionId } = receipt;
	const topic = await topicOf(database, topicId);
	const participant = topic.archivedAt === null ? await seenParticipant(database, keys, topicId, event.locals.actor) : null;
	const sent = await whatWasSent(database, topicId, contributionId);
	const claim = { participantNumber: participant?.number ?? null, contributionId: null };
	if (isAuthor(claim, sent.contribution)) return { receipt, topic, sent, claim, typedCode: null };
	// its code was given before, on the page of who asks
	if (topic.archivedAt === null && (await isJoined(database, keys, receipt, event.locals.actor)))
		return { receipt, topic, sent, claim: { participantNumber: null, contributionId }, typedCode: null };
	if (code === null) return null;
	await guessed(event, async () => {
		if (!(await opens(database, receipt, code))) throw refusal('wrong-receipt-code');
	});
	return { receipt, topic, sent, claim: { participantNumber: null, contributionId }, typedCode: codeTyped(code) };
}

/** Everything that the page shows to whoever holds the receipt. */
export async function shownOf(event: ReceiptEvent, { receipt, topic, sent, typedCode }: Opened) {
	const context = contextOf(event);
	const { database, keys } = context;
	const { contribution, decision, suggestions, ...rest } = sent;
	const { participantNumber, topicId, contributionId, commitment, nonce, licence, noticeVersion, text, language, receivedAt } =
		contribution;
	const { kind, ideaNumber, concealed } = sent;
	const [institution, profile, requests, paper, samePoint] = await Promise.all([
		institutionSeen(database),
		participantNumber === null ? null : profileOf(database, topicId, participantNumber),
		askedOfStaff(database, topicId, contributionId),
		paperOf(database, topicId, contributionId),
		// whoever has no account reads it here: no mail can reach them
		kind === 'idea' && ideaNumber !== null && concealed === null ? samePointOf(database, topicId, ideaNumber, false) : null
	]);
	const author = await authorByProfile(database, contribution, profile, institution, event.locals.say);
	const followed = followedBy({ receipt, sent });
	return {
		...rest,
		suggestions: suggestions.filter(({ answer }) => answer === null),
		words: { text, language },
		author,
		receivedAt,
		licence,
		noticeVersion,
		commitment,
		nonce,
		decision,
		paper: paper && { number: paper.number, typedAt: paper.typedAt },
		requests,
		sameAs: samePoint?.others ?? [],
		open: opennessOf(topic, momentOf(context)),
		follows: followed && participantNumber !== null ? await isFollowing(database, followed, participantNumber) : null,
		getsMail: participantNumber !== null && (await hasAccount(database, topicId, participantNumber)),
		code: typedCode ?? (await codeOf(keys, receipt)),
		typedCode,
		address: event.url.origin + localized(event, `/receipts/${addressOf(receipt)}`)
	};
}

/** What its author may follow: all but a suggested wording. */
export function followedBy({ receipt, sent }: Pick<Opened, 'receipt' | 'sent'>) {
	const { kind } = sent;
	return kind === 'suggestion' ? null : { topicId: receipt.topicId, kind, thingId: receipt.contributionId };
}
