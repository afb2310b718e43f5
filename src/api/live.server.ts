import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ServerResponse } from 'node:http';
import { contextOf, limit, topicOf, type Env, type Request } from '#api/asking.server.ts';
import { sendError } from '#api/beside-the-router.server.ts';
import { refusals } from '#api/documenting.ts';
import { topicPath } from '#api/schemas.ts';
import { refusal } from '#refusals/refusal.ts';
import { networkOf } from '#web/front/addresses.server.ts';

const listen = createRoute({
	method: 'get',
	path: '/topics/{topic}/live',
	summary: 'Figures as they move',
	description: `Server-sent events, at most four a second. \`figures\`: sums of the talk (people, opinions, ideas, comments), the ideas to
which most people spoke, the numbers of the newest, and when figures of groups were published last; null while results are blind. \`ideas\`: the
words of these ideas. \`beat\`: a sign of life. Each event is whole and takes the place of the one before; Last-Event-ID spares what is known.`,
	request: {
		params: topicPath,
		query: z.object({ last: z.string().optional().openapi({ description: 'Stands for Last-Event-ID' }) })
	},
	responses: {
		200: { description: 'A stream that does not end', content: { 'text/event-stream': { schema: z.string() } } },
		...refusals(404, 429)
	}
});

/** Told in the document only: it is answered before the router. */
export function addLive(api: OpenAPIHono<Env>): void {
	api.openAPIRegistry.registerPath(listen);
}

const place = /^\/api\/v1\/topics\/([a-z0-9-]{1,80})\/live(?:\?(.*))?$/;

/** When a network that listens too much may come back (s). */
const later = 30;

/** Takes what asks for live figures; returns false for anything else. They are written by this process itself, not through a web stream. */
export function answersLive(request: Request, response: ServerResponse): boolean {
	const named = request.method === 'GET' ? place.exec(request.url ?? '') : null;
	if (!named) return false;
	const last = request.headers['last-event-id'] ?? new URLSearchParams(named[2]).get('last');
	begin(request, response, named[1]!, String(last ?? '')).catch((error: unknown) => sendError(request, response, error, 'live'));
	return true;
}

async function begin(request: Request, response: ServerResponse, slug: string, last: string): Promise<void> {
	limit(request, 'listening');
	const { topicId } = await topicOf(request, slug);
	// gone meanwhile
	if (response.destroyed) return;
	const { live } = contextOf(request);
	if (!live.listen(topicId, networkOf(request.openTalks.address), last, response))
		throw refusal('too-many-requests', { seconds: later });
}
