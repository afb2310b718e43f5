import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { actOfSamePoints, decidedOn } from '#ideas/same-points/decided.server.ts';
import { joinSamePoints, partSamePoint, takeBackSamePoints, tellApart } from '#ideas/same-points/deciding.server.ts';
import { askForSamePoints, searchKey } from '#ideas/same-points/finding.server.ts';
import type { Pair } from '#ideas/same-points/grouping.server.ts';
import { pairsProposed, samePointGroups } from '#ideas/same-points/listing.server.ts';
import { progressOf } from '#jobs/jobs.server.ts';
import { namesOfAccounts } from '#people/role-holders.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const context = contextOf(event);
	const { database } = context;
	const topic = await topicOfPage(event, { drafts: true });
	const visible = resultsVisibleTo(event.locals.actor, topic, momentOf(context));
	const asked = (name: string) => z.uuid().safeParse(event.url.searchParams.get(name)).data ?? null;
	const [act, before] = [asked('act'), asked('before')];
	const [pairs, groups, { decided, next }, told, progress] = await Promise.all([
		pairsProposed(database, topic.topicId, visible),
		samePointGroups(database, topic.topicId),
		decidedOn(database, topic.topicId, before),
		act === null ? null : actOfSamePoints(database, topic.topicId, act),
		progressOf(database, topic.topicId, searchKey(topic.topicId))
	]);
	const names = await namesOfAccounts(
		database,
		decided.flatMap(({ by }) => by ?? [])
	);
	const isUnderWay = progress?.state === 'waiting' || progress?.state === 'running';
	return {
		topic: headOf(topic, event.locals.language),
		pairs,
		groups,
		decided: decided.map(({ by, ...decision }) => ({ ...decision, by: by && (names.get(by) ?? null) })),
		next,
		/** the page begins in the middle of the list */
		isLater: before !== null,
		told: told && { ...told, act },
		wasTogether: event.url.searchParams.has('together'),
		isBlind: !visible,
		underWay: isUnderWay ? { done: progress.done, total: progress.total } : null
	};
};

/** "214-80": two numbers of ideas. */
const pair = z
	.string()
	.regex(/^\d{1,9}-\d{1,9}$/)
	.transform((text): Pair => {
		const [one, other] = text.split('-').map(Number);
		return [one!, other!];
	});
const confirming = z.object({ pair: z.array(pair).min(1, 'same-points.tick-first') });
const apart = z.object({ apart: pair });
const parting = z.object({ number: z.coerce.number().int().positive().max(999_999_999) });
const takingBack = z.object({ id: z.uuid() });

export const actions: Actions = {
	find: answering(async (event) => {
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await askForSamePoints(contextOf(event).database, topicId, event.locals.actor);
		back(event, slug);
	}),

	confirm: answering(async (event, typed) => {
		const { database, keys } = contextOf(event);
		const { pair: pairs } = parse(confirming, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		back(event, slug, (await joinSamePoints(database, keys, { topicId, pairs }, event.locals.actor)) ?? 'together');
	}),

	apart: answering(async (event, typed) => {
		const { apart: told } = parse(apart, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		back(event, slug, await tellApart(contextOf(event).database, { topicId, pair: told }, event.locals.actor));
	}),

	part: answering(async (event, typed) => {
		const { number } = parse(parting, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		back(event, slug, await partSamePoint(contextOf(event).database, { topicId, number }, event.locals.actor));
	}),

	'take-back': answering(async (event, typed) => {
		const { id } = parse(takingBack, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		back(event, slug, await takeBackSamePoints(contextOf(event).database, { topicId, id }, event.locals.actor));
	})
};

/**
 * To the page, which tells what was done. The pages of ideas are made anew: they say with which others each is the same point.
 * @param act its id; `together`: all were in one group before
 */
function back(event: RequestEvent, slug: string, act: string | null = null): never {
	contextOf(event).cache.purge([`/topics/${slug}`]);
	const told = act === null ? '' : act === 'together' ? '?together' : `?act=${act}`;
	redirect(303, localized(event, `/desk/topics/${slug}/same-points${told}`));
}
