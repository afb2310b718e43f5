import { atom } from '#newsroom/feeds/feed.ts';
import { feedOf } from '#web/talk/feed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
	new Response(atom(await feedOf(event, 'feed.atom')), { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
