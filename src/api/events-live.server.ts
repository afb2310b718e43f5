import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ServerResponse } from 'node:http';
import { contextOf, limit, requestOf, topicOf, type Env, type Request } from '#api/asking.server.ts';
import { sendError } from '#api/beside-the-router.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { topicPath } from '#api/schemas.ts';
import { isPublic } from '#events/event.ts';
import { eventNumbered } from '#events/events.server.ts';
import type { Figure, OfEvent } from '#events/moving.server.ts';
import { readingMoves } from '#live/seen-moves.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { networkOf } from '#web/front/addresses.server.ts';

const eventPath = topicPath.extend({
	event: z.coerce
		.number()
		.int()
		.min(1)
		.max(2_147_483_647)
		.openapi({ description: 'Number of the event in its topic', example: 1 })
});
const after = z.coerce.number().int().min(0).max(2_147_483_647).optional();

const listen = createRoute({
	method: 'get',
	path: '/topics/{topic}/events/{event}/live',
	summary: 'What happens in an event, as it happens',
	description: `Server-sent events that lose nothing: each move of the event once, in its order, its number as the id, its kind as the name.
The data is what everybody may see of it when it is sent, or \`null\`: there is nothing to see, or a later move of the same kind says it all.
\`floor\` and \`agenda\` are whole in themselves. \`figures\` has no number: how often answers to polls and support of questions have changed so far, told
to whoever comes and whenever it differs, four times a second at most. Last-Event-ID resumes after a number, whichever process answers; \`beat\` is a sign of life.`,
	request: { params: eventPath, query: z.object({ after: after.openapi({ description: 'Stands for Last-Event-ID' }) }) },
	responses: {
		200: { description: 'A stream that does not end', content: { 'text/event-stream': { schema: z.string() } } },
		...refusals(404, 429)
	}
});

const ask = createRoute({
	method: 'get',
	path: '/topics/{topic}/events/{event}/moves',
	summary: 'What happened in an event after a number',
	description: 'The same as the stream, for those who have none: ask again with the last number, at once while `isAll` is false.',
	request: { params: eventPath, query: z.object({ after }) },
	responses: {
		200: json(
			z.object({
				moves: z.array(z.object({ number: z.number().int(), kind: z.string(), data: z.unknown() })),
				isAll: z.boolean(),
				figures: z
					.object({ answers: z.number().int(), supports: z.number().int() })
					.openapi({ description: 'How often answers to polls and support of questions have changed so far' })
			}),
			'Moves in their order, at most 200'
		),
		...refusals(404, 422, 429)
	}
});

export function addEventsLive(api: OpenAPIHono<Env>): void {
	// told in the document only: it is answered before the router
	api.openAPIRegistry.registerPath(listen);
	api.openapi(ask, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'reading');
		const { topic, event } = asked.req.valid('param');
		const read = readingMoves(contextOf(request).database);
		const { following, figures } = await read(await eventAt(request, topic, event), [asked.req.valid('query').after ?? 0]);
		const { told, isAll } = following[0]!;
		const counted = figures === null ? { answers: 0, supports: 0 } : (JSON.parse(figures) as Record<Figure, number>);
		const moves = told.map(({ number, kind, data }) => ({ number, kind, data: JSON.parse(data) as unknown }));
		return asked.json({ moves, isAll, figures: counted }, 200, {
			'cache-control': 'no-store'
		});
	});
}

const place = /^\/api\/v1\/topics\/([a-z0-9-]{1,80})\/events\/(\d{1,10})\/live(?:\?(.*))?$/;

/** When a network that listens too much may come back (s). */
const later = 30;

/** Takes what asks for the list of an event; returns false for anything else. */
export function answersEventLive(request: Request, response: ServerResponse): boolean {
	const named = request.method === 'GET' ? place.exec(request.url ?? '') : null;
	if (!named) return false;
	const last = String(request.headers['last-event-id'] ?? new URLSearchParams(named[3]).get('after') ?? '');
	begin(request, response, named[1]!, Number(named[2]), numberIn(last)).catch((error: unknown) =>
		sendError(request, response, error, 'event live')
	);
	return true;
}

async function begin(request: Request, response: ServerResponse, slug: string, number: number, last: number): Promise<void> {
	limit(request, 'listening');
	const listed = await eventAt(request, slug, number);
	// gone meanwhile
	if (response.destroyed) return;
	const { lists } = contextOf(request);
	if (!lists.listen(listed, networkOf(request.openTalks.address), last, response))
		throw refusal('too-many-requests', { seconds: later });
}

async function eventAt(request: Request, slug: string, number: number): Promise<OfEvent> {
	const { topicId } = await topicOf(request, slug);
	const event = await eventNumbered(contextOf(request).database, topicId, number);
	if (!isPublic(event)) throw refusal('not-found');
	return { topicId, eventId: event.eventId };
}

/** Of anything that is no number of ours, from the beginning. */
function numberIn(text: string): number {
	return /^\d{1,10}$/.test(text) ? Number(text) : 0;
}
