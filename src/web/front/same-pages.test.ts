import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { SamePages } from './same-pages.server.ts';

const asked = (headers: Record<string, string> = {}) => new Request('http://localhost/here', { headers });

/** Renders a page that says the how manyth it is. */
function rendering(answer: (body: string) => Response = (body) => new Response(body)) {
	const made = { count: 0 };
	return { made, render: () => Promise.resolve(answer(`page ${++made.count}`)) };
}

test('people of whom a page knows the same get one rendering, for a second; anybody else gets their own', async () => {
	const pages = new SamePages();
	const { render } = rendering();
	const give = async (name: string, now: number) => (await pages.answer(name, asked(), render, now)).text();
	assert.deepEqual(await Promise.all([give('new', 0), give('new', 0), give('answered 1', 0)]), ['page 1', 'page 1', 'page 2']);
	assert.deepEqual(
		[await give('new', 999), await give('new', 1000), await give('answered 1', 999)],
		['page 1', 'page 3', 'page 2']
	);
});

test('what sets a cookie, redirects or fails is given to nobody else', async () => {
	for (const answer of [
		(body: string) => new Response(body, { headers: { 'set-cookie': 'visitor=1' } }),
		(body: string) => new Response(body, { status: 404 })
	]) {
		const pages = new SamePages();
		const { render } = rendering(answer);
		const all = await Promise.all(Array.from({ length: 3 }, async () => (await pages.answer('one', asked(), render, 0)).text()));
		assert.equal(new Set(all).size, 3);
	}
	const pages = new SamePages();
	const { render } = rendering();
	await assert.rejects(
		pages.answer('one', asked(), () => Promise.reject(new Error('broken')), 0),
		/broken/
	);
	assert.equal(await (await pages.answer('one', asked(), render, 0)).text(), 'page 1');
});

test('it is compressed once for those who take it so, and what is kept is bounded', async () => {
	const pages = new SamePages(2);
	const { made, render } = rendering();
	const zipped = await pages.answer('a', asked({ 'accept-encoding': 'gzip, br' }), render, 0);
	assert.equal(zipped.headers.get('content-encoding'), 'gzip');
	assert.equal(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString(), 'page 1');
	const plain = await pages.answer('a', asked(), render, 0);
	assert.deepEqual([await plain.text(), plain.headers.get('content-encoding')], ['page 1', null]);
	for (const name of ['b', 'c', 'a']) await pages.answer(name, asked(), render, 0);
	assert.equal(made.count, 4, 'the oldest was forgotten');
});
