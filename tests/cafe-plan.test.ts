import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { roundNow } from '#cafes/leading.server.ts';
import { cafeOf } from '#cafes/reading.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { topicAt } from '#topics/reading.server.ts';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const talk = '/topics/internet-public-policy';
const { database } = product;

async function press(page: Page, what: Locator): Promise<void> {
	await what.click();
	await page.waitForLoadState();
}

async function aCafeToPlan() {
	const { topicId } = await topicAt(database, 'internet-public-policy');
	const event = await anEvent(database, { topicId });
	return { event, topicId, base: `${talk}/events/${event.number}`, desk: `/desk${talk}/events/${event.number}/cafe` };
}

for (const language of ['en', 'ar'] as const) {
	test(`the secretariat plans a café, makes a host’s link and leads the first round, in ${language} without JavaScript`, async (t) => {
		const say = speakerOf(language);
		const { desk, base, topicId, event } = await aCafeToPlan();
		const page = await aPage(t, { product, language, javaScript: false, as: 'secretariat' });
		const button = (name: Parameters<typeof say>[0], values: Record<string, number> = {}) =>
			page.getByRole('button', { name: say(name, values), exact: true });
		await page.goto(pathInLanguage(desk, language));
		await page.locator('[name=tableCount]').fill('4');
		await page.locator('[name=roundCount]').fill('2');
		await press(page, button('desk.save'));
		await reflows(page);
		await page.locator('[name=question]').first().selectOption({ index: 1 });
		await page.locator('[name=minutes]').first().fill('0');
		await press(page, button('desk.save'));
		assert.equal(await page.locator('[name=minutes]').first().inputValue(), '0', 'nothing typed is lost');
		assert.match((await page.locator('.mistakes').textContent())!, /600/);
		await page.locator('[name=minutes]').first().fill('25');
		await page.locator('[name=label]').nth(1).fill('نافذة & Window');
		await press(page, button('desk.save'));
		const planned = await cafeOf(database, topicId, event.eventId);
		assert.deepEqual([planned.version, planned.tables[1]?.label, planned.rounds[0]?.minutes], [2, 'نافذة & Window', 25]);

		await page.locator('summary', { hasText: say('cafes.add-host') }).click();
		await page.locator('#host-name').fill('Amina Diallo');
		await page.locator('#host-email').fill('amina@example.org');
		await press(page, button('cafes.add-host'));
		await press(page, page.getByRole('button', { name: new RegExp(say('cafes.make-link')) }));
		const link = await page.locator('code').textContent();
		assert.match(link!, /\/table\/[\w-]{43}$/);
		await page.goto(pathInLanguage(desk, language));
		assert.equal(await page.locator('code').count(), 0, 'shown once');
		const { rows } = await database.query<{ body: string }>(`select body from mails where to_address = 'amina@example.org'`);
		assert.ok(rows.some(({ body }) => body.includes(link!)));

		await press(page, button('cafes.begin', { round: 1 }));
		assert.equal((await roundNow(database, topicId, event.eventId))?.roundNumber, 1);
		await press(page, button('cafes.prolong', { minutes: 5 }));
		await reflows(page);
		const wall = await aPage(t, { product, language, javaScript: false });
		await wall.goto(pathInLanguage(`${base}/wall`, language));
		assert.equal((await wall.locator('h1').textContent())?.trim(), say('seats.round-of', { round: 1, rounds: 2 }));
		await press(page, button('cafes.end-round', { round: 1 }));
		assert.equal(await roundNow(database, topicId, event.eventId), null);
	});
}

test('tables are moved in the picture of the room with the arrow keys, by dragging, and by the form', async (t) => {
	const { desk, topicId, event } = await aCafeToPlan();
	const page = await aPage(t, { product, as: 'secretariat' });
	await page.goto(desk);
	await page.locator('[name=tableCount]').fill('3');
	await press(page, page.getByRole('button', { name: 'Save', exact: true }));
	await page.goto(`${desk}/room`);
	await accessible(page);
	await largeTargets(page);
	const at = async (table: number) => {
		const { rows } = await database.query<{ at: string }>(
			`select room_row || ' ' || room_column as at from cafe_table_places
			where topic_id = $1 and event_id = $2 and table_number = $3`,
			[topicId, event.eventId, table]
		);
		return rows[0]?.at;
	};
	const until = async (table: number, wanted: string) => {
		for (const end = Date.now() + 10_000; Date.now() < end && (await at(table)) !== wanted;) await page.waitForTimeout(50);
		assert.equal(await at(table), wanted);
	};
	const table = (number: number) => page.locator('svg a').nth(number - 1);
	await table(1).focus();
	await page.keyboard.press('ArrowDown');
	await until(1, '2 2');
	const from = (await table(2).boundingBox())!;
	const room = (await page.locator('svg.room').boundingBox())!;
	const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(x, y + room.height / 2, { steps: 4 });
	await page.mouse.up();
	await until(2, '5 5');
	await page.goto(`${desk}/room?table=3`);
	await page.locator('[name=row]').fill('5');
	await page.locator('[name=column]').fill('5');
	await press(page, page.getByRole('button', { name: 'Place it here' }));
	await until(3, '5 5');
	await until(2, '1 8');
});

test('the timer of the wall goes on when the network is gone, and the wall fits projector and phone', async (t) => {
	const { desk, base } = await aCafeToPlan();
	const staff = await aPage(t, { product, as: 'secretariat' });
	await staff.goto(desk);
	await staff.locator('[name=tableCount]').fill('5');
	await press(staff, staff.getByRole('button', { name: 'Save', exact: true }));
	await press(staff, staff.getByRole('button', { name: 'Begin round 1' }));
	const wall = await aPage(t, { product, expected: [/wall\.json/, /ERR_INTERNET_DISCONNECTED/] });
	await wall.goto(`${base}/wall`);
	await wall.locator('[role=timer]').waitFor();
	const shown = () => wall.locator('[role=timer]').textContent();
	assert.match((await shown())!, /^\s*(19:5\d|20:00)\s*$/);
	await accessible(wall);
	await reflows(wall);
	await wall.context().setOffline(true);
	await wall.getByText('No network: the timer goes on by itself.').waitFor();
	const before = await shown();
	await wall.waitForFunction((was) => document.querySelector('[role=timer]')?.textContent !== was, before);
	await wall.context().setOffline(false);
	await press(staff, staff.getByRole('button', { name: '5 more minutes' }));
	await wall.waitForFunction(() => /2[45]:/.test(document.querySelector('[role=timer]')?.textContent ?? ''));
	await press(staff, staff.getByRole('button', { name: 'End round 1' }));
	await wall.getByRole('heading', { name: /^Next: round 2/ }).waitFor();
});

test('the pages of the plan can be read and operated by everyone', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', reducedMotion: true });
	for (const path of [
		`/desk${talk}/events/1/cafe`,
		`/desk${talk}/events/1/cafe/room`,
		`${talk}/events/1/wall`,
		`${talk}/events/1/seat`
	]) {
		await page.goto(path);
		await accessible(page);
		await largeTargets(page);
		await endures(page);
		await reflows(page);
		await keyboardWalk(page);
	}
});
