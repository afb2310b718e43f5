import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { listBody, topicBody } from '#api/schemas.ts';
import { inTransaction } from '#database/connection.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, anOpenTopic, aModerator, anIdeaDraft, aVisitor } from '#ideas/examples.server.ts';
import { decideOn } from '#ideas/moderating/moderating.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { aProduct, secretOfTests } from './product.ts';

const product = await aProduct();
const { database, settings } = product;
const keys = topicKeys({ folder: settings.data, secret: secretOfTests });

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
	const answer = await fetch(`${product.address}/api/v1${path}`, {
		method,
		headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
	});
	return { status: answer.status, headers: answer.headers, body: z.record(z.string(), z.unknown()).parse(await answer.json()) };
}

async function aVisitorOfTheApi(): Promise<Record<string, string>> {
	const { status, body } = await ask('POST', '/visitors');
	assert.equal(status, 201);
	return { authorization: `Bearer ${String(body['token'])}` };
}

test('a program becomes a visitor, submits an idea once, gives opinions and reads what is public without a key', async () => {
	const { slug } = await anOpenTopic(database);
	const visitor = await aVisitorOfTheApi();
	const idea = { text: 'Build exchange points first', question: 1, language: 'en' };
	const key = { ...visitor, 'idempotency-key': 'k1' };
	const first = await ask('POST', `/topics/${slug}/ideas`, idea, key);
	assert.deepEqual([first.status, first.body['number'], first.body['held']], [201, 1, false]);
	const again = await ask('POST', `/topics/${slug}/ideas`, idea, key);
	assert.deepEqual(again.body, first.body);
	await ask(
		'POST',
		`/topics/${slug}/ideas`,
		{ ...idea, text: 'Another', question: null },
		{ ...visitor, 'idempotency-key': 'k2' }
	);

	const reader = await aVisitorOfTheApi();
	const given = await ask('PUT', `/topics/${slug}/ideas/1/opinion`, { value: 'agree' }, reader);
	assert.deepEqual([given.status, given.body], [200, { next: 2 }]);
	const last = await ask('PUT', `/topics/${slug}/ideas/2/opinion`, { value: 'pass' }, reader);
	assert.deepEqual([last.status, last.body], [200, { next: null }]);

	const list = await ask('GET', `/topics/${slug}/ideas?question=1`);
	const { ideas, next } = listBody.parse(list.body);
	assert.equal(next, null);
	assert.deepEqual(
		ideas.map(({ number, text, question, counts }) => ({ number, text, question, counts })),
		[{ number: 1, text: idea.text, question: 1, counts: { agree: 1, disagree: 0, pass: 0 } }]
	);
	const one = await ask('GET', `/topics/${slug}/ideas/1`);
	assert.deepEqual([one.status, one.body['version'], one.body['language']], [200, 1, 'en']);
	// nobody is asked about what they wrote themselves
	const own = await ask('PUT', `/topics/${slug}/ideas/1/opinion`, { value: 'agree' }, visitor);
	assert.deepEqual([own.status, own.body], [200, { next: null }]);
});

test('each refusal has its code, its status and a sentence in the language that was asked for', async () => {
	const { slug, topicId } = await anOpenTopic(database);
	const visitor = await aVisitorOfTheApi();
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	const opinion = (path: string, body: unknown = { value: 'agree' }, headers: Record<string, string> = visitor) =>
		ask('PUT', `/topics/${path}/opinion`, body, headers);
	const refused = [
		[await opinion(`${slug}/ideas/1`, { value: 'agree' }, {}), 401, 'token-missing'],
		[
			await opinion(`${slug}/ideas/1`, { value: 'agree' }, { authorization: `Bearer ${'x'.repeat(22)}.${'x'.repeat(22)}` }),
			401,
			'token-unknown'
		],
		[await opinion(`${slug}/ideas/1`, { value: 'yes' }), 422, 'invalid-request'],
		[await opinion(`${slug}/ideas/1`, '{"value":'), 422, 'invalid-request'],
		[await opinion(`${slug}/ideas/one`), 422, 'invalid-request'],
		[await opinion(`${slug}/ideas/99999999999`), 422, 'invalid-request'],
		[await opinion(`${slug}/ideas/2`), 404, 'not-found'],
		[await opinion('nowhere/ideas/1'), 404, 'not-found'],
		[await ask('GET', '/nothing'), 404, 'not-found'],
		[await ask('POST', `/topics/${slug}/ideas`, { text: 'x', question: 1, language: 'en' }, visitor), 422, 'invalid-request'],
		[
			await ask(
				'POST',
				`/topics/${slug}/ideas`,
				{ text: 'a\0b', question: 1, language: 'en' },
				{ ...visitor, 'idempotency-key': 'a' }
			),
			422,
			'unusable-text'
		],
		[
			await ask(
				'POST',
				`/topics/${slug}/ideas`,
				{ text: 'ab', question: 7, language: 'en' },
				{ ...visitor, 'idempotency-key': 'a' }
			),
			404,
			'not-found'
		]
	] as const;
	for (const [answer, status, code] of refused) {
		assert.deepEqual([answer.status, answer.body['code']], [status, code]);
		assert.ok(String(answer.body['message']).length > 10);
	}
	await database.query(`update stages set closes_at = clock_timestamp() - interval '1 second' where topic_id = $1`, [topicId]);
	const closed = await opinion(`${slug}/ideas/1`, { value: 'agree' }, { ...visitor, 'accept-language': 'en' });
	assert.deepEqual([closed.status, closed.body['code']], [409, 'stage-closed']);
});

