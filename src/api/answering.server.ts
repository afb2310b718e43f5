import { getRequestListener } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { RequestListener } from 'node:http';
import { refused, requestOf, type Env, type Request } from '#api/asking.server.ts';
import { addExports } from '#api/exports.server.ts';
import { addAgreement } from '#api/agreement.server.ts';
import { addCaptions } from '#api/captions.server.ts';
import { addIdeas } from '#api/ideas.server.ts';
import { addMe } from '#api/me.server.ts';
import { unexpected } from '#api/beside-the-router.server.ts';
import { addEventsLive, answersEventLive } from '#api/events-live.server.ts';
import { addLive, answersLive } from '#api/live.server.ts';
import { addOpinions, answersOpinion } from '#api/opinions.server.ts';
import { addProof } from '#api/proving.server.ts';
import { addEvents } from '#api/events.server.ts';
import { addThemes } from '#api/themes.server.ts';
import { addTopics } from '#api/topics.server.ts';
import { tokenPrefix, tokenScopes } from '#people/tokens.ts';
import { isRefusal, refusal, type Refusal } from '#refusals/refusal.ts';
import { requestWithin } from '#web/front/form-body.server.ts';

/** No text that is taken needs more, in any script and any spelling of JSON. */
const largestBody = 100_000;

/** Answers what lies under /api. Each request carries the context that the front laid on it. */
export function answerApi(): RequestListener {
	const listener = getRequestListener(makeApi().fetch, { overrideGlobalObjects: false });
	return (incoming, response) => {
		const request = incoming as Request;
		const isTaken = answersOpinion(request, response) || answersLive(request, response) || answersEventLive(request, response);
		if (!isTaken) void listener(request, response);
	};
}

export function makeApi(): OpenAPIHono<Env> {
	const api = new OpenAPIHono<Env>({
		defaultHook: (checked, asked) => (checked.success ? undefined : no(asked, refusal('invalid-request')))
	}).basePath('/api/v1');
	api.use(async (asked, next) => {
		const { headers } = requestOf(asked);
		if (Number(headers['content-length'] ?? 0) > largestBody) throw refusal('too-large');
		// it does not say how large it is: counted while it comes
		if (headers['transfer-encoding'] !== undefined) asked.req.raw = await requestWithin(asked.req.raw, largestBody);
		await next();
	});
	addTopics(api);
	addIdeas(api);
	addThemes(api);
	addEvents(api);
	addAgreement(api);
	addProof(api);
	addOpinions(api);
	addLive(api);
	addEventsLive(api);
	addCaptions(api);
	addExports(api);
	addMe(api);
	api.openAPIRegistry.registerComponent('securitySchemes', 'visitor', {
		type: 'http',
		scheme: 'bearer',
		description: 'Of a visitor without an account: POST /visitors'
	});
	api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
		type: 'http',
		scheme: 'bearer',
		description: `A personal token, made at /account/tokens; it begins with ${tokenPrefix}. Scopes: ${tokenScopes.join(', ')}.`
	});
	api.doc31('/openapi.json', {
		openapi: '3.1.0',
		info: {
			title: 'Open Talks',
			version: '1',
			description:
				'Read everything public without a key; take part as a visitor, or with a personal token. Texts are under CC BY 4.0.'
		}
	});
	api.notFound((asked) => no(asked, refusal('not-found')));
	api.onError((error, asked) => {
		if (isRefusal(error)) return no(asked, error);
		// a body that is no JSON
		if (error instanceof HTTPException) return no(asked, refusal('invalid-request'));
		console.error(JSON.stringify({ at: new Date().toISOString(), api: asked.req.routePath, error: error.stack }));
		return asked.json(unexpected, 500);
	});
	return api;
}

function no(asked: HonoContext<Env>, refusal: Refusal): Response {
	const { status, body, headers } = refused(requestOf(asked), refusal);
	return asked.json(body, status, headers);
}
