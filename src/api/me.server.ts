import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { contextOf, limit, requestOf, whoActs, type Env } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { meBody } from '#api/schemas.ts';
import { ownAccount } from '#people/accounts.server.ts';
import { refusal } from '#refusals/refusal.ts';

const me = createRoute({
	method: 'get',
	path: '/me',
	summary: 'Whose token this is',
	security: [{ token: ['me:read'] }],
	responses: { 200: json(meBody, 'The account, and what the token may do'), ...refusals(401, 403, 429) }
});

export function addMe(api: OpenAPIHono<Env>): void {
	api.openapi(me, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'acting');
		const { actor, token } = await whoActs(request, 'me:read');
		if (token === null) throw refusal('token-without-scope', { scope: 'me:read' });
		const { name, email, language } = await ownAccount(contextOf(request).database, actor);
		return asked.json({ name, email, language, scopes: [...token.scopes], expires: token.expiresAt.toISOString() }, 200);
	});
}
