import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { testDatabase } from '#database/test-database.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { listenAt } from '#live/examples.ts';
import type { Figures } from '#live/figures.ts';
import { aPage } from './browser.ts';
import { twoProcesses } from './processes.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
const { address, database } = product;
const keys = await temporaryKeys();

async function aTalk(in_ = database) {
	const { topicId, slug } = await anOpenTopic(in_);
	for (const point of ['Build exchange points first', 'Publish every map of cables'])
		await submitIdea(in_, keys, anIdeaDraft(topicId, { point }), aVisitor('the author'));
	return { topicId, slug, live: `/api/v1/topics/${slug}/live` };
}

/** A new visitor says what they think of an idea, as a program does. */
async function agree(slug: string, idea = 1, at = address): Promise<void> {
	const arrived = await fetch(`${at}/api/v1/visitors`, { method: 'POST' });
	const { token } = (await arrived.json()) as { token: string };
	const given = await fetch(`${at}/api/v1/topics/${slug}/ideas/${idea}/opinion`, {
		method: 'PUT',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ value: 'agree' })
	});
	assert.equal(given.status, 200);
}

const opinionsIn = (told: unknown) => (told as Figures | null | undefined)?.opinions;

test('an opinion given by the interface is heard by all who listen; who comes back is told what they lack', async () => {
	const { slug, live } = await aTalk();
	const hearers = await Promise.all([listenAt(address + live), listenAt(address + live)]);
	for (const one of hearers) await one.until((hearer) => opinionsIn(hearer.last()) === 0);
	await agree(slug);
	for (const one of hearers) await one.until((hearer) => opinionsIn(hearer.last()) === 1);
	const back = await listenAt(`${address}${live}?last=${hearers[0].heard.at(-1)!.id}`);
	await agree(slug);
	await back.until((hearer) => opinionsIn(hearer.last()) === 2);
	assert.deepEqual(
		back.heard.map(({ event }) => event),
		['figures']
	);
});

test('a talk that is not there has nothing to listen to', async () => {
	for (const path of ['/api/v1/topics/no-such-talk/live', '/api/v1/topics/x/live/more'])
		assert.equal((await fetch(address + path)).status, 404, path);
});

for (const language of ['en', 'ar'] as const) {
	test(`figures on a page move while others take part, stand still when asked to, and go on (${language})`, async (t) => {
		const say = speakerOf(language);
		const { slug } = await aTalk();
		const page = await aPage(t, { product, language, phone: language === 'ar' });
		await page.goto(pathInLanguage(`/topics/${slug}/live`, language));
		await page.getByText(say('live.now'), { exact: true }).waitFor();
		await shows(page, say.number(0));
		await agree(slug);
		await shows(page, say.number(1));
		await page.getByText('Build exchange points first').first().waitFor();
		await page.getByRole('button', { name: say('live.hold') }).click();
		await page.getByText(say('live.held'), { exact: true }).waitFor();
		await agree(slug, 2);
		await page.getByRole('button', { name: say('live.go-on') }).click();
		await shows(page, say.number(2));
		await page.getByText(say('live.now'), { exact: true }).waitFor();
	});
}

test('without script the page says the same figures, and a link loads the newest', async (t) => {
	const say = speakerOf('en');
	const { slug } = await aTalk();
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(`/topics/${slug}/live`);
	await shows(page, '0');
	await agree(slug);
	await page.getByRole('link', { name: say('live.reload') }).click();
	await shows(page, '1');
});

test('where nothing can be heard, the page asks now and then', async (t) => {
	const say = speakerOf('en');
	const { slug } = await aTalk();
	const page = await aPage(t, { product, expected: [/status of 429/] });
	await page.route('**/live', (route) =>
		route.request().resourceType() === 'eventsource' ? route.fulfill({ status: 429 }) : route.continue()
	);
	await page.goto(`/topics/${slug}/live`);
	await page.getByText(say('live.asking'), { exact: true }).waitFor();
	await agree(slug);
	await page.clock.install();
	await page.reload();
	await page.getByText(say('live.asking'), { exact: true }).waitFor();
	await agree(slug);
	await page.clock.fastForward(25_000);
	await shows(page, '2');
});

/** The sum of opinions. */
async function shows(page: Page, sum: string): Promise<void> {
	await page.locator('.big-figures dd').nth(1).filter({ hasText: sum }).waitFor();
}

test('two web processes: who listens to either hears what was given to either, and all are let go at the end', async () => {
	const own = await testDatabase();
	const { slug, live } = await aTalk(own);
	const { address: at, child, ended } = await twoProcesses(own);

	const hearers = await Promise.all(Array.from({ length: 8 }, () => listenAt(at + live)));
	for (const one of hearers) await one.until((hearer) => opinionsIn(hearer.last()) === 0);
	for (let given = 1; given <= 4; given++) await agree(slug, 1, at);
	for (const one of hearers) await one.until((hearer) => opinionsIn(hearer.last()) === 4);
	assert.equal(new Set(hearers.map(({ heard }) => heard.at(-1)!.id)).size, 1, 'both gave it the same name');

	child.kill('SIGTERM');
	for (const one of hearers) await one.until(({ hasEnded }) => hasEnded);
	assert.deepEqual(await ended, [0, null]);
});
