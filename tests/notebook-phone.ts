// A phone that has the notebook of a table open.
import type { Page } from 'playwright-core';
import { speakerOf } from '#languages/catalogue.server.ts';
import { aPage, type PageWishes } from './browser.ts';

export const say = speakerOf('en');

/** The notebook that the link of a host opens, its worker at work and its shell kept. */
export async function aNotebook(
	t: Parameters<typeof aPage>[0],
	link: string,
	wishes: PageWishes,
	before?: (page: Page) => Promise<void>
): Promise<Page> {
	const page = await aPage(t, { phone: true, ...wishes });
	// it hears of a new round when it asks the next time
	page.setDefaultTimeout(30_000);
	await before?.(page);
	await page.goto(link);
	await page.waitForURL(/\/notebook$/);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await page.getByText(say('notebook.reached')).waitFor();
	return page;
}

export async function write(page: Page, text: string): Promise<void> {
	await page.locator('#text').fill(text);
	await page.locator('form[action="?/write"] .button:not(.quiet)').click();
	await page.locator('li.card', { hasText: text }).waitFor();
}

export async function accepted(page: Page, text: string): Promise<void> {
	await page.locator('li.card', { hasText: text }).getByText(say('notebook.state-accepted'), { exact: true }).waitFor({
		// cards of other rounds are folded
		state: 'attached'
	});
}
