import { refusal } from '#refusals/refusal.ts';
import { logoOf } from '#topics/institution/institution.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { RequestHandler } from './$types';

/** The logo of the institution; its address changes with it, so it may be kept for good. */
export const GET: RequestHandler = async (event) => {
	const logo = await logoOf(contextOf(event).database);
	if (!logo) throw refusal('not-found');
	return new Response(new Uint8Array(logo.bytes), {
		headers: { 'content-type': logo.mediaType, 'cache-control': 'public, max-age=31536000, immutable' }
	});
};
