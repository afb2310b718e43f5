import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { refuseUnchangeable } from '#contributions/changing.server.ts';
import { follow, isFollowing, unfollow } from '#contributions/following.server.ts';
import { isJoined } from '#contributions/joining-receipts.server.ts';
import { addressOf, codeOf, opens, receiptAt, type Receipt } from '#contributions/receipts.server.ts';
import { askedOfStaff, askOfStaff, type RequestKind } from '#contributions/requests.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { isAuthor, limits, type Claim } from '#ideas/idea.ts';
import { editSent, whatWasSent, withdrawSent, type Sent } from '#ideas/sent.server.ts';
import { acceptSuggestion, declineSuggestion } from '#ideas/suggesting.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { institutionSeen } from '#topics/institution.server.ts';
import { seenParticipant, type Participant } from '#topics/participants.server.ts';
import { hasAccount } from '#topics/reaching.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { headOf, opennessOf } from '#topics/showing.server.ts';
import { organisationNameOf, profileOf } from '#topics/stating.server.ts';
import type { Topic } from '#topics/topic.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { authorLine } from '#web/talk/authors.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import { kept, sentFile } from '#web/sending/sent-file.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

type ReceiptEvent = RequestEvent<{ receipt: string }>;

/** A receipt that was opened: by its author's browser, or by its code. */
interface Opened {
	readonly receipt: Receipt;
	readonly topic: Topic;
	readonly sent: Sent;
	readonly participant: Participant | null;
	readonly claim: Claim;
	/** the code as it was typed; null where the browser is the author's */
	readonly typedCode: string | null;
}

export const load: PageServerLoad = async (event) => {
	const receipt = await receiptOf(event);
	const opened = await openedBy(event, receipt, null);
	const topic = opened?.topic ?? (await topicOf(contextOf(event).database, receipt.topicId));
	return {
		topic: headOf(topic, event.locals.language),
		isArchived: topic.archivedAt !== null,
		isJustSent: event.url.searchParams.has('sent'),
		done: event.url.searchParams.get('done'),
		shown: opened ? await shownOf(event, opened) : null
	};
};

const codeField = z.object({ code: z.string().max(60).default('') });
const reasonField = codeField.extend({ reason: z.string().default('') });
const askingForm = reasonField.extend({ scope: z.enum(['text', 'all']).default('text') });
const suggestionField = codeField.extend({ suggestion: z.uuid() });
const editForm = codeField.extend({
	seen: z.coerce.number().int().min(1),
	point: z.string().default(''),
	explanation: z.string().default(''),
	sources: z.string().default(''),
	title: z.string().default(''),
	text: z.string().default('')
});

export const actions: Actions = {
	open: answering(async (event, typed) => {
		const { code } = parse(codeField, typed, event.locals.say);
		return { opened: await shownOf(event, await openWith(event, code)) };
	}),

	edit: answering(async (event, typed) => {
		const { code, ...words } = parse(editForm, typed, event.locals.say);
		const opened = await openWith(event, code);
		const context = contextOf(event);
		const { database, files } = context;
		const chosen = opened.sent.kind === 'submission' ? sentFile(typed) : null;
		if (chosen) refuseUnchangeable(opened.topic, opened.sent.editable, words, momentOf(context));
		const file = chosen && (await kept(files, chosen));
		await editSent(database, opened.sent, { ...words, file }, { claim: opened.claim, actor: event.locals.actor });
		return finished(event, opened, 'edited');
	}, 'writing'),

	withdraw: answering(async (event, typed) => {
		const { code, reason } = parse(reasonField, typed, event.locals.say);
		const opened = await openWith(event, code);
		await withdrawSent(contextOf(event).database, opened.sent, reason, { claim: opened.claim, actor: event.locals.actor });
		return finished(event, opened, 'withdrawn');
	}),

	accept: answering(async (event, typed) => {
		const { code, suggestion } = parse(suggestionField, typed, event.locals.say);
		const opened = await openWith(event, code);
		const { topicId } = opened.receipt;
		await acceptSuggestion(contextOf(event).database, { topicId, suggestionId: suggestion }, opened.claim);
		return finished(event, opened, 'accepted');
	}),

	decline: answering(async (event, typed) => {
		const { code, suggestion } = parse(suggestionField, typed, event.locals.say);
		const opened = await openWith(event, code);
		const { topicId } = opened.receipt;
		await declineSuggestion(contextOf(event).database, { topicId, suggestionId: suggestion }, opened.claim);
		return finished(event, opened, 'declined');
	}),

	follow: answering(async (event, typed) => {
		const { code } = parse(codeField, typed, event.locals.say);
		const opened = await openWith(event, code);
		const thing = followedBy(opened);
		const number = opened.sent.contribution.participantNumber;
		if (!thing || number === null) throw refusal('not-allowed');
		const { database } = contextOf(event);
		const follows = await isFollowing(database, thing, number);
		await inTransaction(database, (transaction) => (follows ? unfollow : follow)(transaction, thing, number));
		return finished(event, opened, follows ? 'unfollowed' : 'followed');
	}),

	appeal: answering(async (event, typed) => ask(event, typed, 'appeal'), 'writing'),
	erase: answering(async (event, typed) => ask(event, typed, 'erasure'), 'writing')
};

