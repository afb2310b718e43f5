import { json } from '@sveltejs/kit';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** Ideas that say nearly what somebody is typing. */
export const GET: RequestHandler = async (event) => {
	const { topicId } = await topicOfPage(event);
	return json(await contextOf(event).similar.to(topicId, event.url.searchParams.get('q') ?? ''));
};
