import { Readable } from 'node:stream';
import { z } from 'zod';
import { fileOfScan } from '#contributions/intake/paper/scans.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** A picture of a form, byte for byte; our pages show it as a picture, and whoever opens its address gets a file. */
export const GET: RequestHandler = async (event) => {
	const { database, files } = contextOf(event);
	const { topicId } = await topicOfPage(event, { drafts: true });
	const scanId = z.uuid().safeParse(event.params.scan).data;
	if (scanId === undefined) throw refusal('not-found');
	const { sha256, mediaType, size } = await fileOfScan(database, { topicId, scanId });
	return new Response(Readable.toWeb(await files.open(sha256)) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${scanId}.${mediaType === 'image/png' ? 'png' : 'jpg'}"`,
			'content-length': String(size),
			'content-security-policy': `default-src 'none'; sandbox`,
			'cache-control': 'private, no-store'
		}
	});
};
