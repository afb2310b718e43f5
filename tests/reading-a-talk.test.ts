import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const talk = '/topics/internet-public-policy';

test('the pages of a talk are read without a cookie and without a script', async () => {
	for (const path of ['/', talk, '/terms', '/data', '/accessibility', '/contact']) {
		const answer = await fetch(product.address + path);
		const html = await answer.text();
		assert.equal(answer.status, 200, path);
		assert.equal(answer.headers.get('set-cookie'), null, path);
		assert.equal(answer.headers.get('cache-control'), 'public, max-age=1', path);
		assert.doesNotMatch(html, /<script(?! type="application\/ld\+json">)|<form/, path);
	}
});

test('a person says where they speak from, changes it, and is led back', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(`${talk}/me?then=${encodeURIComponent(`${talk}?from=me`)}`);
	await page.getByLabel('Academia').check();
	await page.getByLabel('Country').selectOption('IN');
	await page.getByRole('textbox', { name: 'Organisation' }).fill('Institute of Things');
	await page.getByLabel('As an expert').check();
	await page.getByLabel('French').check();
	await page.getByRole('button', { name: 'Save and go on' }).click();
	assert.equal(page.url(), `${product.address}${talk}?from=me`);
	await page.goto(`${talk}/me`);
	assert.equal(await page.getByLabel('Academia').isChecked(), true);
	assert.equal(await page.getByLabel('Region').inputValue(), 'asia-pacific');
	assert.equal(await page.getByRole('textbox', { name: 'Organisation' }).inputValue(), 'Institute of Things');
	assert.equal(await page.getByLabel('French').isChecked(), true);
	await page.getByLabel('Academia').uncheck();
	await page.getByRole('button', { name: 'Save and go on' }).click();
	await page.goto(`${talk}/me`);
	assert.equal(await page.getByLabel('Academia').isChecked(), false);
});

test('the page about oneself can be skipped, and leads nowhere else than within the site', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(`${talk}/me?then=${encodeURIComponent('//evil.example/')}`);
	await page.getByRole('link', { name: 'Skip this' }).click();
	assert.equal(page.url(), product.address + talk);
});

// that every page is accessible in every dress is tested over all routes; here each of these is also walked with the keyboard
test('the pages of a talk and of its desk are walked with the keyboard, reflow and bear wider spacing', async (t) => {
	const page = await aPage(t, { product, as: 'administrator' });
	const desk = '/desk/topics/internet-public-policy';
	const steps = ['', '/questions', '/stages', '/promises', '/publish'].map((step) => `${desk}/setup${step}`);
	for (const path of ['/', talk, `${talk}/me`, '/desk', '/desk/topics/new', '/desk/institution', ...steps, `${desk}/people`]) {
		assert.equal((await page.goto(path))?.status(), 200, path);
		await accessible(page);
		await largeTargets(page);
		await keyboardWalk(page);
		await endures(page);
		await reflows(page);
	}
});
