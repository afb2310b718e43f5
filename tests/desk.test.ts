import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { aFormFile } from '#contributions/examples.ts';
import { aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { importSubmissions } from '#contributions/intake/importing.server.ts';
import { runUploadStep } from '#contributions/intake/uploads.server.ts';
import { zipSource } from '#contributions/intake/sources.server.ts';
import { fileStore } from '#files/store.server.ts';
import { accessible, aPage, keyboardWalk, largeTargets, reflows, type PageWishes } from './browser.ts';
import { aProduct } from './product.ts';
import { aStaffPage } from './staff.ts';

const product = await aProduct();
const { database, settings, address } = product;
const files = fileStore(database, join(settings.data, 'files'));
const slug = 'role-of-governments';
const { topicId } = await aTopicOpenForSubmissions(database, slug);
const threeParagraphs = [
	'Governments should listen before they decide. They should publish their reasons.',
	'No government should decide alone. The technical community keeps the network running.',
	'حوكمة الإنترنت مسؤولية مشتركة.'
].join('\r\n\r\n');
await bringIn({
	'001A.txt': aFormFile({ document: threeParagraphs }),
	'001B.txt': 'An attached paper. It says the same at length.',
	'002A.txt': aFormFile({
		title: 'Second',
		organization: 'Government of Chile',
		sector: 'Government',
		region: 'Chile',
		document: 'We agree. We disagree.'
	}),
	'003A.txt': aFormFile({ title: 'Third', document: 'Nothing to see here.' })
});

async function bringIn(contents: Record<string, string>) {
	const zip = zipSync(Object.fromEntries(Object.entries(contents).map(([name, text]) => [name, strToU8(text)])));
	await importSubmissions(database, files, zipSource(zip), topicId, { kind: 'job', name: 'test' });
}

/** A page of somebody who is signed in as a rapporteur of the topic. */
const aRapporteursPage = (t: TestContext, name: string, wishes: PageWishes = {}) =>
	aStaffPage(t, product, { name, role: 'rapporteur', topicId, ...wishes });

const textAddress = (number: number) => `/desk/topics/${slug}/texts/${number}`;
const marks = (page: Page) => page.locator('mark').allTextContents();
const notes = async (page: Page) =>
	(await page.locator('.notes li').allTextContents()).map((note) => note.replace(/\s+/g, ' ').trim());

/** Selects words as a mouse does: from the middle of one sentence to the middle of another. */
async function select(page: Page, words: string) {
	await page.evaluate((wanted) => {
		const pieces = [...document.querySelectorAll<HTMLElement>('[data-at]')];
		const all = pieces.map((piece) => piece.textContent ?? '');
		for (const [index, piece] of pieces.entries()) {
			const at = all[index]!.indexOf(wanted);
			if (at === -1) continue;
			getSelection()!.setBaseAndExtent(piece.firstChild!, at, piece.firstChild!, at + wanted.length);
			return;
		}
		throw new Error(`no piece holds ${wanted}`);
	}, words);
}

test('two rapporteurs work on one text at once: words are selected, both highlights stay, undo takes back only one’s own', async (t) => {
	const ada = await aRapporteursPage(t, 'Ada');
	const ben = await aRapporteursPage(t, 'Ben');
	await ada.goto(textAddress(1));
	await ben.goto(textAddress(1));
	await ada.locator('.flowing').first().waitFor();
	await ben.locator('.flowing').first().waitFor();

	await select(ada, 'listen before they decide');
	await ada.getByLabel('The point, in one sentence').fill('Governments listen first');
	await ada.getByRole('button', { name: 'Draw this idea' }).click();
	await ada.getByRole('status').filter({ hasText: 'Noted' }).waitFor();
	assert.deepEqual(await marks(ada), ['listen before they decide']);

	// Ben has not loaded the page again: what Ada drew comes by itself
	await ben.getByRole('status').filter({ hasText: 'Somebody else' }).waitFor({ timeout: 20_000 });
	assert.deepEqual(await marks(ben), ['listen before they decide']);
	await select(ben, 'No government should decide alone');
	await ben.getByLabel('Find the idea').fill('listening');
	await ben.getByText('Governments listen first').last().click();
	await ben.getByLabel('They oppose it').check();
	await ben.getByRole('button', { name: 'Note this' }).click();
	await ben.getByRole('status').filter({ hasText: 'Noted' }).waitFor();
	assert.deepEqual(await notes(ben), ['raises 1 Governments listen first Ada', 'opposes 1 Governments listen first you']);

	await ben.getByRole('button', { name: 'Undo my note on idea 1' }).click();
	await ben.locator('.notes li').nth(1).waitFor({ state: 'detached' });
	assert.deepEqual(await notes(ben), ['raises 1 Governments listen first Ada']);
	assert.equal(await ben.getByRole('button', { name: /Undo/ }).count(), 0);
	await ada.reload();
	assert.deepEqual(await notes(ada), ['raises 1 Governments listen first you']);
});

test('with the keyboard alone sentences are chosen, an idea is drawn, and the text is marked as read', async (t) => {
	const page = await aRapporteursPage(t, 'Cleo');
	await page.goto(textAddress(2));
	await page.locator('.flowing').first().waitFor();
	const tabTo = async (matches: string) => {
		for (let pressed = 0; pressed < 60; pressed++) {
			await page.keyboard.press('Tab');
			if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, matches)) return;
		}
		assert.fail(`Tab never reached ${matches}`);
	};
	await tabTo('.sentence');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Space');
	await page.keyboard.press('Shift+ArrowDown');
	assert.deepEqual(await page.locator('.sentence[aria-checked=true]').allTextContents(), ['We agree.', 'We disagree.']);
	await tabTo('#point');
	assert.equal(await page.getByLabel('The point, in one sentence').inputValue(), 'We agree. We disagree.');
	await page.keyboard.press('Control+a');
	await page.keyboard.type('One may agree and disagree');
	await tabTo('button[formaction="?/draw"]');
	await page.keyboard.press('Enter');
	await page.getByRole('status').filter({ hasText: 'Noted' }).waitFor();
	assert.deepEqual(await marks(page), ['We agree.', 'We disagree.']);
	await page.keyboard.press('Shift+Tab');
	await page.getByRole('button', { name: 'Read to the end' }).focus();
	await page.keyboard.press('Enter');
	await page.locator('#reading .tag.good').waitFor();
	assert.equal((await page.locator('#reading .tag.good').textContent())?.trim(), 'Read');
});

