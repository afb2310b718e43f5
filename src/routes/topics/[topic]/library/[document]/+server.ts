import { Readable } from 'node:stream';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A document of the library, as a file to keep: never shown within our pages, whatever it contains. */
export const GET: RequestHandler = async (event) => {
	const topic = await topicOfPage(event);
	const document = topic.documents.find(({ documentId }) => documentId === event.params.document);
	if (!document?.sha256) throw refusal('not-found');
	const file = await contextOf(event).files.open(document.sha256);
	return new Response(Readable.toWeb(file) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': 'application/octet-stream',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(document.fileName ?? 'document')}`,
			...(document.size !== null && { 'content-length': String(document.size) }),
			'content-security-policy': `default-src 'none'; sandbox`
		}
	});
};
