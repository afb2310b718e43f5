import { headOf } from '#topics/showing.server.ts';
import { activityPage } from '#web/desk/activity.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return { topic: headOf(topic, event.locals.language), found: await activityPage(event, topic.topicId) };
};
