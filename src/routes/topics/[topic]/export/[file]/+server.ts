import { exported } from '#reports/export/exporting.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { madeFile } from '#web/streaming.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A table of the talk, sent while it is read: a slow reader holds a page of rows, not the whole. */
export const GET: RequestHandler = async (event) => {
	limit(event, 'exporting');
	const context = contextOf(event);
	const topic = await topicOfPage(event);
	const { say, actor } = event.locals;
	const at = momentOf(context);
	const showsResults = resultsVisibleTo(actor, topic, at);
	return madeFile(exported(context.database, topic, event.params.file, { say, showsResults, origin: event.url.origin, at }));
};
