import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { ServerResponse } from 'node:http';
import { contextOf, limit, requestOf, topicOf, whoActs, type Env, type Request } from '#api/asking.server.ts';
import { send, sendError } from '#api/beside-the-router.server.ts';
import { bodyOf, json, refusals } from '#api/documenting.ts';
import { ideaPath, nextBody, opinionBody, visitorBody } from '#api/schemas.ts';
import type { Opinion } from '#ideas/opinions/opinion.ts';
import { refusal } from '#refusals/refusal.ts';

const newVisitor = createRoute({
	method: 'post',
	path: '/visitors',
	summary: 'Become a visitor',
	description: 'A visitor has no account. The token is all there is: keep it, and nobody else has it.',
	responses: { 201: json(visitorBody, 'The token of the new visitor'), ...refusals(429) }
});

const giveOpinion = createRoute({
	method: 'put',
	path: '/topics/{topic}/ideas/{number}/opinion',
	summary: 'Give or change an opinion',
	description: 'Answered when it is stored for good. The last opinion of a visitor on an idea holds.',
	security: [{ visitor: [] }, { token: ['opinions:write'] }],
	request: { params: ideaPath, body: bodyOf(opinionBody) },
	responses: { 200: json(nextBody, 'Taken'), ...refusals(401, 403, 404, 409, 413, 422, 429) }
});

export function addOpinions(api: OpenAPIHono<Env>): void {
	api.openapi(newVisitor, (asked) => {
		const request = requestOf(asked);
		limit(request, 'acting');
		return asked.json({ token: contextOf(request).visitors.newToken() }, 201);
	});

	api.openapi(giveOpinion, async (asked) => {
		const { topic, number } = asked.req.valid('param');
		const { value, version } = asked.req.valid('json');
		return asked.json(await give(requestOf(asked), topic, number, value, version), 200);
	});
}

const place = /^\/api\/v1\/topics\/([a-z0-9-]{1,80})\/ideas\/([1-9]\d{0,8})\/opinion$/;
const longestBody = 1000;

/**
 * The same operation without the router, whose share of the processor would be larger than everything else: on a busy day nine of ten
 * requests are opinions. Takes only what is plainly one; returns false for anything else, which the router then answers.
 */
export function answersOpinion(request: Request, response: ServerResponse): boolean {
	if (request.method !== 'PUT' || !request.headers['content-type']?.startsWith('application/json')) return false;
	const named = place.exec(request.url ?? '');
	const length = Number(request.headers['content-length'] ?? Number.NaN);
	if (!named || !(length <= longestBody)) return false;
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
		readAndGive(request, named[1]!, Number(named[2]), body.toString()).then(
			(next) => send(response, 200, next),
			(error: unknown) => sendError(request, response, error, 'opinion')
		);
	});
	return true;
}

function readAndGive(request: Request, slug: string, number: number, text: string): Promise<{ next: number | null }> {
	const body = said.get(text) ?? saidIn(text);
	if (!body) return Promise.reject(refusal('invalid-request'));
	return give(request, slug, number, body.value, body.version);
}

/** There are few ways to say an opinion; those that were read before need not be read again. */
const said = new Map<string, z.infer<typeof opinionBody>>();
const mostSaid = 1000;

function saidIn(text: string): z.infer<typeof opinionBody> | null {
	const { success, data } = opinionBody.safeParse(jsonIn(text));
	if (!success) return null;
	if (said.size < mostSaid) said.set(text, data);
	return data;
}

async function give(request: Request, slug: string, ideaNumber: number, opinion: Opinion, version: number | undefined) {
	const { actor, who } = await whoActs(request, 'opinions:write');
	limit(request, 'acting', { limited: 'acting-alone', who });
	const { topicId } = await topicOf(request, slug);
	const { next } = await contextOf(request).opinions.give(topicId, actor, { ideaNumber, opinion, seen: version ?? null });
	return { next };
}

function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
