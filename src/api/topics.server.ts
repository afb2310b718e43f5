import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { countsOf } from '#activity/counting.server.ts';
import { contextOf, limit, momentOf, requestOf, topicOf, whoAsks, type Env } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { topicBody, topicPath, topicsBody } from '#api/schemas.ts';
import type { TextsOfThing } from '#languages/texts.server.ts';
import { resultsVisibleTo } from '#topics/results.ts';
import { topicsListed } from '#topics/reading.server.ts';
import { standing } from '#topics/stages/stage.ts';

const listTopics = createRoute({
	method: 'get',
	path: '/topics',
	summary: 'Topics',
	responses: { 200: json(topicsBody, 'Published topics, the newest first'), ...refusals(429) }
});

const oneTopic = createRoute({
	method: 'get',
	path: '/topics/{topic}',
	summary: 'One topic',
	request: { params: topicPath },
	responses: { 200: json(topicBody, 'The topic with its questions and stages'), ...refusals(404, 422, 429) }
});

export function addTopics(api: OpenAPIHono<Env>): void {
	api.openapi(listTopics, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'reading');
		const at = momentOf(request);
		const topics = await topicsListed(contextOf(request).database);
		return asked.json(
			{
				topics: topics.map(({ slug, texts, stages }) => ({
					topic: slug,
					title: inLanguages(texts, 'title'),
					standing: standing(stages, at)
				}))
			},
			200
		);
	});

	api.openapi(oneTopic, async (asked) => {
		const request = requestOf(asked);
		limit(request, 'reading');
		const topic = await topicOf(request, asked.req.valid('param').topic);
		const totals = await countsOf(contextOf(request).database, topic.topicId);
		const visible = resultsVisibleTo(whoAsks(request), topic, momentOf(request));
		const { ideas = 0, comments = 0, submissions = 0, opinions = 0 } = totals;
		const counts: Record<string, number> = visible
			? { ideas, comments, submissions, opinions }
			: { ideas, comments, submissions };
		return asked.json(
			{
				topic: topic.slug,
				title: inLanguages(topic.texts, 'title'),
				summary: inLanguages(topic.texts, 'summary'),
				languages: [...topic.languages],
				questions: topic.questions.map(({ number, texts }) => ({ number, text: inLanguages(texts, 'text') })),
				stages: topic.stages.map((stage) => ({
					name: inLanguages(stage.texts, 'name'),
					opens: stage.opensAt.toISOString(),
					closes: stage.closesAt.toISOString(),
					takes: {
						ideas: stage.takesIdeas,
						submissions: stage.takesSubmissions,
						comments: stage.takesComments,
						opinions: stage.takesOpinions
					}
				})),
				counts
			},
			200
		);
	});
}

function inLanguages(texts: TextsOfThing, field: string): Record<string, string> {
	return Object.fromEntries((texts[field] ?? []).map(({ language, text }) => [language, text]));
}