test('without script sentences are ticked, an idea is looked for, and what was ticked comes back with a mistake', async (t) => {
	const page = await aRapporteursPage(t, 'Dora', { javaScript: false, expected: [/status of 422/] });
	await page.goto(textAddress(3));
	await page.getByLabel('Nothing to see here.').check();
	await page.getByRole('button', { name: 'Note this' }).click();
	assert.equal(
		await page
			.getByRole('alert')
			.innerText()
			.then((text) => text.includes('Choose the idea')),
		true
	);
	assert.equal(await page.getByLabel('Nothing to see here.').isChecked(), true);
	await page.getByLabel('Find the idea').fill('listen');
	await page.getByRole('button', { name: 'Find', exact: true }).click();
	assert.equal(await page.getByLabel('Nothing to see here.').isChecked(), true);
	await page.getByLabel('Governments listen first').check();
	await page.getByLabel('They support it').check();
	await page.getByRole('button', { name: 'Note this' }).click();
	assert.deepEqual(await notes(page), ['supports 1 Governments listen first you']);
	await page.getByRole('button', { name: 'Undo my note' }).click();
	assert.deepEqual(await notes(page), []);
	await page.getByRole('button', { name: 'Read, nothing to draw' }).click();
	assert.equal((await page.locator('#reading .tag.good').textContent())?.trim(), 'Nothing to draw');
});

