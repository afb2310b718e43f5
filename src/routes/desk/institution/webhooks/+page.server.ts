import { nilTopic } from '#database/connection.server.ts';
import { webhookActions, webhooksAtDesk } from '#web/desk/webhooks.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => webhooksAtDesk(event, nilTopic);

export const actions: Actions = webhookActions((_event: RequestEvent) =>
	Promise.resolve({ topicId: nilTopic, path: '/desk/institution/webhooks' })
);
