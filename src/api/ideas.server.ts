import { createRoute, z, type OpenAPIHono, type RouteHandler } from '@hono/zod-openapi';
import { contextOf, limit, momentOf, requestOf, topicOf, whoActs, whoAsks, type Env, type Request } from '#api/asking.server.ts';
import { bodyOf, json, refusals } from '#api/documenting.ts';
import { countSending, proofHeader } from '#api/proving.server.ts';
import {
	commentsBody,
	commentsQuery,
	ideaMade,
	ideaPath,
	listBody,
	listQuery,
	newIdeaBody,
	oneIdeaBody,
	topicPath
} from '#api/schemas.ts';
import { assertTheme } from '#api/themes.server.ts';
import { addressOf, codeOf } from '#contributions/receipts/receipts.server.ts';
import { commentsOn, lineTo } from '#ideas/comments/pages.server.ts';
import { branchesOn } from '#ideas/comments/folding.server.ts';
import type { ThreadOrder } from '#ideas/comments/thread.ts';
import type { Database } from '#database/connection.server.ts';
import { ideaPage } from '#ideas/idea-page.server.ts';
import { ideasFound } from '#ideas/finding.server.ts';
import { ideasOnTopic, type AuthorShown, type ListedIdea } from '#ideas/listing.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { refusal } from '#refusals/refusal.ts';
import type { Topic } from '#topics/topic.ts';

const listIdeas = createRoute({
	method: 'get',
	path: '/topics/{topic}/ideas',
	summary: 'Ideas of a topic',
	request: { params: topicPath, query: listQuery },
	responses: { 200: json(listBody, 'Twenty ideas'), ...refusals(404, 422, 429) }
});

const submit = createRoute({
	method: 'post',
	path: '/topics/{topic}/ideas',
	summary: 'Submit an idea',
	description: 'One point. It stands under CC BY 4.0 without a name.',
	security: [{ visitor: [] }, { token: ['ideas:write'] }],
	request: {
		params: topicPath,
		headers: z.object({
			'idempotency-key': z
				.string()
				.min(1)
				.max(200)
				.openapi({ description: 'The same key again leads to the idea of the first time.' }),
			proof: proofHeader
		}),
		body: bodyOf(newIdeaBody)
	},
	responses: { 201: json(ideaMade, 'Made, or made before with this key'), ...refusals(401, 403, 404, 409, 413, 422, 429) }
});

const oneIdea = createRoute({
	method: 'get',
	path: '/topics/{topic}/ideas/{number}',
	summary: 'One idea',
	request: { params: ideaPath },
	responses: { 200: json(oneIdeaBody, 'The idea'), ...refusals(404, 422, 429) }
});

const listComments = createRoute({
	method: 'get',
	path: '/topics/{topic}/ideas/{number}/comments',
	summary: 'Comments on an idea',
	request: { params: ideaPath, query: commentsQuery },
	responses: {
		200: json(commentsBody, 'Twenty comments at most: in the order of their threads, or by `order`'),
		...refusals(404, 422, 429)
	}
});

export function addIdeas(api: OpenAPIHono<Env>): void {
	api.openapi(listIdeas, ideasListed);
	api.openapi(submit, ideaSubmitted);
	api.openapi(oneIdea, ideaShown);
	api.openapi(listComments, commentsListed);
}

const ideasListed: RouteHandler<typeof listIdeas, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const topic = await topicOf(request, asked.req.valid('param').topic);
	const { question, ...wishes } = asked.req.valid('query');
	const questionId = question === undefined ? null : questionOf(topic, question);
	const { database } = contextOf(request);
	await assertTheme(database, topic.topicId, wishes.theme);
	const asks = { ...wishes, question: questionId };
	const found = (await ideasFound(database, topic.topicId, asks))?.numbers ?? null;
	const { ideas, after } = await ideasOnTopic(database, topic, asks, { ...seenBy(request), found });
	return asked.json({ ideas: ideas.map((idea) => told(topic, idea, idea.point)), next: after }, 200);
};

