import { createRoute, z, type OpenAPIHono, type RouteHandler } from '@hono/zod-openapi';
import { contextOf, limit, requestOf, topicOf, type Env } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { topicPath } from '#api/schemas.ts';
import type { Queryable } from '#database/connection.server.ts';
import { confirmedThemes } from '#ideas/themes/listing.server.ts';
import { refusal } from '#refusals/refusal.ts';

const themesBody = z
	.object({
		themes: z.array(
			z.object({
				number: z.number().int().openapi({ description: 'Ask for its ideas as `theme`.' }),
				name: z.string(),
				language: z.string().openapi({ description: 'Of the name; und where a person wrote it.' })
			})
		)
	})
	.openapi('Themes');

const listThemes = createRoute({
	method: 'get',
	path: '/topics/{topic}/themes',
	summary: 'Themes of a topic',
	request: { params: topicPath },
	responses: { 200: json(themesBody, 'The themes that a rapporteur confirmed, by name'), ...refusals(404, 422, 429) }
});

export function addThemes(api: OpenAPIHono<Env>): void {
	api.openapi(listThemes, themesListed);
}

const themesListed: RouteHandler<typeof listThemes, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const { topicId } = await topicOf(request, asked.req.valid('param').topic);
	return asked.json({ themes: await confirmedThemes(contextOf(request).database, topicId) }, 200);
};

/** Refuses a list of ideas of a theme that is not there. */
export async function assertTheme(queryable: Queryable, topicId: string, theme: number | undefined): Promise<void> {
	if (theme === undefined) return;
	const themes = await confirmedThemes(queryable, topicId);
	if (!themes.some(({ number }) => number === theme)) throw refusal('not-found');
}
