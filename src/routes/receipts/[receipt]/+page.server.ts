import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refuseUnchangeable } from '#contributions/changing.server.ts';
import { follow, isFollowing, unfollow } from '#contributions/following.server.ts';
import { addressOf } from '#contributions/receipts/receipts.server.ts';
import { askOfStaff, type RequestKind } from '#contributions/receipts/requests.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { limits } from '#ideas/idea.ts';
import { editSent, withdrawSent } from '#ideas/sent.server.ts';
import { acceptSuggestion, declineSuggestion } from '#ideas/suggesting.server.ts';
import { usableText } from '#languages/usable.ts';
import { refusal } from '#refusals/refusal.ts';
import { topicOf } from '#topics/reading.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import {
	followedBy,
	openedBy,
	openWith,
	receiptOfPage,
	shownOf,
	type Opened,
	type ReceiptEvent
} from '#web/sending/receipt-page.server.ts';
import { kept, sentFile } from '#web/sending/sent-file.server.ts';
import { momentOf } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const receipt = await receiptOfPage(event);
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

	accept: answering(async (event, typed) => answer(event, typed, acceptSuggestion, 'accepted')),
	decline: answering(async (event, typed) => answer(event, typed, declineSuggestion, 'declined')),

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

async function answer(
	event: ReceiptEvent,
	typed: FormData,
	decide: typeof acceptSuggestion | typeof declineSuggestion,
	done: 'accepted' | 'declined'
) {
	const { code, suggestion: suggestionId } = parse(suggestionField, typed, event.locals.say);
	const opened = await openWith(event, code);
	await decide(contextOf(event).database, { topicId: opened.receipt.topicId, suggestionId }, opened.claim);
	return finished(event, opened, done);
}

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
