import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { contextOf, limit, topicOf, whoActs, type Env } from '#api/asking.server.ts';
import { bodyOf, json, refusals } from '#api/documenting.ts';
import { ideaPath, nextBody, opinionBody, visitorBody } from '#api/schemas.ts';

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
	security: [{ visitor: [] }],
	request: { params: ideaPath, body: bodyOf(opinionBody) },
	responses: { 200: json(nextBody, 'Taken'), ...refusals(401, 404, 409, 422, 429) }
});

export function addOpinions(api: OpenAPIHono<Env>): void {
	api.openapi(newVisitor, (asked) => {
		limit(asked, 'acting');
		return asked.json({ token: contextOf(asked).visitors.newToken() }, 201);
	});

	api.openapi(giveOpinion, async (asked) => {
		const actor = whoActs(asked);
		limit(asked, 'acting', { limited: 'acting-alone', visitorId: actor.visitorId });
		const { topic: slug, number } = asked.req.valid('param');
		const { value, version = null } = asked.req.valid('json');
		const { topicId } = await topicOf(asked, slug);
		const { next } = await contextOf(asked).opinions.give(topicId, actor, { ideaNumber: number, opinion: value, seen: version });
		return asked.json({ next }, 200);
	});
}
