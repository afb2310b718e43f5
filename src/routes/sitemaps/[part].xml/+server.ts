import { sitemap } from '#newsroom/feeds/sitemap.ts';
import { pagesOfSitemap, partNamed } from '#newsroom/feeds/sitemap.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import { streamed } from '#web/streaming.server.ts';
import type { RequestHandler } from './$types';

/** Sent while it is made: a slow reader holds the paths, not the megabytes that they become. */
export const GET: RequestHandler = async (event) => {
	const part = partNamed(event.params.part);
	const pages = part === null ? [] : await pagesOfSitemap(contextOf(event).database, part);
	if (pages.length === 0) throw refusal('not-found');
	return new Response(streamed(sitemap(event.url.origin, pages)), {
		headers: { 'content-type': 'application/xml; charset=utf-8' }
	});
};
