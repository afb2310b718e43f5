import { headOf } from '#topics/showing.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import { webhookActions, webhooksAtDesk } from '#web/desk/webhooks.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return { topic: headOf(topic, event.locals.language), ...(await webhooksAtDesk(event, topic.topicId)) };
};

export const actions: Actions = webhookActions(async (event: RequestEvent) => {
	const { topicId, slug } = await topicOfPage(event, { drafts: true });
	return { topicId, path: `/desk/topics/${slug}/webhooks` };
});
