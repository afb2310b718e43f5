import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows, type PageWishes } from './browser.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
const { address } = product;

const readers: Record<string, PageWishes> = {
	'in light colours': {},
	'in dark colours': { dark: true },
	'on a phone': { phone: true },
	'from right to left': { language: 'ar' },
	'in forced colours': { forcedColours: true }
};

for (const [how, wishes] of Object.entries(readers)) {
	test(`every piece of the pages can be read and operated ${how}`, async (t) => {
		const page = await aPage(t, { address, ...wishes });
		await page.goto(wishes.language === 'ar' ? '/ar/style' : '/style');
		await accessible(page);
		await reflows(page);
		await endures(page);
		await largeTargets(page);
		await keyboardWalk(page);
	});
}

test('the pieces of the pages bring no script', async (t) => {
	const page = await aPage(t, { address });
	await page.goto('/style');
	assert.equal(await page.locator('script').count(), 0);
});

test('in Arabic the page is a mirror: what begins on the left in English begins on the right', async (t) => {
	const page = await aPage(t, { address });
	const edges = async (path: string) => {
		await page.goto(path);
		return page.evaluate(() => {
			const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
			return { institution: box('.institution'), first: box('.answers .button'), notice: box('.notice') };
		});
	};
	const english = await edges('/style');
	const arabic = await edges('/ar/style');
	const width = await page.evaluate(() => document.documentElement.clientWidth);
	for (const piece of ['institution', 'first', 'notice'] as const)
		assert.ok(Math.abs(english[piece].left - (width - arabic[piece].right)) < 1, piece);
});

test('nothing moves for those who asked for less motion', async (t) => {
	const page = await aPage(t, { address, reducedMotion: true });
	await page.goto('/style');
	const moving = await page.evaluate(() =>
		[...document.querySelectorAll('*')]
			.filter((element) => {
				const { transitionDuration, animationName } = getComputedStyle(element);
				return animationName !== 'none' || transitionDuration.split(', ').some((duration) => parseFloat(duration) > 0);
			})
			.map((element) => element.outerHTML.slice(0, 80))
	);
	assert.deepEqual(moving, []);
});

test('the skip link is the first stop and leads to the content', async (t) => {
	const page = await aPage(t, { address });
	await page.goto('/nowhere');
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
	await page.keyboard.press('Enter');
	assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
});

test('the summary of mistakes has the focus without any script, and leads to the field', async (t) => {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto('/style');
	assert.equal(await page.locator('.mistakes').evaluate((summary) => summary === document.activeElement), true);
	await page.getByRole('link', { name: 'Write your idea in at most 200 characters' }).click();
	assert.ok(page.url().endsWith('/style#idea'));
	const described = await page.locator('#idea').getAttribute('aria-describedby');
	for (const id of described!.split(' ')) assert.equal(await page.locator(`#${id}`).count(), 1, id);
});

test('an address that does not exist says so, and what to do next, in every language', async (t) => {
	for (const language of ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const) {
		const page = await aPage(t, { address, language });
		const answer = await page.goto(language === 'en' ? '/nowhere' : `/${language}/nowhere`);
		assert.equal(answer?.status(), 404);
		assert.equal(await page.locator('html').getAttribute('lang'), language);
		assert.equal(await page.locator('h1').count(), 1);
		await accessible(page);
	}
});

test('an institution’s accent is a stylesheet of its own, which a browser may keep for a year', async () => {
	const answer = await fetch(`${address}/accent/7a1f5c.css`);
	assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
	assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8');
	assert.match(await answer.text(), /^:root:root\{--accent:#7a1f5c;/);
	assert.equal((await fetch(`${address}/accent/red.css`)).status, 404);
});

test('on paper only what is read is left', async (t) => {
	const page = await aPage(t, { address });
	await page.goto('/style');
	await page.emulateMedia({ media: 'print' });
	assert.deepEqual(
		await page.evaluate(() =>
			['.tongues', '.ways', '.tabs', '.button', 'form', '.written', '.shares .bar', 'table'].filter((selector) =>
				document.querySelector(selector)!.checkVisibility()
			)
		),
		['.written', '.shares .bar', 'table']
	);
});
