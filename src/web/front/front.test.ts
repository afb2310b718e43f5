import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { readSettings } from '#database/settings.server.ts';
import type { Fronted } from '#web/context.server.ts';
import { front } from './front.server.ts';
import { Limits } from './limits.server.ts';
import { PublicCache } from './public-cache.server.ts';

const words = 'Who takes part in internet public policy? '.repeat(50);
const publicly = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=0' };

/** The front before pages that are as simple as these tests need them. */
async function aFront(pages: RequestListener): Promise<(path: string, wishes?: Wishes) => Promise<Answer>> {
	const context = {
		settings: readSettings({ ORIGIN: 'https://talks.example' }),
		cache: new PublicCache(),
		limits: new Limits(),
		now: () => performance.now()
	};
	const server = createServer(front(context, { pages, api: pages })).listen(0, '127.0.0.1');
	await once(server, 'listening');
	after(() => server.close());
	const { port } = server.address() as AddressInfo;
	return (path, { method = 'GET', headers = {} } = {}) =>
		new Promise((resolve, reject) => {
			const asked = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
				let body = '';
				answer.setEncoding('utf8');
				answer.on('data', (part: string) => (body += part));
				answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
			});
			asked.on('error', reject).end();
		});
}

interface Wishes {
	readonly method?: string;
	readonly headers?: Record<string, string>;
}

interface Answer {
	readonly status: number;
	readonly headers: Record<string, string | string[] | undefined>;
	readonly body: string;
}

test('a page that was asked for by HEAD first is whole for everybody after', async () => {
	let renderings = 0;
	const ask = await aFront((request, response) => {
		renderings++;
		response.writeHead(200, publicly).end(request.method === 'HEAD' ? undefined : words);
	});
	const head = await ask('/topics/internet', { method: 'HEAD' });
	assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', String(words.length)]);
	assert.equal((await ask('/topics/internet')).body, words);
	assert.equal(renderings, 1);
});

test('who has the page already is told so, and who waits with them gets the page', async () => {
	const ask = await aFront((request, response) => {
		if (request.headers['if-none-match']) response.writeHead(304).end();
		else setTimeout(() => response.writeHead(200, publicly).end(words), 50);
	});
	const { headers } = await ask('/topics/internet');
	const knows = { 'if-none-match': String(headers['etag']) };
	const [again, first] = await Promise.all([ask('/topics/internet?a', { headers: knows }), ask('/topics/internet?a')]);
	assert.deepEqual([again.status, again.body], [304, '']);
	assert.deepEqual([first.status, first.body], [200, words]);
});

test('all who wait for the same public page get the one rendering', async () => {
	let renderings = 0;
	const ask = await aFront((_request, response) => {
		renderings++;
		setTimeout(() => response.writeHead(200, publicly).end(words), 50);
	});
	const answers = await Promise.all(Array.from({ length: 10 }, () => ask('/topics/internet')));
	assert.ok(answers.every(({ body }) => body === words));
	assert.equal(renderings, 1);
});

test('an answer that may not be kept is given to one person only', async () => {
	let cookies = 0;
	const ask = await aFront((_request, response) => {
		const mine = `visitor=${++cookies}`;
		setTimeout(() => response.writeHead(200, { ...publicly, 'set-cookie': mine }).end(words), 50);
	});
	const answers = await Promise.all(Array.from({ length: 10 }, () => ask('/topics/internet/ideas/7')));
	assert.equal(new Set(answers.map(({ headers }) => String(headers['set-cookie']))).size, 10);
});

test('a rendering that breaks off breaks no other', async () => {
	let renderings = 0;
	const ask = await aFront((_request, response) => {
		if (++renderings === 1) setTimeout(() => response.destroy(), 50);
		else response.writeHead(200, publicly).end(words);
	});
	const answers = await Promise.all([ask('/topics/internet'), ask('/topics/internet')]);
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 500]);
});

test('an address that the pages would read otherwise than it stands is never a public page', async () => {
	const ask = await aFront((request, response) => {
		response.writeHead(200, publicly).end(request.headers.cookie ?? 'nobody');
	});
	const cookie = { headers: { cookie: 'visitor=1' } };
	for (const path of [
		'/',
		'/fr',
		'/topics/internet',
		'/topics/internet/',
		'/topics/internet/ideas/7?page=2',
		'/accent/1f6feb.css'
	])
		assert.equal((await ask(path, cookie)).body, 'nobody', path);
	for (const path of [
		'/topics/internet/ideas/new',
		'/topics/internet/ideas/%6eew',
		'/topics/internet/ideas/%6Eew/',
		'/topics/internet/ideas/new#top',
		'/topics/internet/ideas/new\\',
		'/topics/internet/ideas/%',
		'/topics/internet/./me',
		'/topics/internet/submissions/..',
		'/topics/internet/submissions/../me',
		'/topics//ideas'
	])
		assert.equal((await ask(path, cookie)).body, 'visitor=1', path);
});

test('a finished page goes past its handler, and whatever the handler says instead of it wins', async () => {
	const long = 'العربية 中文 '.repeat(20_000);
	const ask = await aFront((request, response) => {
		const { takePage } = (request as typeof request & { openTalks: Fronted }).openTalks;
		takePage?.(`${words} `, request.url === '/topics/long' ? long : request.url!);
		if (request.url === '/topics/broken') response.writeHead(500).end('broken');
		else response.writeHead(200, request.url === '/account' ? { 'content-type': 'text/html' } : publicly).end('');
	});
	const [one, other, own] = [await ask('/topics/one'), await ask('/topics/other'), await ask('/account')];
	assert.deepEqual([one.body, other.body, own.body], [`${words} /topics/one`, `${words} /topics/other`, `${words} /account`]);
	assert.notEqual(one.headers['etag'], other.headers['etag']);
	assert.equal((await ask('/topics/broken')).body, 'broken');
	assert.equal((await ask('/topics/long')).body, `${words} ${long}`);
	assert.equal((await ask('/topics/one')).body, one.body);
});
