import { json } from '@sveltejs/kit';
import { ideasToChoose } from '#ideas/drawing/finding.server.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** Ideas to choose from while somebody types. */
export const GET: RequestHandler = async (event) => {
	const { topicId } = await topicOfPage(event, { drafts: true });
	const words = (event.url.searchParams.get('q') ?? '').slice(0, 300);
	return json({ found: await ideasToChoose(contextOf(event).database, topicId, words) });
};
