import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request as httpRequest } from 'node:http';
import { aProduct, type Product } from './product.ts';

const product = await aProduct();

test('an unknown address is answered in the language of its prefix, with every safe header', async () => {
	const answer = await fetch(`${product.address}/ar/nowhere`);
	assert.equal(answer.status, 404);
	assert.match(await answer.text(), /<html lang="ar" dir="rtl">/);
	assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
	assert.equal(answer.headers.get('cache-control'), 'private, no-store');
	assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'self'.*frame-ancestors 'none'/);
});

test('a link to a talk that does not exist leaves a reader who they are', async () => {
	for (const path of ['/topics/no-such-talk', '/fr/topics/no-such-talk/ideas', '/desk/topics/no-such-talk'])
		for (const headers of [{}, { cookie: 'visitor=somebody' }]) {
			const answer = await fetch(`${product.address}${path}`, { headers, redirect: 'manual' });
			assert.deepEqual([answer.status, answer.headers.getSetCookie()], [404, []], path);
		}
});

test('a host that is not ours is refused, whatever it claims', async () => {
	assert.equal(await statusFor(product, { host: 'evil.example' }), 421);
	assert.equal(await statusFor(product, { host: `localhost:${product.settings.port}`, 'x-forwarded-host': 'evil.example' }), 404);
});

test('a form of another website is refused', async () => {
	const answer = await fetch(`${product.address}/refused/not-found`, {
		method: 'POST',
		headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
		body: 'a=b'
	});
	assert.equal(answer.status, 403);
});

test('a broken address and a method nobody knows get an answer, not an error of ours', async () => {
	for (const path of ['/%', '/%E0%A4%A', '/topics/%00', '/..%2f..%2fetc/passwd', '//evil.example', '/topics/x/ideas/1e999'])
		assert.ok((await statusFor(product, {}, path)) < 500, path);
	assert.ok((await statusFor(product, {}, '/nowhere', 'PURGE')) < 500);
});

test('a page that was asked for by HEAD first is whole for everybody after', async () => {
	const head = await fetch(`${product.address}/terms?head`, { method: 'HEAD' });
	const page = await fetch(`${product.address}/terms?head`);
	assert.deepEqual([head.status, page.status], [200, 200]);
	assert.match(await page.text(), /<\/html>/);
});

function statusFor(product: Product, headers: Record<string, string>, path = '/nowhere', method = 'GET'): Promise<number> {
	return new Promise((resolve, reject) => {
		const asked = httpRequest({
			host: '127.0.0.1',
			port: product.settings.port,
			path,
			method,
			headers: { host: `localhost:${product.settings.port}`, ...headers }
		});
		asked.on('response', (answer) => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		});
		asked.on('error', reject).end();
	});
}