test('the list of texts shows how far the desk is, and texts are given out', async (t) => {
	const page = await aRapporteursPage(t, 'Emil');
	await page.goto(`/desk/topics/${slug}/texts?list=all`);
	await accessible(page);
	await reflows(page);
	await page.getByText('Share out the texts that nobody has').click();
	await page.getByRole('button', { name: 'Share out' }).click();
	await page.getByRole('table', { name: 'Who reads what' }).waitFor();
	assert.equal(await page.getByRole('table', { name: 'All texts' }).getByRole('row').count(), 4);
});

test('the page of a text is accessible, on a phone too', async (t) => {
	const page = await aRapporteursPage(t, 'Fay');
	await page.goto(textAddress(1));
	await page.locator('.flowing').first().waitFor();
	await accessible(page);
	await reflows(page);
	await largeTargets(page);
	await keyboardWalk(page);
	// as it stands before its script has come: each sentence a box to tick
	const plain = await aRapporteursPage(t, 'Gus', { phone: true, language: 'ar', expected: [/Failed to fetch dynamically/] });
	await plain.route('**/*.js', (route) => route.abort());
	await plain.goto(`/ar${textAddress(1)}`);
	assert.equal(await plain.locator('.flowing').count(), 0);
	await accessible(plain);
	await reflows(plain);
	await largeTargets(plain);
});

test('a zip is uploaded, looked at, corrected by a person and brought in', async (t) => {
	const page = await aRapporteursPage(t, 'Hana');
	await page.goto(`/desk/topics/${slug}/texts/import`);
	await accessible(page);
	const zip = zipSync({ '004A.txt': strToU8(aFormFile({ title: 'Fourth', region: 'Middle Earth' })) });
	await page.getByLabel('Zip file').setInputFiles({ name: 'more.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
	await page.getByRole('button', { name: 'Look into it first' }).click();
	await page.getByText('The zip is being looked at.').waitFor();
	const importId = new URL(page.url()).pathname.split('/').at(-1)!;
	const work = async (step: 'preview' | 'import') => {
		await runUploadStep(database, files, step, { topicId, importId });
		await database.query(`update job_progress set state = 'done' where topic_id = $1`, [topicId]);
	};
	await work('preview');
	await page.getByLabel('“Middle Earth” means').selectOption('NZ');
	await accessible(page);
	await page.getByRole('button', { name: 'Keep' }).click();
	await work('preview');
	await page.getByRole('button', { name: 'Bring in 1 submission' }).click();
	await page.getByText('The submissions are being brought in.').waitFor();
	await work('import');
	await page.getByRole('link', { name: 'To the texts' }).click();
	await page.getByRole('link', { name: /Fourth/ }).waitFor();
});

test('what a region means is corrected by a person, for all submissions in which it stands so', async (t) => {
	const page = await aRapporteursPage(t, 'Ina');
	await page.goto(`/desk/topics/${slug}/texts/meanings`);
	await accessible(page);
	await reflows(page);
	await page.getByRole('link', { name: 'Change what “Kenya, Africa” means' }).click();
	await page.getByRole('combobox', { name: '“Kenya, Africa” means' }).selectOption('UG');
	await accessible(page);
	await page.getByRole('button', { name: 'Keep' }).click();
	assert.equal(
		await page
			.getByRole('row', { name: /Kenya, Africa/ })
			.getByRole('cell')
			.first()
			.innerText(),
		'Uganda'
	);
	await page.goto(`/topics/${slug}/submissions/1`);
	await page.getByText('African').first().waitFor();
});

test('somebody who is no rapporteur of the topic does not come in', async (t) => {
	const page = await aPage(t, { address, expected: [/status of 40/] });
	await page.goto(textAddress(1));
	assert.equal(new URL(page.url()).pathname, '/sign-in');
});
