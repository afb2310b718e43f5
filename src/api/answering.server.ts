import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { RequestListener } from 'node:http';
import type { Context } from '#web/context.server.ts';

/** Answers what lies under /api. */
export function answerApi(_context: Context): RequestListener {
	const api = new Hono();
	return getRequestListener(api.fetch) as RequestListener;
}
