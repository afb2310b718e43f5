import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { loadExamples } from '../../examples/loading.server.ts';
import { openTalk } from '../../examples/open-talk.ts';
import { launchChromium } from '../../tests/chromium.ts';
import { figure, type Figure } from './figures.ts';
import { openGround, ship } from './shipped.ts';

/** What comes over the wire for a page, as a browser that knows nothing yet counts it. */
export async function script(): Promise<Figure[]> {
	const ground = await openGround();
	const browser = await launchChromium();
	try {
		await loadExamples(ground);
		const shipped = await ship(ground);
		try {
			const talk = `/topics/${openTalk.slug}`;
			const weigh = async (path: string) => {
				const context = await browser.newContext({ baseURL: `http://localhost:${shipped.port}` });
				const weight = await weighed(await context.newPage(), path);
				await context.close();
				return weight;
			};
			const reading = await Promise.all(['/', talk, `${talk}/ideas`, `${talk}/ideas/1`, `${talk}/reports/1`].map(weigh));
			const taking = await Promise.all([`${talk}/opinions`, `${talk}/ideas/new`, `${talk}/me`].map(weigh));
			const most = (weights: readonly number[]) => Math.max(...weights) / 1000;
			return [
				figure({
					bench: 'script-reading',
					value: most(reading.map((one) => one.script)),
					unit: 'kB gzip',
					baseline: null,
					must: '0'
				}),
				figure(
					{
						bench: 'script-participant',
						value: most(taking.map((one) => one.script)),
						unit: 'kB gzip',
						baseline: null,
						must: '≤ 60'
					},
					{ pages: taking }
				),
				figure(
					{
						bench: 'script-page',
						value: most([...reading, ...taking].map((one) => one.all)),
						unit: 'kB gzip, whole',
						baseline: null,
						must: '≤ 100'
					},
					{ pages: [...reading, ...taking] }
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await browser.close();
		await ground.close();
	}
}

async function weighed(page: Page, path: string): Promise<{ path: string; script: number; all: number }> {
	const watching = await page.context().newCDPSession(page);
	await watching.send('Network.enable');
	const kinds = new Map<string, string>();
	let [script, all] = [0, 0];
	watching.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
	watching.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		all += encodedDataLength;
		if (kinds.get(requestId) === 'Script') script += encodedDataLength;
	});
	const answer = await page.goto(path, { waitUntil: 'networkidle' });
	if (answer?.status() !== 200) throw new Error(`${path} was answered with ${answer?.status()}`);
	// what stands in the page itself counts too, as the page is sent: zipped; facts for search engines are no script
	for (const text of await page.locator('script:not([src], [type="application/ld+json"])').allTextContents())
		script += text.trim() === '' ? 0 : gzipSync(text).length;
	return { path, script, all };
}
