import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const talk = '/topics/internet-public-policy';

for (const language of ['en', 'ar'] as const) {
	test(`a person finds what they sent, brings more by the code of a receipt, takes it home and asks for erasure, in ${language} without JavaScript`, async (t) => {
		const say = speakerOf(language);
		const at = (path: string) => pathInLanguage(path, language);
		const phone = await aPage(t, { product, language, javaScript: false, phone: true });
		const desktop = await aPage(t, { product, language, javaScript: false });
		const point = `Count what was cited (${language})`;

		await phone.goto(at('/mine'));
		await phone.getByText(say('mine.none-about')).waitFor();
		await reflows(phone);

		await phone.goto(at(`${talk}/ideas/new`));
		await phone.locator('[name=point]').fill(point);
		await phone.locator('main form button:not([formaction])').click();
		const code = await phone.locator('.receipt .code').innerText();
		const receipt = new URL(phone.url()).pathname;
		await phone.getByRole('link', { name: say('mine.all') }).click();
		const entry = phone.locator('.entry', { hasText: point });
		await entry.getByText(say('mine.state-seen')).waitFor();
		await reflows(phone);

		// on another device the code brings it
		await desktop.goto(at('/mine'));
		await desktop.getByLabel(say('web.receipt-code')).fill('AAAA-BBBB-CCCC-DDDD');
		await desktop.getByRole('button', { name: say('mine.join') }).click();
		await desktop.locator('.mistakes').waitFor();
		await desktop.getByLabel(say('web.receipt-code')).fill(code.toLowerCase());
		await desktop.getByRole('button', { name: say('mine.join') }).click();
		await desktop.getByText(say('mine.done-joined')).waitFor();
		const joined = desktop.locator('.entry', { hasText: point });
		await joined.getByText(say('mine.by-code')).waitFor();
		// its receipt opens there without the code from now on
		await desktop.goto(receipt);
		await desktop.locator('.receipt .code').waitFor();

		await desktop.goto(at('/mine'));
		await joined.locator('summary').click();
		await joined.locator('textarea').fill('I was mistaken.');
		await joined.getByRole('button', { name: say('receipts.erase') }).click();
		await desktop.getByText(say('mine.done-erasure')).waitFor();
		await joined.getByText(say('receipts.asked-erasure')).waitFor();

		await desktop.goto(at('/mine/data'));
		await desktop.getByText(point).waitFor();
		const answer = await desktop.request.get(at('/mine/data.json'));
		assert.match(answer.headers()['content-disposition']!, /^attachment/);
		const data = (await answer.json()) as { talks: { contributions: { versions: { text: string }[] }[] }[] };
		assert.deepEqual(
			data.talks.flatMap(({ contributions }) => contributions.flatMap(({ versions }) => versions.map(({ text }) => text))),
			[point]
		);

		await desktop.goto(at('/mine'));
		await joined.getByRole('button', { name: say('mine.take-off') }).click();
		await desktop.getByText(say('mine.done-taken-off')).waitFor();
		await desktop.getByText(say('mine.none-about')).waitFor();
	});
}

test('the page is accessible, empty and full', async (t) => {
	const page = await aPage(t, { product });
	await page.goto('/mine');
	await accessible(page);
	await page.goto(`${talk}/ideas/new`);
	await page.locator('[name=point]').fill('An idea for the page of its author');
	await page.locator('main form button:not([formaction])').click();
	await page.locator('.receipt').waitFor();
	for (const path of ['/mine', '/mine/data']) {
		await page.goto(path);
		await page.getByText('An idea for the page of its author').first().waitFor();
		await accessible(page);
	}
});
