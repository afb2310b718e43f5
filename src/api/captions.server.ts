import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { contextOf, limit, requestOf, type Env } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { takeCaptions } from '#townhalls/captions/taking.server.ts';

const captionsTaken = z
	.object({
		taken: z.number().int().openapi({ description: 'Lines that are new' }),
		problems: z
			.array(z.object({ line: z.number().int(), what: z.string() }))
			.openapi({ description: 'What could not be read, by line of what was sent' })
	})
	.openapi('CaptionsTaken');

const take = createRoute({
	method: 'post',
	path: '/captions/{token}',
	summary: 'Captions while people speak',
	description: `The address is made at the desk of the event and holds its secret. The body is text: a caption a line, "Name: words" where the speaker is
known, with times before it as "00:01:02.000 --> 00:01:05.000 words" (from the beginning of the event) or without, then it stands at the moment of its
arrival; or cues of WebVTT. With \`seq\`, as captioning programs count, all of it is one caption, and the same number sent again is the same caption.`,
	request: {
		params: z.object({ token: z.string().max(100) }),
		query: z.object({
			seq: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
			lang: z.string().max(35).optional().openapi({ description: 'BCP 47; that of the address where it is left out' })
		}),
		body: { content: { 'text/plain': { schema: z.string() } }, required: true }
	},
	responses: { 200: json(captionsTaken, 'They are kept'), ...refusals(401, 413, 422, 429) }
});

export function addCaptions(api: OpenAPIHono<Env>): void {
	api.openapi(take, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'acting');
		const { token } = asked.req.valid('param');
		const { seq, lang } = asked.req.valid('query');
		const given = { body: await asked.req.text(), sequence: seq ?? null, language: lang ?? null };
		const { taken, problems } = await takeCaptions(contextOf(request).database, token, given);
		return asked.json({ taken, problems: [...problems] }, 200);
	});
}
