import { activityFile } from '#web/desk/activity.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const { topicId, slug } = await topicOfPage(event, { drafts: true });
	return activityFile(event, topicId, `activity-${slug}.csv`);
};
