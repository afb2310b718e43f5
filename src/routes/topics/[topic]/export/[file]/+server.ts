import { Readable } from 'node:stream';
import { exported } from '#reports/export/exporting.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { limit } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
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
	const { mediaType, fileName, pieces } = exported(context.database, topic, event.params.file, {
		...{ say, showsResults, origin: event.url.origin, at }
	});
	return new Response(Readable.toWeb(Readable.from(bytesOf(pieces))) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'no-store'
		}
	});
};

/** Of a text that is sent in one piece the server would not know the length. */
async function* bytesOf(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
	for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
