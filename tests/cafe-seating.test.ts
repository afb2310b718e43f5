import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { cardsOf } from '#cafes/seating/cards.server.ts';
import { seatingInForce, seatsIn } from '#cafes/seating/reading.server.ts';
import { eventNumbered } from '#events/events.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { topicAt } from '#topics/reading.server.ts';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
await product.startJobs();
const { database } = product;
const talk = '/topics/internet-public-policy';
const desk = `/desk${talk}/events/1/cafe`;
const { topicId } = await topicAt(database, 'internet-public-policy');
const { eventId } = await eventNumbered(database, topicId, 1);

async function press(page: Page, what: Locator): Promise<void> {
	await what.click();
	await page.waitForLoadState();
}

test('the café of 2013 is seated in the example: fifty people, ten tables, three rounds, nobody twice with the same', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat' });
	await page.goto(`${desk}/seating/1?round=2`);
	await page.getByText('Everyone meets at least 12 new people.').waitFor();
	await page.getByText('No pair meets twice.').waitFor();
	assert.equal(await page.locator('.table-of-round').count(), 10);
	assert.equal((await seatsIn(database, topicId, eventId, 1)).length, 150);
});

for (const language of ['en', 'ar'] as const) {
	test(`a seating is asked for, looked at and put in force, in ${language} without JavaScript`, async (t) => {
		const say = speakerOf(language);
		const page = await aPage(t, { product, language, javaScript: false, as: 'secretariat' });
		const button = (name: Parameters<typeof say>[0]) => page.getByRole('button', { name: say(name), exact: true });
		await page.goto(pathInLanguage(`${desk}/seating`, language));
		const known = await page.locator('li.card').count();
		await page.locator('#seat-seconds').selectOption('2');
		await press(page, button('cafes.seat-now'));
		for (const until = Date.now() + 30_000; Date.now() < until && (await page.locator('li.card').count()) === known;)
			await page.goto(pathInLanguage(`${desk}/seating`, language));
		await reflows(page);
		await press(page, page.locator('li.card h3 a').first());
		await reflows(page);
		await press(page, button('cafes.choose'));
		assert.ok(await seatingInForce(database, topicId, eventId));
	});
}

test('the pages of a seating and of what is printed can be read and operated by everyone', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', reducedMotion: true });
	for (const path of ['seating', 'seating/1?round=2', 'print', 'print?what=tables', 'print?what=briefing&paper=letter']) {
		await page.goto(`${desk}/${path}`);
		await accessible(page);
		await largeTargets(page);
		await endures(page);
		await reflows(page);
		await keyboardWalk(page);
	}
});

test('a card opens where its owner sits on a phone, by its code or its number, and no secret stays in the address', async (t) => {
	const [card] = await cardsOf(database, { topicId, eventId });
	const phone = await aPage(t, { product, phone: true });
	await phone.goto(`${talk}/events/1/seat?code=${card!.code}`);
	assert.match(phone.url(), /\/events\/1\/seat$/);
	await phone.getByText(`Card ${card!.cardNumber}`).waitFor();
	await phone.getByText('All rounds are over').waitFor();
	await accessible(phone);
	const other = await aPage(t, { product, phone: true, javaScript: false });
	await other.goto(`${talk}/events/1/seat`);
	await other.locator('[name=card]').fill('no card');
	await press(other, other.getByRole('button', { name: 'Show my table' }));
	assert.equal(await other.locator('[name=card]').inputValue(), 'no card');
	await other.locator('[name=card]').fill(String(card!.cardNumber));
	await press(other, other.getByRole('button', { name: 'Show my table' }));
	assert.match(other.url(), new RegExp(`number=${card!.cardNumber}$`));
	await other.getByText('Round 3').waitFor();
	const seats = (await seatingInForce(database, topicId, eventId))!.seats.filter(({ guestId }) => guestId === card!.guestId);
	for (const { tableNumber } of seats) assert.ok((await other.getByText(`Table ${tableNumber}`).count()) > 0);
});
