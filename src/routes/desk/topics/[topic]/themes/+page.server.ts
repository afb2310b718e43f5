import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { confirmTheme, joinThemes, moveIdeas, renameTheme, splitTheme } from '#ideas/themes/changing.server.ts';
import { askForThemes, themesKey } from '#ideas/themes/finding.server.ts';
import { ideasInNoTheme, ideasOfTheme, lastStep, newestStep, themesAtDesk } from '#ideas/themes/listing.server.ts';
import { longestName } from '#ideas/themes/theme.ts';
import { undoStep } from '#ideas/themes/undoing.server.ts';
import { progressOf } from '#jobs/jobs.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const topic = await topicOfPage(event, { drafts: true });
	const { topicId } = topic;
	// before all else: what comes in between counts as not seen
	const seen = await newestStep(database, topicId);
	const [themes, without, last, progress] = await Promise.all([
		themesAtDesk(database, topicId),
		ideasInNoTheme(database, topicId),
		lastStep(database, topicId),
		progressOf(database, topicId, themesKey(topicId))
	]);
	const isUnderWay = progress?.state === 'waiting' || progress?.state === 'running';
	const asked = event.url.searchParams.get('theme');
	const one = themes.find(({ number }) => String(number) === asked) ?? null;
	const after = Number(event.url.searchParams.get('after')?.match(/^\d{1,9}$/)?.[0] ?? 0);
	const isOpen = one !== null || asked === 'none';
	return {
		topic: headOf(topic, event.locals.language),
		themes,
		without,
		last,
		seen,
		one,
		list: isOpen ? await ideasOfTheme(database, topicId, one?.number ?? null, after) : null,
		longestName,
		underWay: isUnderWay ? { done: progress.done, total: progress.total } : null
	};
};

const number = z.coerce.number().int().positive().max(999_999_999, 'refusals.field');
const name = z.string().trim().min(1, 'themes.name-missing').max(longestName, 'themes.name-long');
const ideas = z.array(number).min(1, 'themes.ideas-missing').max(1_000);
const confirming = z.object({ theme: number, seen: z.uuid().nullable().catch(null) });
const renaming = z.object({ theme: number, name });
const joining = z.object({ theme: number, other: number });
const splitting = z.object({ ideas, 'own-name': name });
const moving = z.object({ ideas, into: z.union([z.literal('none').transform(() => null), number]) });
const undoing = z.object({ step: z.uuid() });

export const actions: Actions = {
	find: answering(async (event) => {
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await askForThemes(contextOf(event).database, topicId, event.locals.actor);
		back(event, slug);
	}),

	confirm: answering(async (event, typed) => {
		const { theme, seen } = parse(confirming, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await confirmTheme(contextOf(event).database, { topicId, number: theme, seen }, event.locals.actor);
		back(event, slug);
	}),

	rename: answering(async (event, typed) => {
		const { theme, name: given } = parse(renaming, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await renameTheme(contextOf(event).database, { topicId, number: theme, name: given }, event.locals.actor);
		back(event, slug, `?theme=${theme}`);
	}),

	join: answering(async (event, typed) => {
		const { theme, other } = parse(joining, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await joinThemes(contextOf(event).database, { topicId, number: theme, other }, event.locals.actor);
		back(event, slug, `?theme=${theme}`);
	}),

	split: answering(async (event, typed) => {
		const { ideas: chosen, 'own-name': given } = parse(splitting, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		const { database } = contextOf(event);
		const made = await splitTheme(database, { topicId, ideas: chosen, name: given }, event.locals.actor);
		back(event, slug, `?theme=${made}`);
	}),

	move: answering(async (event, typed) => {
		const { ideas: chosen, into } = parse(moving, typed, event.locals.say);
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await moveIdeas(contextOf(event).database, { topicId, ideas: chosen, number: into }, event.locals.actor);
		back(event, slug, `?theme=${into ?? 'none'}`);
	}),

	undo: answering(async (event, typed) => {
		const { step } = undoing.safeParse(Object.fromEntries(typed)).data ?? {};
		if (step === undefined) throw refusal('changed-meanwhile');
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await undoStep(contextOf(event).database, { topicId, stepId: step }, event.locals.actor);
		back(event, slug);
	})
};

/** The public pages are made anew: they show the themes that are confirmed. */
function back(event: RequestEvent, slug: string, query = ''): never {
	contextOf(event).cache.purge([`/topics/${slug}`]);
	redirect(303, localized(event, `/desk/topics/${slug}/themes${query}`));
}
