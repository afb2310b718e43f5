import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addresses, arriveAt } from './addresses.ts';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows, type PageWishes } from './browser.ts';
import { theExampleWorld } from './world.ts';

const { manifest } = (await import(new URL('../build/server/manifest.js', import.meta.url).href)) as {
	manifest: { routes: { id: string; page: object | null }[] };
};
const routes = manifest.routes.filter((route) => route.page !== null).map((route) => route.id);
const product = await theExampleWorld();

/** Pages without an example address, and addresses without a page. */
function unmatched(pages: readonly string[]): string[] {
	return [...pages.filter((page) => !addresses[page]), ...Object.keys(addresses).filter((page) => !pages.includes(page))];
}

test('every page of the build has an example address, and no address leads to a page that is gone', () => {
	assert.deepEqual(unmatched(routes), []);
});

test('a page that nobody gave an address is found, and so is an address whose page is gone', () => {
	assert.deepEqual(unmatched([...routes.slice(1), '/planted']), ['/planted', routes[0]]);
});

for (const route of routes) {
	const address = addresses[route];
	if (!address || address.leadsOn) continue;

	const visit = async (t: Parameters<typeof aPage>[0], wishes: PageWishes) => {
		const page = await aPage(t, { product, reducedMotion: true, ...(address.as && { as: address.as }), ...wishes });
		assert.equal(await arriveAt(page, product, route, wishes.language), address.status ?? 200);
		return page;
	};

	test(`${route} can be read and operated by everyone, in light and dark colours, enlarged, with the keyboard`, async (t) => {
		const page = await visit(t, {});
		await accessible(page);
		await largeTargets(page);
		await endures(page);
		await reflows(page);
		await keyboardWalk(page);
		await page.emulateMedia({ colorScheme: 'dark' });
		await accessible(page);
	});

	test(`${route} can be read from right to left on a phone`, async (t) => {
		const page = await visit(t, { language: 'ar', phone: true });
		assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
		await accessible(page);
		await largeTargets(page);
		await reflows(page);
	});

	test(`${route} has one main heading, one main part, a title of its own, and is there without script`, async (t) => {
		const page = await visit(t, { javaScript: false });
		assert.equal(await page.locator('h1').count(), 1);
		assert.equal(await page.locator('main').count(), 1);
		assert.match(await page.title(), /^.{2,} – .{2,}$/);
		const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((element) => element.id));
		assert.deepEqual(
			ids.filter((id, at) => ids.indexOf(id) !== at),
			[]
		);
	});
}
