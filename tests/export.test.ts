import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { accessible, aPage, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const talk = '/topics/internet-public-policy';

async function taken(path: string): Promise<{ status: number; headers: Headers; text: string }> {
	const answer = await fetch(`${product.address}${path}`);
	return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

test('everything public of a talk is found on one page, and taken from there', async (t) => {
	const page = await aPage(t, { address: product.address });
	await page.goto(talk);
	await page.getByRole('link', { name: 'Download this talk' }).click();
	await accessible(page);
	await reflows(page);
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'ideas.csv' }).click()]);
	assert.equal(download.suggestedFilename(), 'internet-public-policy-ideas.csv');
});

test('the ideas come as a table in six languages, the same from the site and from the API', async () => {
	const [site, api] = [await taken(`${talk}/export/ideas.csv`), await taken(`/api/v1${talk}/export/ideas.csv`)];
	assert.deepEqual([site.status, api.status], [200, 200]);
	assert.match(site.headers.get('content-disposition') ?? '', /^attachment/);
	assert.equal(site.text, api.text);
	const ideas = parse<Record<string, string>>(site.text, { columns: true, bom: true });
	assert.equal(ideas.length, 67);
	assert.deepEqual([...new Set(ideas.map(({ language }) => language))].sort(), ['ar', 'en', 'es', 'fr', 'ru', 'zh']);
	// the one that waits for a moderator is nowhere
	assert.ok(!site.text.includes('filters.example.com'));
});

test('the whole talk comes as one JSON file with its licence and dictionary', async () => {
	const { text, headers } = await taken(`${talk}/export/topic.json`);
	assert.match(headers.get('content-type') ?? '', /^application\/json/);
	const whole = JSON.parse(text) as {
		licence: string;
		dictionary: unknown[];
		submissions: unknown[];
		stances: unknown[];
		cells: unknown[];
	};
	assert.equal(whole.licence, 'CC-BY-4.0');
	assert.deepEqual([whole.submissions.length, whole.dictionary.length > 50, whole.cells.length > 300], [8, true, true]);
	assert.equal((await taken(`${talk}/export/people.csv`)).status, 404);
	assert.equal((await taken(`/api/v1${talk}/export/people.csv`)).status, 422);
});
