// A table of a café and phones that have its notebook open.
import type { Page } from 'playwright-core';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { aPage } from './browser.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
export const { address, database } = product;
export const say = speakerOf('en');
export const staff: Actor = { kind: 'job', name: 'test' };

export async function aTable(attribution: Attribution = 'chatham') {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	const hostId = await appointHost(database, { topicId, eventId, host: aHost() }, staff);
	const { secret } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
	const table = { topicId, eventId, tableNumber: 1 };
	const kept = async () => (await trayOf(database, table)).map(({ text }) => text);
	return { table, link: `/table/${secret}`, kept };
}

/** A phone with the notebook open, its worker at work and its shell kept. */
export async function aPhone(t: Parameters<typeof aPage>[0], link: string, { expected = [/./] }: { expected?: RegExp[] } = {}) {
	// requests that fail while there is no network are the test's own
	const page = await aPage(t, { address, phone: true, expected });
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
