import { sitemap, sitemapIndex } from '#newsroom/feeds/sitemap.ts';
import { pagesOfSitemap, partsOfSitemap } from '#newsroom/feeds/sitemap.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const { database } = contextOf(event);
	const parts = await partsOfSitemap(database);
	const { origin } = event.url;
	const text =
		parts.length > 0 ? sitemapIndex(origin, parts) : [...sitemap(origin, await pagesOfSitemap(database, null))].join('');
	return new Response(text, { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
