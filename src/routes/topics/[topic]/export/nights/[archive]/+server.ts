import { z } from 'zod';
import { refusal } from '#refusals/refusal.ts';
import { archiveOf } from '#reports/export/archives.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { streamed } from '#web/streaming.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** The archive of a night, as long as nothing in it was hidden or erased. */
export const GET: RequestHandler = async (event) => {
	limit(event, 'exporting');
	const context = contextOf(event);
	const { topicId, slug, stages } = await topicOfPage(event);
	const archiveId = z.uuid().safeParse(event.params.archive).data;
	if (archiveId === undefined) throw refusal('not-found');
	const showsResults = resultsVisibleTo(event.locals.actor, { stages }, momentOf(context));
	const { sha256, size, at } = await archiveOf(context.database, { topicId, archiveId }, { showsResults });
	return new Response(streamed(await context.files.open(sha256)), {
		headers: {
			'content-type': 'application/zip',
			'content-length': String(size),
			'content-disposition': `attachment; filename="${slug}-${at.toISOString().slice(0, 10)}.zip"`,
			// whoever asks later must ask us
			'cache-control': 'no-store'
		}
	});
};
