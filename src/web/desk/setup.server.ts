import { redirect, type RequestEvent } from '@sveltejs/kit';
import { headOf } from '#topics/showing.server.ts';
import type { Topic } from '#topics/topic.ts';
import { localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { pathAfter, setupSteps, type SetupStep } from './setup-steps.ts';

/** What each step of the guided form shows of its talk. */
export function setupHead(event: Pick<RequestEvent, 'locals' | 'url'>, topic: Topic) {
	const { defaultLanguage, languages } = topic;
	return {
		topic: {
			...headOf(topic, event.locals.language),
			isDraft: topic.publishedAt === null,
			isArchived: topic.archivedAt !== null
		},
		languages: [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)],
		saved: event.url.searchParams.has('saved')
	};
}

/** After a step was saved: on to the next with "save and go on", else to the same, which says that it is saved. */
export function goOn(event: RequestEvent, slug: string, step: SetupStep, typed: FormData): never {
	forgetPages(event, slug);
	const here = setupSteps.find(({ key }) => key === step)!.path;
	const path = typed.get('go') === 'on' ? pathAfter(step) : `${here}?saved`;
	redirect(303, localized(event, `/desk/topics/${slug}/setup${path}`));
}

/** The public pages of a talk that was changed, and the lists in which it stands. */
export function forgetPages(event: Pick<RequestEvent, 'platform'>, slug: string): void {
	contextOf(event).cache.purge(['/', `/topics/${slug}`]);
}
