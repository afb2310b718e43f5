import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { askToEraseAll } from '#contributions/receipts/asking-for-all.server.ts';
import { unfollow } from '#contributions/following.server.ts';
import { joinReceipt, takeOffPage } from '#contributions/receipts/joining.server.ts';
import { askToEraseOwn, whoseTexts } from '#contributions/receipts/own-texts.server.ts';
import { addressOf } from '#contributions/receipts/receipts.server.ts';
import { inTransaction } from '#database/connection.server.ts';
import { limits } from '#ideas/idea.ts';
import { usableText } from '#languages/usable.ts';
import { goToNew, mostCounted, newOnFollowed } from '#newsroom/coming-back.server.ts';
import { talksNamed } from '#newsroom/own-data.server.ts';
import { followedThings, ownThings, ownThingsOnAPage } from '#newsroom/own-things.server.ts';
import { ownAccount } from '#people/accounts.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { guessed } from '#web/front/guessing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database, keys } = contextOf(event);
	const { actor, language } = event.locals;
	const whose = await whoseTexts(database, keys, actor);
	const asked = z.uuid().safeParse(event.url.searchParams.get('before'));
	const before = asked.success ? asked.data : null;
	const [found, follows, fresh, account] = await Promise.all([
		ownThings(database, whose, { before, most: ownThingsOnAPage + 1 }),
		before === null ? followedThings(database, whose) : [],
		before === null ? newOnFollowed(database, whose) : [],
		actor.kind === 'account' ? ownAccount(database, actor) : null
	]);
	const things = found.slice(0, ownThingsOnAPage);
	const talks = await talksNamed(database, [...new Set([...things, ...follows].map(({ topicId }) => topicId))], language);
	return {
		email: account?.email ?? null,
		isFirstPage: before === null,
		older: found.length > things.length ? things.at(-1)!.contributionId : null,
		talks: talks
			.map((talk) => ({
				...talk,
				things: things
					.filter(({ topicId }) => topicId === talk.topicId)
					.map(({ receiptId, ...thing }) => ({
						...thing,
						receipt: receiptId === null ? null : addressOf({ topicId: talk.topicId, receiptId })
					})),
				follows: follows
					.filter(({ topicId }) => topicId === talk.topicId)
					.map((thing) => {
						const { count = 0 } = fresh.find(({ thingId }) => thingId === thing.thingId) ?? {};
						return { ...thing, fresh: count, isMore: count >= mostCounted };
					})
			}))
			.toSorted((one, other) => newest(other.things) - newest(one.things)),
		done: event.url.searchParams.get('done')
	};
};

function newest(things: readonly { readonly receivedAt: Date }[]): number {
	return Math.max(0, ...things.map(({ receivedAt }) => +receivedAt));
}

const oneText = z.object({ topic: z.uuid(), text: z.uuid() });
const words = z.string().default('');

export const actions: Actions = {
	join: answering(async (event, typed) => {
		const { code } = parse(z.object({ code: z.string().max(60).default('') }), typed, event.locals.say);
		const { database, keys } = contextOf(event);
		await guessed(event, () => joinReceipt(database, keys, code, event.locals.actor));
		redirect(303, localized(event, '/mine?done=joined'));
	}, 'writing'),

	'take-off': answering(async (event, typed) => {
		const { topic, text } = parse(oneText, typed, event.locals.say);
		const { database, keys } = contextOf(event);
		await takeOffPage(database, keys, { topicId: topic, contributionId: text }, event.locals.actor);
		redirect(303, localized(event, '/mine?done=taken-off'));
	}),

	/** A form, not a link: what they have seen is kept only of who goes there. */
	new: answering(async (event, typed) => {
		const { topic, text } = parse(oneText, typed, event.locals.say);
		const { database, keys } = contextOf(event);
		const { kind, number, since } = await goToNew(database, keys, { topicId: topic, thingId: text }, event.locals.actor);
		const [talk] = await talksNamed(database, [topic], event.locals.language);
		if (!talk) throw refusal('not-found');
		const page = `/topics/${talk.slug}/${kind}s/${number}?since=${since}`;
		redirect(303, `${localized(event, page)}${kind === 'idea' ? '#comments' : ''}`);
	}),

	unfollow: answering(async (event, typed) => {
		const form = oneText.extend({ kind: z.enum(['idea', 'comment', 'submission']) });
		const { topic, text, kind } = parse(form, typed, event.locals.say);
		const { database, keys } = contextOf(event);
		const { numbers } = await whoseTexts(database, keys, event.locals.actor);
		await inTransaction(database, async (transaction) => {
			for (const { topicId, number } of numbers)
				if (topicId === topic) await unfollow(transaction, { topicId, kind, thingId: text }, number);
		});
		redirect(303, localized(event, '/mine?done=unfollowed'));
	}),

	erase: answering(async (event, typed) => {
		const { topic, text, reason } = parse(oneText.extend({ reason: words }), typed, event.locals.say);
		const { database, keys } = contextOf(event);
		const why = usableText(reason, { max: limits.words, what: 'reason', mayBeEmpty: true });
		await askToEraseOwn(database, keys, { topicId: topic, contributionId: text }, why, event.locals.actor);
		redirect(303, localized(event, '/mine?done=erasure'));
	}, 'writing'),

	'erase-all': answering(async (event, typed) => {
		const { reason } = parse(z.object({ reason: words }), typed, event.locals.say);
		const { database, keys } = contextOf(event);
		const why = usableText(reason, { max: limits.words, what: 'reason', mayBeEmpty: true });
		return { askedIn: await askToEraseAll(database, keys, event.locals.actor, why) };
	}, 'writing')
};
