import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { keptFile } from '#web/streaming.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A document of the library, as a file to keep: never shown within our pages, whatever it contains. */
export const GET: RequestHandler = async (event) => {
	const topic = await topicOfPage(event);
	const document = topic.documents.find(({ documentId }) => documentId === event.params.document);
	if (!document?.sha256) throw refusal('not-found');
	const { sha256, fileName, size } = document;
	return keptFile(contextOf(event).files, { sha256, name: fileName ?? 'document', size });
};
