import { jsonFeed } from '#newsroom/feeds/feed.ts';
import { feedOf } from '#web/talk/feed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
	new Response(jsonFeed(await feedOf(event, 'feed.json')), {
		headers: { 'content-type': 'application/feed+json; charset=utf-8' }
	});
