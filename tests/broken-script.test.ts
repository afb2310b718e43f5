import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { aPage } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { database } = product;
const talk = '/topics/internet-public-policy';

/** What may happen to the scripts of a page on their way; the forms below them must go on working. */
const accidents: Readonly<Record<string, (route: Route, file: number) => Promise<void>>> = {
	'none of the scripts arrives': (route) => route.abort(),
	'the first script arrives and no other': (route, file) => (file === 0 ? route.continue() : route.abort()),
	'every other script throws when it begins': (route, file) =>
		file % 2 === 0 ? route.continue() : route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("planted");' }),
	'the scripts break off in the middle': async (route, file) => {
		if (file < 2) return route.continue();
		const whole = await (await route.fetch()).text();
		return route.fulfill({ contentType: 'text/javascript', body: whole.slice(0, whole.length / 2) });
	}
};

async function aBrokenPage(t: TestContext, language: Language, accident: (typeof accidents)[string]): Promise<Page> {
	// the troubles are the test's own
	const page = await aPage(t, { product, language, expected: [/./] });
	let file = 0;
	await page.route(/\/_app\/immutable\/.*\.js$/, (route) => accident(route, file++));
	return page;
}

for (const [name, accident] of Object.entries(accidents)) {
	for (const language of ['en', 'ar'] as const) {
		test(`${name}: an idea and opinions are given all the same, in ${language}`, async (t) => {
			const say = speakerOf(language);
			const at = (path: string) => pathInLanguage(path, language);
			const page = await aBrokenPage(t, language, accident);
			const point = `Sent in spite of it: ${name} (${language})`;
			await page.goto(at(`${talk}/ideas/new`), { waitUntil: 'networkidle' });
			await page.getByLabel(say('ideas.point'), { exact: true }).fill(point);
			await page.getByRole('button', { name: say('ideas.preview') }).click();
			await page.locator('.card .point', { hasText: point }).waitFor();
			await page.getByRole('button', { name: say('ideas.send') }).click();
			await page.getByText(say('receipts.thanks')).waitFor();
			const { rows } = await database.query(`select from idea_versions where point = $1`, [point]);
			assert.equal(rows.length, 1);

			await page.goto(at(`${talk}/opinions`), { waitUntil: 'networkidle' });
			const first = await page.locator('.point').first().textContent();
			const count = async () => (await database.query(`select from opinions`)).rowCount;
			const before = await count();
			await page
				.getByRole('button', { name: say('web.agree') })
				.first()
				.click();
			await page.waitForFunction((seen) => document.querySelector('.point')?.textContent !== seen, first);
			assert.equal(await count(), before + 1);
			// a script may still be on its way
			await page.unrouteAll({ behavior: 'wait' });
		});
	}
}

test('a connection that breaks while an opinion is sent says so, and the opinion can be given again', async (t) => {
	const say = speakerOf('en');
	const page = await aPage(t, { product, expected: [/./] });
	await page.goto(`${talk}/opinions`, { waitUntil: 'networkidle' });
	await page.route('**/opinions*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
	const agree = page.getByRole('button', { name: say('web.agree') }).first();
	await agree.click();
	await page.getByText(say('opinions.not-sent')).waitFor();
	await page.unroute('**/opinions*');
	const first = await page.locator('.point').first().textContent();
	await agree.click();
	await page.waitForFunction((seen) => document.querySelector('.point')?.textContent !== seen, first);
	assert.equal(await page.getByText(say('opinions.not-sent')).count(), 0);
});
