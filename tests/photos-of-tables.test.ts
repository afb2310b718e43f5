import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { photosOf } from '#cafes/notes/photo-lists.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, endures, largeTargets, reflows } from './browser.ts';
import { aCafeWithPhotos } from './photos-of-tables.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { database } = product;

for (const language of ['en', 'ar'] as const)
	test(`a photo is typed card by card, a card is taken back and laid again, and the notes hang on the wall, in ${language} without JavaScript`, async (t) => {
		const say = speakerOf(language);
		const { of, photos, base, ids } = await aCafeWithPhotos(product, { photos: 2 });
		const page = await aPage(t, { product, as: 'secretariat', language, javaScript: false });
		const button = (name: Parameters<typeof say>[0]) => page.getByRole('button', { name: say(name), exact: true });
		await page.goto(pathInLanguage(photos, language));
		await reflows(page);
		await page.getByRole('link', { name: say('photos.type-next') }).click();
		await page.waitForURL(new RegExp(`/photos/${ids[0]}`));
		await reflows(page);
		await largeTargets(page);
		// how the picture lies stays, from card to card
		await page.locator('.turn-90').check();
		await page.locator('.size-200').check();
		for (const [text, marker] of [
			['Share the fibre that is laid already', 'idea'],
			['Prices must fall', 'concern']
		] as const) {
			await page.locator('#text').fill(text);
			await page.getByLabel(say(`notebook.marker-${marker}`), { exact: true }).check();
			await button('photos.keep-card').click();
			await page.getByText(say('photos.done-card')).waitFor();
			assert.ok(await page.locator('.turn-90').isChecked(), 'turned');
			assert.ok(await page.locator('.size-200').isChecked(), 'enlarged');
		}
		await page.locator('#text').fill('x'.repeat(501));
		await button('photos.keep-card').click();
		await page.locator('.field.wrong').waitFor();
		assert.equal((await page.locator('#text').inputValue()).length, 501, 'what was typed is there');
		await page.goto(pathInLanguage(`${photos}/${ids[0]}`, language));
		await page.locator('li.card', { hasText: 'Prices must fall' }).getByRole('button').click();
		await page.getByText(say('photos.done-taken-back')).waitFor();
		await button('photos.lay-again').click();
		await page.getByText(say('photos.done-laid-again')).waitFor();
		await page.locator('li.card', { hasText: 'Prices must fall' }).getByRole('link').click();
		await page.locator('#text').fill('Prices must fall by half');
		await button('notebook.keep-anew').click();
		await page.getByText(say('photos.done-revised')).waitFor();
		await endures(page);
		await button('photos.all-typed-next').click();
		await page.waitForURL(new RegExp(`/photos/${ids[1]}`));
		await button('photos.nothing').click();
		await page.getByText(say('photos.done-passed-over')).waitFor();
		await page.getByText(say('photos.is-passed-over')).first().waitFor();
		await page.goto(pathInLanguage(`${base}/harvest`, language));
		await button('harvest.close').click();
		await page.getByText(say('harvest.done-closed')).waitFor();
		assert.deepEqual(
			(await wallOf(database, of.topicId, of.eventId))
				.map(({ text, table, round, marker }) => [text, table, round, marker])
				.sort(),
			[
				['Prices must fall by half', 2, 1, 'concern'],
				['Share the fibre that is laid already', 2, 1, 'idea']
			]
		);
	});

test('with script the picture stays where it is, keys turn it, and Ctrl and Enter keep the card', async (t) => {
	const say = speakerOf('en');
	const { photos, ids } = await aCafeWithPhotos(product);
	const page = await aPage(t, { product, as: 'secretariat' });
	await page.goto(`${photos}/${ids[0]}`);
	await page.getByText(say('photos.keys')).waitFor();
	const window = page.getByRole('region', { name: say('photos.photo') });
	await window.focus();
	await page.keyboard.press('r');
	await page.keyboard.press('+');
	assert.ok(await page.locator('.turn-90').isChecked());
	assert.ok(await page.locator('.size-200').isChecked());
	await window.evaluate((element) => element.scrollTo({ top: 60 }));
	await page.locator('#text').fill('Share the fibre');
	await page.keyboard.press('Control+Enter');
	await page.locator('li.card', { hasText: 'Share the fibre' }).waitFor();
	assert.equal(await page.locator('#text').inputValue(), '');
	assert.equal(await page.evaluate(() => document.activeElement?.id), 'text', 'the next card can be typed at once');
	assert.ok(await page.locator('.turn-90').isChecked());
	assert.equal(await window.evaluate((element) => element.scrollTop), 60);
	await accessible(page);
});

test('who types already is named to the next, and both keep what they type', async (t) => {
	const say = speakerOf('en');
	const { of, photos, ids } = await aCafeWithPhotos(product);
	const address = `${photos}/${ids[0]}`;
	const [one, other] = [
		await aPage(t, { product, as: 'secretariat', javaScript: false }),
		await aPage(t, { product, as: 'moderator', javaScript: false })
	];
	await one.goto(address);
	await other.goto(address);
	const name = (await photosOf(database, of, new Date()))[0]!.claim!.name;
	await other.getByText(say('photos.taken-by', { name })).waitFor();
	for (const [page, text] of [
		[one, 'Read by one'],
		[other, 'Read by the other']
	] as const) {
		await page.locator('#text').fill(text);
		await page.getByRole('button', { name: say('photos.keep-card') }).click();
		await page.getByText(say('photos.done-card')).waitFor();
	}
	await one.reload();
	assert.equal(await one.locator('li.card').count(), 2);
	await other.goto(address);
	await other.getByRole('button', { name: say('paper.take-over') }).click();
	await other.getByText(say('photos.done-taken-over')).waitFor();
});
