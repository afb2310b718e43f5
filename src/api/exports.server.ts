import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { contextOf, limit, momentOf, originOf, requestOf, topicOf, whoAsks, type Env } from '#api/asking.server.ts';
import { refusals } from '#api/documenting.ts';
import { topicPath } from '#api/schemas.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { acceptedLanguage } from '#languages/languages.ts';
import { exported, exportFiles } from '#reports/export/exporting.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { madeFile } from '#web/streaming.server.ts';

const oneExport = createRoute({
	method: 'get',
	path: '/topics/{topic}/export/{file}',
	summary: 'A table of a topic as CSV, or all of it as JSON or ZIP',
	request: {
		params: topicPath.extend({
			file: z.enum(exportFiles as [string, ...string[]]).openapi({
				param: { name: 'file', in: 'path' },
				description: 'dictionary.csv says what the columns mean, in the language asked for'
			})
		})
	},
	responses: {
		200: {
			description: 'Sent while it is read. Everything is public, under CC BY 4.0.',
			content: {
				'text/csv': { schema: z.string() },
				'application/json': { schema: z.object({ licence: z.string() }).loose() },
				'application/zip': { schema: z.string().openapi({ format: 'binary' }) }
			}
		},
		...refusals(404, 422, 429)
	}
});

export function addExports(api: OpenAPIHono<Env>): void {
	// a stream is not one of the answers that a schema can type
	api.openapi(oneExport, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'exporting');
		const { topic: slug, file } = asked.req.valid('param');
		const topic = await topicOf(request, slug);
		const say = speakerOf(acceptedLanguage(asked.req.header('accept-language') ?? null) ?? 'en');
		const showsResults = resultsVisibleTo(whoAsks(request), topic, momentOf(request));
		const wishes = { say, showsResults, origin: originOf(request), at: momentOf(request) };
		return madeFile(exported(contextOf(request).database, topic, file, wishes));
	});
}
