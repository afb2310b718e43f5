import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { accountOf } from '#activity/actor.ts';
import {
	allocateTexts,
	deskProgress,
	deskShares,
	nextText,
	shareOutTexts,
	textsAtDesk,
	textsOnAPage
} from '#contributions/reading.server.ts';
import { holdersOf, namesOfAccounts } from '#people/role-holders.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

const lists = ['to-read', 'mine', 'uncited', 'all'] as const;

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { actor, language } = event.locals;
	const topic = await topicOfPage(event, { drafts: true });
	const accountId = accountOf(actor);
	const list = lists.find((name) => name === event.url.searchParams.get('list')) ?? 'to-read';
	const after = Math.max(0, Number.parseInt(event.url.searchParams.get('after') ?? '0', 10) || 0);
	const [texts, progress, shares, rapporteurs, next] = await Promise.all([
		textsAtDesk(database, topic.topicId, { list, accountId, after }),
		deskProgress(database, topic.topicId),
		deskShares(database, topic.topicId),
		holdersOf(database, topic.topicId, 'rapporteur'),
		accountId === null ? null : nextText(database, topic.topicId, accountId)
	]);
	const known = [...shares.map((share) => share.accountId), ...texts.flatMap(({ allocatedTo }) => allocatedTo ?? [])];
	const names = await namesOfAccounts(database, known);
	return {
		topic: headOf(topic, language),
		list,
		lists,
		after,
		progress,
		shares: shares.map((share) => ({ ...share, name: names.get(share.accountId) ?? '' })),
		rapporteurs,
		texts: texts.map((text) => ({
			...text,
			holder: text.allocatedTo === null ? null : (names.get(text.allocatedTo) ?? ''),
			isMine: text.allocatedTo !== null && text.allocatedTo === accountId
		})),
		hasMore: texts.length === textsOnAPage,
		next
	};
};

const allocation = z.object({
	text: z.array(z.uuid()).min(1, 'texts.choose-texts').max(textsOnAPage),
	to: z.union([z.literal(''), z.uuid()])
});
const sharing = z.object({ rapporteur: z.array(z.uuid()).min(1, 'refusals.no-rapporteur').max(100) });

export const actions: Actions = {
	allocate: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { text, to } = parse(allocation, typed, event.locals.say);
		await allocateTexts(database, topic.topicId, text, to === '' ? null : to, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts${event.url.search.replace(/[?&]\/allocate/u, '')}`));
	}),
	share: answering(async (event, typed) => {
		const { database } = contextOf(event);
		const topic = await topicOfPage(event, { drafts: true });
		const { rapporteur } = parse(sharing, typed, event.locals.say);
		await shareOutTexts(database, topic.topicId, rapporteur, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${topic.slug}/texts?list=all`));
	})
};
