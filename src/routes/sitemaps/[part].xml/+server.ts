import { partNamed, pathsOfSitemap, sitemap } from '#newsroom/feeds/sitemap.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { contextOf } from '#web/context.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const part = partNamed(event.params.part);
	const paths = part === null ? [] : await pathsOfSitemap(contextOf(event).database, part);
	if (paths.length === 0) throw refusal('not-found');
	return new Response(sitemap(event.url.origin, paths), { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
