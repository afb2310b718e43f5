import { frozenFigures } from '#agreement/frozen.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { publishedEdition } from '#reports/publishing.server.ts';
import { reportNumbered } from '#reports/reading.server.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import { streamed } from '#web/streaming.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** The frozen figures of a published report, byte for byte what its fingerprint was taken of; sent while they are read. */
export const GET: RequestHandler = async (event) => {
	limit(event, 'reading');
	const { database } = contextOf(event);
	const { topicId } = await topicOfPage(event);
	if (!/^[1-9][0-9]{0,5}$/.test(event.params.report)) throw refusal('not-found');
	const report = await reportNumbered(database, topicId, Number(event.params.report));
	const { content } = await publishedEdition(database, report);
	const pieces = frozenFigures(database, topicId, content.snapshot.snapshotId);
	return new Response(streamed(pieces), {
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=60' }
	});
};