const ideaSubmitted: RouteHandler<typeof submit, Env> = async (asked) => {
	const request = requestOf(asked);
	const acting = await whoActs(request, 'ideas:write');
	limit(request, 'writing', { limited: 'writing-alone', who: acting.who });
	const topic = await topicOf(request, asked.req.valid('param').topic);
	await countSending(request, topic.topicId, acting, asked.req.valid('header').proof);
	const { text, question = null, language, explanation = '', sources = '' } = asked.req.valid('json');
	const { keys, database, cache } = contextOf(request);
	const sent = await submitIdea(
		database,
		keys,
		{
			topicId: topic.topicId,
			questionId: question === null ? null : questionOf(topic, question),
			point: text,
			explanation,
			sources,
			language,
			attribution: 'group',
			name: null,
			channel: 'api',
			requestKey: asked.req.valid('header')['idempotency-key']
		},
		acting.actor
	);
	if (sent.isNew) cache.purge([`/topics/${topic.slug}`]);
	const receipt = { address: `/receipts/${addressOf(sent.receipt)}`, code: await codeOf(keys, sent.receipt) };
	return asked.json({ number: sent.number, held: sent.held, receipt }, 201);
};

const ideaShown: RouteHandler<typeof oneIdea, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const { topic: slug, number } = asked.req.valid('param');
	const topic = await topicOf(request, slug);
	const idea = await ideaPage(contextOf(request).database, topic, number, seenBy(request));
	const newest = idea.versions[0];
	if (!newest) throw refusal('not-found');
	const { version, explanation, sources } = newest;
	const { successorOf, successors } = idea;
	return asked.json(
		{ ...told(topic, idea, newest.point), version, explanation, sources, successorOf, successors: [...successors] },
		200
	);
};

const commentsListed: RouteHandler<typeof listComments, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const { topic: slug, number } = asked.req.valid('param');
	const { database } = contextOf(request);
	const topic = await topicOf(request, slug);
	const idea = await ideaPage(database, topic, number, seenBy(request));
	if (idea.concealed !== null) throw refusal('not-found');
	const { comments, next } = await thread(database, topic.topicId, number, asked.req.valid('query'));
	return asked.json(
		{
			comments: comments.map(({ writtenAt, author, isEdited: _, isErased: __, ...comment }) => ({
				...comment,
				written: writtenAt.toISOString(),
				author: authorTold(author)
			})),
			next
		},
		200
	);
};

interface CommentsWished {
	readonly from?: string | undefined;
	readonly since?: number | undefined;
	readonly order?: ThreadOrder | undefined;
	readonly branch?: number | undefined;
}

/** All of it in the order of its threads, or its branches in another order, or those below a comment: folded as on the pages. */
async function thread(database: Database, topicId: string, ideaNumber: number, { from, since, order, branch }: CommentsWished) {
	const below = branch === undefined ? [] : (await lineTo(database, topicId, { ideaNumber, number: branch })).path;
	if (since !== undefined || (order === undefined && branch === undefined)) {
		const { comments, next } = await commentsOn(database, topicId, ideaNumber, { from, since, below });
		return { comments: comments.map((comment) => ({ ...comment, folded: undefined })), next };
	}
	const { branches, next } = await branchesOn(database, topicId, ideaNumber, {
		below,
		order: order ?? 'oldest',
		from: from ?? null
	});
	const comments = branches.flatMap(({ comments: shown, folded }) =>
		shown.map((comment, place) => ({ ...comment, folded: place === 0 ? folded?.answers : undefined }))
	);
	return { comments, next };
}

function seenBy(request: Request) {
	return { actor: whoAsks(request), at: momentOf(request) };
}

function questionOf({ questions }: Topic, number: number): string {
	const question = questions.find((one) => one.number === number);
	if (!question) throw refusal('not-found');
	return question.questionId;
}

function told(topic: Topic, idea: Omit<ListedIdea, 'point' | 'isExplained'>, text: string) {
	const { number, language, questionId, channel, publishedAt, comments, counts, author } = idea;
	return {
		number,
		text,
		language,
		question: topic.questions.find((one) => one.questionId === questionId)?.number ?? null,
		channel,
		published: publishedAt.toISOString(),
		comments,
		counts,
		author: authorTold(author)
	};
}

function authorTold({ name, organisation, groups, region }: AuthorShown) {
	return { name, organisation, groups: [...groups], region };
}
