import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { answerApi } from '#api/answering.server.ts';
import { visitors } from '#people/visitors.server.ts';
import { Limits } from '#web/front/limits.server.ts';

// what the limits of bodies ask of a context, and no more
const context = { visitors: visitors(Buffer.alloc(32)), limits: new Limits(), now: () => 0 };
const answer = answerApi();
const server = createServer((request, response) =>
	answer(Object.assign(request, { openTalks: { context, address: '192.0.2.1' } }), response)
).listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());

function send(method: string, path: string, body: string, headers: Record<string, string | number>): Promise<[number, string]> {
	return new Promise((resolve, reject) => {
		const { port } = server.address() as AddressInfo;
		const asked = httpRequest({ host: '127.0.0.1', port, path: `/api/v1${path}`, method, headers, agent: false }, (answered) => {
			let text = '';
			answered.setEncoding('utf8');
			answered.on('data', (part: string) => (text += part));
			answered.on('end', () => resolve([answered.statusCode ?? 0, (JSON.parse(text) as { code: string }).code]));
		});
		asked.on('error', reject).end(body);
	});
}

const json = { 'content-type': 'application/json', 'idempotency-key': 'one' };
const chunked = { ...json, 'transfer-encoding': 'chunked' };
const idea = (explanation: string) => JSON.stringify({ text: 'Build exchange points', language: 'en', explanation });

test('a body beyond what any text needs is refused before it is read, however it is sent', async () => {
	const large = idea('x'.repeat(100_000));
	for (const [method, path] of [
		['POST', '/topics/internet/ideas'],
		['PUT', '/topics/internet/ideas/1/opinion'],
		['POST', '/visitors']
	] as const)
		for (const headers of [{ ...json, 'content-length': large.length }, chunked])
			assert.deepEqual(await send(method, path, large, headers), [413, 'too-large'], `${method} ${path}`);
});

test('the longest explanation arrives, every letter of it escaped', async () => {
	const longest = idea('ش'.repeat(10_000)).replaceAll('ش', '\\u0634');
	for (const headers of [{ ...json, 'content-length': longest.length }, chunked])
		assert.deepEqual(await send('POST', '/topics/internet/ideas', longest, headers), [401, 'token-missing']);
	const opinion = '{"value":"agree"}';
	for (const headers of [{ ...json, 'content-length': opinion.length }, chunked])
		assert.deepEqual(await send('PUT', '/topics/internet/ideas/1/opinion', opinion, headers), [401, 'token-missing']);
});
