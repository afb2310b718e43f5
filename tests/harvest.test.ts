import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aHarvest } from './reaching.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { database } = product;
const say = speakerOf('en');

test('the notes of three tables are taken in, laid together with the keyboard, taken back, and become an idea that is asked for opinions', async (t) => {
	const path = await aHarvest(product);
	const page = await aPage(t, { product, as: 'secretariat', javaScript: true });
	await page.goto(path);
	await page.getByText(say('harvest.waiting', { count: 4 })).waitFor();
	await page.getByRole('button', { name: say('harvest.close') }).click();
	await page.getByText(say('harvest.done-closed')).waitFor();
	assert.equal(await page.locator('.wall > li').count(), 4);
	await accessible(page);
	await reflows(page);

	// by keyboard alone: two boxes, then the button
	for (const text of ['Share the fibre that is laid already', 'Prices must fall']) {
		await page.locator('.wall > li', { hasText: text }).locator('input[type=checkbox]').focus();
		await page.keyboard.press('Space');
	}
	await page.getByRole('button', { name: say('harvest.together') }).focus();
	await page.keyboard.press('Enter');
	await page.getByText(say('harvest.pile', { count: 2 })).waitFor();
	await page.getByRole('button', { name: say('harvest.undo') }).click();
	await page.getByText(say('harvest.done-undone')).waitFor();
	assert.equal(await page.getByText(say('harvest.pile', { count: 2 })).count(), 0);

	// what the software proposes
	await page.locator('section[aria-labelledby=alike]').getByRole('button').first().click();
	const pile = page.locator('.pile');
	await pile.waitFor();
	assert.equal(await pile.locator('.note').count(), 2);
	await pile.locator('summary').click();
	await pile.locator('[name=point]').fill('x'.repeat(201));
	await pile.getByRole('button', { name: say('harvest.draw') }).click();
	await page.locator('.field.wrong, .error-summary').first().waitFor();
	await page.goto(path);
	await pile.locator('summary').click();
	await pile.locator('[name=point]').fill('Fibre that lies in the ground is shared by all');
	await pile.getByRole('button', { name: say('harvest.draw') }).click();
	await page.getByText(say('harvest.done-drawn')).waitFor();
	const idea = pile.getByRole('link');
	await idea.click();
	await page.waitForURL(/\/ideas\/\d+$/);
	const text = await page.locator('main').innerText();
	assert.ok(text.includes('Share the fibre that is laid already') && text.includes('Share the fibres that are already laid'));
	assert.ok(
		text.includes(say('harvest.from-cafe', { table: 1, round: 1 })) &&
			text.includes(say('harvest.from-cafe', { table: 2, round: 1 }))
	);
	const { rows } = await database.query<{ channel: string }>(
		`select c.channel from ideas i join harvest_ideas h using (topic_id, idea_number) join idea_versions v using (topic_id, idea_number)
		cross join lateral (select i.channel) c where v.point = 'Fibre that lies in the ground is shared by all'`
	);
	assert.deepEqual(rows, [{ channel: 'café' }]);

	await page.goto(path);
	await page.getByRole('button', { name: say('harvest.end') }).click();
	await page.getByText(say('harvest.done-ended')).waitFor();
	assert.equal((await database.query('select from waiting_notes')).rowCount, 0);
});

test('without script all of it works as well', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await page.goto(await aHarvest(product));
	await page.getByRole('button', { name: say('harvest.close') }).click();
	await page.locator('section[aria-labelledby=alike]').getByRole('button').first().click();
	await page
		.locator('.pile')
		.getByRole('button', { name: say('harvest.apart') })
		.first()
		.click();
	await page.getByText(say('harvest.done-apart')).waitFor();
	assert.equal(await page.locator('.pile').count(), 0);
});
