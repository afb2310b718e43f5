import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { beginRound } from '#cafes/leading.server.ts';
import { accepted, address, aTable, database, say, staff, write } from './at-a-table.ts';
import { aPage } from './browser.ts';

/** An old phone on a poor line: slow 3G as browsers' tools have it, and a quarter of the speed of this machine. */
async function poorer(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	const line = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
	await session.send('Network.emulateNetworkConditions', line);
	await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

test('on slow 3G with a quarter of the speed the notebook opens, keeps a card at once and sends it, and opens again without network', async (t) => {
	const { table, link, kept } = await aTable();
	await beginRound(database, { ...table, roundNumber: 1 }, staff);
	const page = await aPage(t, { address, phone: true, expected: [/./] });
	page.setDefaultTimeout(60_000);
	await poorer(page);
	const began = performance.now();
	await page.goto(link);
	await page.locator('#text').waitFor();
	const shown = performance.now() - began;
	await page.getByText(say('notebook.reached')).waitFor();
	const alive = performance.now() - began;
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	t.diagnostic(`field after ${Math.round(shown)} ms, alive after ${Math.round(alive)} ms`);
	assert.ok(shown < 15_000 && alive < 30_000, `field after ${shown} ms, alive after ${alive} ms`);
	await write(page, 'From a poor line');
	await accepted(page, 'From a poor line');
	assert.deepEqual(await kept(), ['From a poor line']);
	// in the background the shell is kept for later: only then the line may go
	await page.waitForFunction(
		async () => (await caches.match(new URL('/notebook/offline', location.href), { ignoreVary: true })) !== undefined
	);
	await page.context().setOffline(true);
	await page.reload();
	await write(page, 'Without any line');
	await page
		.locator('li.card', { hasText: 'Without any line' })
		.getByText(say('notebook.state-waiting'), { exact: true })
		.waitFor();
});

test('in a hall without TLS, where a browser has neither worker nor fingerprints, cards are kept on the phone and sent all the same', async (t) => {
	const { link, kept } = await aTable();
	const page = await aPage(t, { address, phone: true, expected: [/./] });
	// what browsers leave out where the address is http and not this machine
	await page.addInitScript(() => {
		Object.defineProperty(window, 'isSecureContext', { value: false });
		Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined });
		Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
		for (const name of ['serviceWorker', 'locks', 'storage']) Reflect.deleteProperty(Navigator.prototype, name);
	});
	await page.goto(link);
	await page.getByText(say('notebook.reached')).waitFor();
	assert.equal(await page.evaluate(() => 'serviceWorker' in navigator || 'locks' in navigator), false);
	await write(page, 'Plain http');
	await accepted(page, 'Plain http');
	await page.context().setOffline(true);
	await write(page, 'No network either');
	await page.context().setOffline(false);
	await accepted(page, 'No network either');
	assert.deepEqual(await kept(), ['Plain http', 'No network either']);
	await page.locator('summary', { hasText: say('notebook.photo') }).click();
	const picture = await page.screenshot({ type: 'jpeg' });
	await page.locator('[name=picture]').setInputFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: picture });
	await page.getByRole('button', { name: say('notebook.photo-keep') }).click();
	await page.getByText(say('notebook.done-photo')).waitFor();
});
