import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { auditBundle } from '#sheets/auditing.server.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { madeFile } from '#web/streaming.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** All rows with their times, for the two who asked and agreed. */
export const GET: RequestHandler = async (event) => {
	limit(event, 'exporting');
	const { topicId } = await topicOfPage(event, { drafts: true });
	const request = z.uuid().safeParse(event.params.request).data;
	if (!request) throw refusal('not-found');
	const { fileName, pieces } = await auditBundle(contextOf(event).database, topicId, request, {
		origin: event.url.origin,
		actor: event.locals.actor
	});
	return madeFile({ mediaType: 'application/zip', fileName, pieces });
};