async function ask(event: ReceiptEvent, typed: FormData, kind: RequestKind) {
	const { code, reason, scope } = parse(askingForm, typed, event.locals.say);
	const words = usableText(reason, { max: limits.words, what: 'reason', mayBeEmpty: kind === 'erasure' });
	const opened = await openWith(event, code);
	await inTransaction(contextOf(event).database, (transaction) =>
		askOfStaff(transaction, opened.receipt, { kind, words, scope })
	);
	return finished(event, opened, kind);
}

/** The author's own browser goes on to the page anew; a holder of the code, who has no other proof, is answered at once. */
async function finished(event: ReceiptEvent, { receipt, topic, typedCode }: Opened, done: string) {
	contextOf(event).cache.purge([`/topics/${topic.slug}`]);
	if (typedCode === null) redirect(303, localized(event, `/receipts/${addressOf(receipt)}?done=${done}`));
	return { done, opened: await shownOf(event, await openWith(event, typedCode)) };
}

async function receiptOf(event: ReceiptEvent): Promise<Receipt> {
	const receipt = await receiptAt(contextOf(event).database, event.params.receipt);
	if (!receipt) throw refusal('not-found');
	return receipt;
}

async function openWith(event: ReceiptEvent, code: string): Promise<Opened> {
	const opened = await openedBy(event, await receiptOf(event), code === '' ? null : code);
	if (!opened) throw refusal('wrong-receipt-code');
	return opened;
}

async function openedBy(event: ReceiptEvent, receipt: Receipt, code: string | null): Promise<Opened | null> {
	const { database, keys } = contextOf(event);
	const { topicId, contributionId } = receipt;
	const topic = await topicOf(database, topicId);
	const participant = topic.archivedAt === null ? await seenParticipant(database, keys, topicId, event.locals.actor) : null;
	const sent = await whatWasSent(database, topicId, contributionId);
	const claim = { participantNumber: participant?.number ?? null, contributionId: null };
	if (isAuthor(claim, sent.contribution)) return { receipt, topic, sent, participant, claim, typedCode: null };
	// its code was given before, on the page of who asks
	if (topic.archivedAt === null && (await isJoined(database, keys, receipt, event.locals.actor)))
		return { receipt, topic, sent, participant, claim: { participantNumber: null, contributionId }, typedCode: null };
	if (code === null) return null;
	await guessed(event, async () => {
		if (!(await opens(database, receipt, code))) throw refusal('wrong-receipt-code');
	});
	return { receipt, topic, sent, participant, claim: { participantNumber: null, contributionId }, typedCode: code };
}

/** Everything that the page shows to whoever holds the receipt. */
async function shownOf(event: ReceiptEvent, { receipt, topic, sent, typedCode }: Opened) {
	const context = contextOf(event);
	const { database, keys } = context;
	const { contribution, decision, suggestions, ...rest } = sent;
	const { participantNumber, topicId, contributionId, commitment, nonce, licence, noticeVersion, text, language, receivedAt } =
		contribution;
	const [institution, profile, requests] = await Promise.all([
		institutionSeen(database),
		participantNumber === null ? null : profileOf(database, topicId, participantNumber),
		askedOfStaff(database, topicId, contributionId)
	]);
	const isAnonymous = contribution.attribution === 'anonymous' || !profile;
	const organisation = isAnonymous || !profile.organisationId ? null : await organisationNameOf(database, profile.organisationId);
	const followed = followedBy({ receipt, sent });
	return {
		...rest,
		suggestions: suggestions.filter(({ answer }) => answer === null),
		words: { text, language },
		author: authorLine(
			{
				attribution: contribution.attribution,
				name: contribution.name,
				organisation,
				groups: isAnonymous ? [] : profile.groups,
				region: isAnonymous ? null : profile.region
			},
			institution,
			event.locals.say
		),
		receivedAt,
		licence,
		noticeVersion,
		commitment,
		nonce,
		decision,
		requests,
		open: opennessOf(topic.archivedAt === null ? topic.stages : [], momentOf(context)),
		follows: followed && participantNumber !== null ? await isFollowing(database, followed, participantNumber) : null,
		getsMail: participantNumber !== null && (await hasAccount(database, topicId, participantNumber)),
		code: typedCode ?? (await codeOf(keys, receipt)),
		typedCode,
		address: event.url.origin + localized(event, `/receipts/${addressOf(receipt)}`)
	};
}

function followedBy({ receipt, sent }: Pick<Opened, 'receipt' | 'sent'>) {
	const { kind } = sent;
	return kind === 'suggestion' ? null : { topicId: receipt.topicId, kind, thingId: receipt.contributionId };
}
