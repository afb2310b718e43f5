import { parseDocument } from 'htmlparser2';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { accessible, aPage, reflows, type PageWishes } from './browser.ts';
import { signedInAs, theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address } = product;
const talk = '/topics/internet-public-policy';

async function asSecretariat(t: TestContext, wishes: PageWishes = {}) {
	const page = await aPage(t, { address, ...wishes });
	const cookies = (await signedInAs(product, 'secretariat')).split('; ').map((pair) => {
		const [name = '', ...value] = pair.split('=');
		return { name, value: value.join('='), url: address };
	});
	await page.context().addCookies(cookies);
	return page;
}

for (const language of ['en', 'ar'] as Language[]) {
	const javaScript = language === 'en';
	const how = javaScript ? language : `${language} without JavaScript`;

	test(`webhooks are added, refused, given a new secret and removed at the desk, in ${how}`, async (t) => {
		const say = speakerOf(language);
		const page = await asSecretariat(t, { language, javaScript });
		await page.goto(pathInLanguage(`/desk${talk}/webhooks`, language));
		await reflows(page);
		await page.getByLabel(say('webhooks.address'), { exact: true }).fill('https://0x7f.1/hook');
		await page.getByLabel(say('webhooks.event-idea-published')).check();
		await page.getByRole('button', { name: say('webhooks.add'), exact: true }).click();
		await page.getByText(say('refusals.webhook-address-private')).waitFor();
		// what was typed is still there
		await page.getByLabel(say('webhooks.address'), { exact: true }).fill(`https://hooks.example.org/${language}`);
		await page.getByRole('button', { name: say('webhooks.add'), exact: true }).click();
		const secret = page.locator('code.secret');
		const first = await secret.innerText();
		assert.match(first, /^whsec_[A-Za-z0-9+/]{43}=$/);
		if (javaScript) await accessible(page);
		await page.getByRole('button', { name: say('webhooks.rotate') }).click();
		assert.notEqual(await secret.innerText(), first);
		await page.getByRole('button', { name: say('webhooks.end') }).click();
		await page.getByText(say('webhooks.none')).waitFor();
	});

	test(`a personal token is made, shown once, used within its scopes and revoked, in ${how}`, async (t) => {
		const say = speakerOf(language);
		const page = await asSecretariat(t, { language, javaScript });
		await page.goto(pathInLanguage('/account', language));
		await page.getByRole('link', { name: say('tokens.look-after'), exact: true }).click();
		await reflows(page);
		await page.getByLabel(say('tokens.name'), { exact: false }).first().fill(`Program ${language}`);
		await page.getByLabel(say('tokens.scope-me-read')).check();
		await page.getByRole('button', { name: say('tokens.make') }).click();
		const token = await page.locator('code.secret').innerText();
		if (javaScript) await accessible(page);
		const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': language };
		const me = await fetch(`${address}/api/v1/me`, { headers });
		const told = (await me.json()) as { scopes: string[] };
		assert.deepEqual([me.status, told.scopes], [200, ['me:read']]);
		const idea = { method: 'POST', headers, body: JSON.stringify({ text: 'By a program', language: 'en' }) };
		assert.equal((await fetch(`${address}/api/v1${talk}/ideas`, idea)).status, 403);
		await page.goto(pathInLanguage('/account/tokens', language));
		assert.ok(!(await page.content()).includes(token));
		await page.getByRole('button', { name: say('tokens.revoke') }).click();
		await page.getByText(say('tokens.revoked')).waitFor();
		assert.equal((await fetch(`${address}/api/v1/me`, { headers })).status, 401);
	});
}

test('the operations of the API are shown and tried on a page of ours, within its security policy', async (t) => {
	const page = await aPage(t, { address });
	await page.goto('/api');
	const operation = page.locator('details', { hasText: 'GET /api/v1/topics/{topic}/ideas/{number}' }).first();
	await operation.locator('summary').click();
	await operation.getByLabel('topic').fill('internet-public-policy');
	await operation.getByLabel('number').fill('1');
	await accessible(page);
	await operation.getByRole('button', { name: 'Send' }).click();
	await operation.getByText('Answer: 200').waitFor();
	assert.match(await operation.locator('pre').innerText(), /"number":1/);
	await reflows(page);
});

test('a talk is followed by feeds and a calendar that its page names; they are whole, and known again by their tag', async () => {
	const html = await (await fetch(`${address}${talk}`)).text();
	for (const [type, path] of [
		['application/atom+xml', 'feed.atom'],
		['application/feed+json', 'feed.json'],
		['text/calendar', 'calendar.ics']
	]) {
		assert.ok(html.includes(`href="${talk}/${path}"`), path);
		const answer = await fetch(`${address}/fr${talk}/${path}`);
		assert.equal(answer.status, 200, path);
		assert.ok(answer.headers.get('content-type')?.startsWith(type!), path);
		assert.equal(answer.headers.get('cache-control'), 'public, max-age=1');
		const etag = answer.headers.get('etag')!;
		assert.equal((await fetch(`${address}/fr${talk}/${path}`, { headers: { 'if-none-match': etag } })).status, 304);
		const text = await answer.text();
		// the idea that waits for a moderator
		assert.ok(!text.includes('filters.example.com'));
		if (path === 'feed.json') assert.ok((JSON.parse(text) as { items: unknown[] }).items.length > 10);
		if (path === 'feed.atom') assert.ok(parseDocument(text, { xmlMode: true }).children.length > 0);
	}
	const search = await fetch(`${address}${talk}/feed.atom?search=zzzz`);
	assert.deepEqual([search.status, (await search.text()).includes('<entry')], [200, false]);
	assert.equal((await fetch(`${address}${talk}/feed.atom?question=99`)).status, 404);
	const facts = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html);
	assert.equal((JSON.parse(facts![1]!) as Record<string, unknown>)['@type'], 'Event');
});

test('search engines find the sitemap by robots.txt, and every address in it answers', async () => {
	const robots = await (await fetch(`${address}/robots.txt`)).text();
	assert.match(robots, /Disallow: \/ar\/desk\n/);
	const map = /Sitemap: (\S+)/.exec(robots)![1]!;
	const text = await (await fetch(address + new URL(map).pathname)).text();
	const paths = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => new URL(found[1]!).pathname);
	assert.ok(paths.length > 100);
	for (const path of paths.filter((_, place) => place % 29 === 0)) assert.equal((await fetch(address + path)).status, 200, path);
	for (const part of ['pages.1', `ideas.${talk.slice('/topics/'.length)}.1`]) {
		const answer = await fetch(`${address}/sitemaps/${part}.xml`);
		assert.match(answer.headers.get('content-type') ?? '', /^application\/xml/);
		assert.match(await answer.text(), /<urlset[^]*<loc>[^]*<\/urlset>\n$/, part);
	}
	assert.equal((await fetch(`${address}/sitemaps/nothing.xml`)).status, 404);
	assert.equal((await fetch(`${address}/sitemaps/pages.2.xml`)).status, 404);
});
