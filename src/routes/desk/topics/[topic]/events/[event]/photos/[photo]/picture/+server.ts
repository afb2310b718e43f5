import { Readable } from 'node:stream';
import { z } from 'zod';
import { fileOfPhoto } from '#cafes/notes/filing.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { cafeOfPage } from '#web/cafes/cafe-page.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { RequestHandler } from './$types';

/** A photo of a table without what its camera wrote beside it; our pages show it as a picture, and whoever opens its address gets a file. */
export const GET: RequestHandler = async (event) => {
	const { database, files } = contextOf(event);
	const { topic, planned } = await cafeOfPage(event, { atDesk: true });
	const photoId = z.uuid().safeParse(event.params.photo).data;
	if (photoId === undefined) throw refusal('not-found');
	const { sha256, mediaType } = await fileOfPhoto(database, { topicId: topic.topicId, eventId: planned.eventId, photoId });
	return new Response(Readable.toWeb(await files.open(sha256)) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': mediaType,
			'content-disposition': `attachment; filename="${photoId}.${mediaType === 'image/png' ? 'png' : 'jpg'}"`,
			'content-security-policy': `default-src 'none'; sandbox`,
			'cache-control': 'private, no-store'
		}
	});
};
