import { redirect } from '@sveltejs/kit';
import { groupsAtDesk, stopGroups } from '#agreement/desk-groups.server.ts';
import { headOf } from '#topics/showing.server.ts';
import { answering, localized } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	const { asOf, took, opinions, progress } = await groupsAtDesk(contextOf(event).database, topic.topicId);
	return {
		topic: { ...headOf(topic, event.locals.language), isDraft: topic.publishedAt === null },
		asOf,
		seconds: took === null ? null : Math.ceil(took / 1000),
		opinions: opinions?.given ?? 0,
		progress: progress && {
			state: progress.state,
			done: progress.done,
			total: progress.total,
			isAskedToStop: progress.isAskedToStop
		}
	};
};

export const actions: Actions = {
	default: answering(async (event) => {
		const { topicId, slug } = await topicOfPage(event, { drafts: true });
		await stopGroups(contextOf(event).database, topicId, event.locals.actor);
		redirect(303, localized(event, `/desk/topics/${slug}/agreement/groups`));
	})
};
