import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accepted, address, aPhone, aTable, database, say, staff, write } from './at-a-table.ts';
import { accessible, aPage, reflows } from './browser.ts';

const stateOf = (page: Page, text: string) => page.locator('li.card', { hasText: text }).locator('.tag').nth(1).innerText();

test('without script a plain form writes, says anew, takes back, and closes the table', async (t) => {
	const { link, kept, table } = await aTable('named');
	const page = await aPage(t, { address, phone: true, javaScript: false });
	await page.goto(link);
	await page.locator('#text').fill('Plain');
	await page.locator('[name=name]').fill('Ada');
	await page.getByRole('button', { name: say('notebook.keep') }).click();
	await page.getByText(say('notebook.done-written')).waitFor();
	await page.getByText(say('notebook.revise')).click();
	assert.equal(await page.locator('#text').inputValue(), 'Plain');
	await page.locator('#text').fill('x'.repeat(501));
	await page.getByRole('button', { name: say('notebook.keep-anew') }).click();
	await page.locator('.field.wrong').waitFor();
	await page.goto('/notebook');
	await page.locator('#text').fill('To be taken back');
	await page.getByRole('button', { name: say('notebook.keep') }).click();
	await page
		.locator('li.card', { hasText: 'To be taken back' })
		.getByRole('button', { name: say('notebook.take-back') })
		.click();
	await page.getByText(say('notebook.done-taken-back')).waitFor();
	assert.deepEqual(await kept(), ['Plain', 'To be taken back', '']);
	await page.locator('summary', { hasText: say('notebook.feedback') }).click();
	await page.getByLabel(say('notebook.went-5')).check();
	await page.getByRole('button', { name: say('notebook.feedback-give') }).click();
	await page.getByText(say('notebook.done-feedback')).waitFor();
	await page.getByRole('button', { name: say('notebook.close') }).click();
	await page.getByText(say('notebook.done-closed')).waitFor();
	assert.deepEqual(
		(await wallOf(database, table.topicId, table.eventId)).map(({ text, name }) => [text, name]),
		[['Plain', 'Ada']]
	);
});

test('a photo is made small on the phone, loses where it was taken, and arrives in parts once', async (t) => {
	const { link, table } = await aTable();
	const page = await aPhone(t, link);
	// noise, so that it is large
	const coded = await page.evaluate(() => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 2600, height: 1800 });
		const paint = canvas.getContext('2d')!;
		const noise = paint.createImageData(2600, 1800);
		for (let at = 0; at < noise.data.length; at += 65_536) crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
		for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
		paint.putImageData(noise, 0, 0);
		return canvas.toDataURL('image/jpeg', 0.95).split(',')[1]!;
	});
	const large = Buffer.from(coded, 'base64');
	assert.ok(large.length > 2_500_000);
	await page.locator('summary', { hasText: say('notebook.photo') }).click();
	await page.locator('[name=picture]').setInputFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: large });
	await page.context().setOffline(true);
	await page.getByRole('button', { name: say('notebook.photo-keep') }).click();
	await page.getByText(say('notebook.photo-on-way', { count: 1 })).waitFor();
	await page.context().setOffline(false);
	await page.getByText(say('notebook.photo-on-way', { count: 1 })).waitFor({ state: 'detached' });
	const { rows } = await database.query<{ size: number; whole: boolean }>(
		'select size, file_sha256 is not null as whole from note_photos where topic_id = $1',
		[table.topicId]
	);
	assert.equal(rows.length, 1);
	assert.ok(rows[0]!.whole && rows[0]!.size < large.length, String(rows[0]!.size));
	assert.equal((await database.query('select from note_photo_parts where topic_id = $1', [table.topicId])).rowCount, 0);
});

test('a rehearsal leaves nothing; a link that was taken back, a harvest that is over are said, and cards stay on the phone', async (t) => {
	const { link, table, kept } = await aTable('group');
	const page = await aPhone(t, link);
	await page.getByRole('button', { name: say('notebook.rehearse') }).click();
	await write(page, 'Only tried');
	await accepted(page, 'Only tried');
	await page.getByRole('button', { name: say('notebook.rehearsal-end') }).click();
	await page.locator('li.card').first().waitFor({ state: 'detached' });
	assert.deepEqual(await kept(), []);
	await page.context().setOffline(true);
	await write(page, 'Too late');
	await endHarvest(database, table, staff);
	await page.context().setOffline(false);
	await page.getByText(say('refusals.harvest-over')).first().waitFor();
	assert.equal(await stateOf(page, 'Too late'), say('notebook.state-refused'));
	await page.reload();
	await page.locator('li.card', { hasText: 'Too late' }).waitFor();
});

test('the notebook reads from right to left, and no other page of the site is served by its worker', async (t) => {
	const { link, table } = await aTable();
	await beginRound(database, { ...table, roundNumber: 1 }, staff);
	await endRound(database, table, staff);
	const page = await aPage(t, { address, phone: true, language: 'ar', expected: [/./] });
	await page.goto(pathInLanguage(link, 'ar'));
	await page.waitForURL(/\/ar\/notebook$/);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await accessible(page);
	await reflows(page);
	await page.goto('/');
	assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
	assert.equal(await page.evaluate(() => document.scripts.length), 0, 'a page to read has no script');
	await page.context().setOffline(true);
	await page.goto('/ar/notebook');
	await page.locator('#text').waitFor();
	assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
	assert.ok(await page.evaluate(() => navigator.serviceWorker.controller !== null));
	const cached = await page.evaluate(async () => {
		const names = await caches.keys();
		const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
		return all.flat().filter((url) => !url.includes('/_app/immutable/'));
	});
	assert.deepEqual(
		cached.map((url) => new URL(url).pathname).filter((path) => path !== '/favicon.svg' && !path.startsWith('/accent/')),
		['/ar/notebook/offline']
	);
});
