import { remarksFile, sheetsOfTopic } from '#web/desk/sheets.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const topic = await topicOfPage(event, { drafts: true });
	return remarksFile(event, sheetsOfTopic(event, topic), event.params.sheet);
};
