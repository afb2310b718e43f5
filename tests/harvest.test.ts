import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveFeedback } from '#cafes/notes/feedback.server.ts';
import { uuidv4 } from '#database/ids.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aHarvest } from './reaching.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { database } = product;
const say = speakerOf('en');
await product.startJobs();

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
	// a job compares the notes; without script one looks again
	const together = page.locator('section[aria-labelledby=alike]').getByRole('button').first();
	while (!(await together.isVisible())) await page.reload();
	await together.click();
	await page
		.locator('.pile')
		.getByRole('button', { name: say('harvest.apart') })
		.first()
		.click();
	await page.getByText(say('harvest.done-apart')).waitFor();
	assert.equal(await page.locator('.pile').count(), 0);
});

test('the room comes by six letters to the ideas of its café alone, and the desk and the screen show how many answered, and what', async (t) => {
	const path = await aHarvest(product);
	const base = path.replace('/desk', '').replace(/\/harvest$/, '');
	const desk = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await desk.goto(path);
	await desk.getByRole('button', { name: say('harvest.close') }).click();
	for (const text of ['Prices must fall', 'Who pays for the last mile?']) {
		const pile = desk.locator('.wall > li', { hasText: text });
		await pile.locator('summary').click();
		await pile.getByRole('button', { name: say('harvest.draw') }).click();
		await desk.getByText(say('harvest.done-drawn')).waitFor();
	}
	await desk.getByText(say('harvest.people', { people: 0, ideas: 2 })).waitFor();
	const { rows } = await database.query<{ code: string }>(
		`select code from event_codes join events using (topic_id, event_id) where event_number = $1`,
		[Number(/events\/(\d+)/u.exec(path)![1])]
	);
	const phone = await aPage(t, { product, phone: true, javaScript: false });
	await phone.goto(`/join/${rows[0]!.code}`);
	await phone.getByText(say('opinions.cafe-ideas', { count: 2 })).waitFor();
	await phone.getByRole('link', { name: say('opinions.cafe-say') }).click();
	const seen = new Set<string>();
	for (let idea = 0; idea < 2; idea++) {
		await phone.getByText(say('opinions.of-cafe')).waitFor();
		seen.add(await phone.locator('#point').innerText());
		await phone.getByRole('button', { name: say('web.agree'), exact: true }).click();
	}
	await phone.getByText(say('opinions.cafe-done')).waitFor();
	assert.deepEqual([...seen].sort(), ['Prices must fall', 'Who pays for the last mile?']);
	await reflows(phone);
	await desk.goto(path);
	await desk.getByText(say('harvest.people', { people: 1, ideas: 2 })).waitFor();
	const counts = desk.locator('section[aria-labelledby=answers] tbody tr').first().locator('.number');
	assert.deepEqual(await counts.allInnerTexts(), ['1', '0', '0']);
	await reflows(desk);
	await phone.goto(`${base}/wall`);
	await phone.getByText(say('seats.wall-answered', { people: 1 })).waitFor();
	assert.equal(await phone.getByText(say('seats.wall-counts', { agree: 1, disagree: 0, pass: 0 })).count(), 2);
	await reflows(phone);
});

test('how it went is told at the desk from five hosts on, and their words apart from their marks', async (t) => {
	const path = await aHarvest(product);
	const { rows } = await database.query<{ topicId: string; eventId: string }>(
		`select topic_id as "topicId", event_id as "eventId" from events where event_number = $1`,
		[Number(/events\/(\d+)/u.exec(path)![1])]
	);
	const give = (went: number, words = '') => giveFeedback(database, rows[0]!, { id: uuidv4(), went, words, language: 'en' });
	for (const went of [5, 4, 4]) await give(went);
	await give(5, 'The room was too loud.');
	const page = await aPage(t, { product, as: 'secretariat' });
	await page.goto(path);
	await page.getByText(say('harvest.feedback-few')).waitFor();
	await page.getByText('The room was too loud.').waitFor();
	await give(4);
	await page.reload();
	await page.getByText(say('harvest.feedback-average', { average: '4.4', people: 5 })).waitFor();
	assert.deepEqual(await page.locator('section[aria-labelledby=feedback] td').allInnerTexts(), ['5', '0', '0']);
	await accessible(page);
	await reflows(page);
});