test('who asks too often is told when to come back', async () => {
	const { slug, topicId } = await anOpenTopic(database);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	const headers = { ...(await aVisitorOfTheApi()), 'x-forwarded-for': '203.0.113.7' };
	let answer;
	for (let at = 0; at < 80 && answer?.status !== 429; at++)
		answer = await ask('PUT', `/topics/${slug}/ideas/1/opinion`, { value: 'agree' }, headers);
	assert.deepEqual([answer?.status, answer?.body['code']], [429, 'too-many-requests']);
	assert.ok(Number(answer?.headers.get('retry-after')) >= 1);
});

test('what is blind, hidden or held is in no answer', async () => {
	const { slug, topicId } = await anOpenTopic(database, { takesOpinions: 'blind' });
	const sent = await inTransaction(database, async (transaction) => [
		await submitIdea(transaction, keys, anIdeaDraft(topicId), aVisitor('author')),
		await submitIdea(transaction, keys, anIdeaDraft(topicId, { point: 'Secret words' }), aVisitor('author'))
	]);
	const thing = { topicId, kind: 'idea', thingId: sent[1]!.receipt.contributionId } as const;
	await decideOn(database, thing, { decision: 'hidden', reason: 'spam', words: '' }, aModerator(topicId));
	const visitor = await aVisitorOfTheApi();
	await ask('PUT', `/topics/${slug}/ideas/1/opinion`, { value: 'agree' }, visitor);
	const list = await ask('GET', `/topics/${slug}/ideas?sort=supported`, undefined, visitor);
	const one = await ask('GET', `/topics/${slug}/ideas/1`, undefined, visitor);
	const topic = await ask('GET', `/topics/${slug}`);
	assert.equal(one.body['counts'], null);
	assert.deepEqual(
		listBody.parse(list.body).ideas.map(({ number, counts }) => [number, counts]),
		[[1, null]]
	);
	assert.equal('opinions' in topicBody.parse(topic.body).counts, false);
	assert.equal((await ask('GET', `/topics/${slug}/ideas/2`)).status, 404);
	assert.equal(JSON.stringify([list.body, one.body]).includes('Secret'), false);
});

/** What of an OpenAPI document says which operations there are. */
const description = z.object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

test('the branches of a thread come in four orders, the long ones folded, and each by itself', async () => {
	const { topicId, slug } = await anOpenTopic(database);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('author'));
	const answered = [null, ...Array.from({ length: 25 }, () => 1), null, null, 28, 28, 27];
	await inTransaction(database, async (transaction) => {
		for (const answers of answered) await comment(transaction, keys, aCommentDraft(topicId, 1, { answers }), aVisitor('reader'));
	});
	const path = `/topics/${slug}/ideas/1/comments`;
	const page = z.object({
		comments: z.array(z.object({ number: z.number(), depth: z.number(), folded: z.number().optional() })),
		next: z.string().nullable()
	});
	const read = async (query: string) => page.parse((await ask('GET', `${path}?${query}`)).body);
	const heads = async (order: string) =>
		(await read(`order=${order}`)).comments.filter(({ depth }) => depth === 0).map(({ number }) => number);
	assert.deepEqual(
		[await heads('oldest'), await heads('newest'), await heads('active'), await heads('answered')],
		[
			[1, 27, 28],
			[28, 27, 1],
			[27, 28, 1],
			[1, 28, 27]
		]
	);
	const { comments } = await read('order=oldest');
	assert.deepEqual(
		comments.slice(0, 4).map(({ number, folded }) => [number, folded]),
		[
			[1, 25],
			[2, undefined],
			[3, undefined],
			[27, undefined]
		]
	);
	// all that is folded, page by page
	const found: number[] = [];
	for (let next: string | null = ''; next !== null;) {
		const part: z.infer<typeof page> = await read(`branch=1${next === '' ? '' : `&from=${next}`}`);
		found.push(...part.comments.map(({ number }) => number));
		next = part.next;
	}
	assert.deepEqual(
		found,
		Array.from({ length: 25 }, (_, index) => index + 2)
	);
	assert.equal((await ask('GET', `${path}?branch=999`)).status, 404);
	assert.equal((await ask('GET', `${path}?order=loudest`)).status, 422);
});

test('the document of the interface is OpenAPI 3.1 and names every operation that was promised', async () => {
	const { body } = await ask('GET', '/openapi.json');
	const { openapi, paths } = description.parse(body);
	assert.equal(openapi, '3.1.0');
	const operations = Object.entries(paths).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => `${method} ${path}`)
	);
	assert.deepEqual(operations.sort(), [
		'get /api/v1/me',
		'get /api/v1/proof',
		'get /api/v1/topics',
		'get /api/v1/topics/{topic}',
		'get /api/v1/topics/{topic}/agreement',
		'get /api/v1/topics/{topic}/events',
		'get /api/v1/topics/{topic}/events/{event}',
		'get /api/v1/topics/{topic}/events/{event}/live',
		'get /api/v1/topics/{topic}/events/{event}/moves',
		'get /api/v1/topics/{topic}/export/{file}',
		'get /api/v1/topics/{topic}/ideas',
		'get /api/v1/topics/{topic}/ideas/{number}',
		'get /api/v1/topics/{topic}/ideas/{number}/comments',
		'get /api/v1/topics/{topic}/live',
		'get /api/v1/topics/{topic}/themes',
		'post /api/v1/captions/{token}',
		'post /api/v1/topics/{topic}/ideas',
		'post /api/v1/visitors',
		'put /api/v1/topics/{topic}/ideas/{number}/opinion'
	]);
});
