import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { beginRound } from '#cafes/leading.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { codesInPicture } from '#contributions/intake/paper/reading.server.ts';
import { accepted, address, aPhone, aTable, database, say, staff, write } from './at-a-table.ts';
import { holdBefore, lendACamera } from './before-the-camera.ts';
import { accessible, reflows } from './browser.ts';

/** A battery that dies: the page goes without a word, another opens later in the same browser. */
async function killed(context: BrowserContext, page: Page): Promise<Page> {
	const next = await context.newPage();
	await page.close({ runBeforeUnload: false });
	return next;
}

test('two phones of a table: one is offline through a round and dies twice, and every card arrives once, in order', async (t) => {
	const { table, link, kept } = await aTable();
	await beginRound(database, { ...table, roundNumber: 1 }, staff);
	const one = await aPhone(t, link);
	const other = await aPhone(t, link);
	assert.ok(!one.url().includes(link.split('/').at(-1)!), 'the secret stands in no address');
	await write(one, 'Fibre for schools');
	await accepted(one, 'Fibre for schools');

	const context = other.context();
	await context.setOffline(true);
	await write(other, 'Offline one');
	await other.locator('li.card', { hasText: 'Offline one' }).getByText(say('notebook.state-waiting'), { exact: true }).waitFor();
	await other.locator('#text').pressSequentially('Half a sen');
	let phone = await killed(context, other);
	await phone.goto('/notebook');
	await phone.locator('li.card', { hasText: 'Offline one' }).waitFor();
	assert.equal(await phone.locator('#text').inputValue(), 'Half a sen', 'what was being typed is there again');
	await phone.locator('#text').fill('');
	await write(phone, 'Offline two');
	await phone.getByRole('button', { name: say('notebook.round', { round: 2 }) }).click();
	await write(phone, 'Offline in the second round');
	phone = await killed(context, phone);
	assert.deepEqual(await kept(), ['Fibre for schools']);

	await beginRound(database, { ...table, roundNumber: 2 }, staff);
	await context.setOffline(false);
	await phone.goto('/notebook');
	await accepted(phone, 'Offline in the second round');
	await accepted(phone, 'Offline one');
	assert.deepEqual(
		(await kept()).sort(),
		['Fibre for schools', 'Offline in the second round', 'Offline one', 'Offline two'].sort()
	);
	const rows = await trayOf(database, table);
	const places = ['Offline one', 'Offline two', 'Offline in the second round'].map((text) =>
		rows.find((row) => row.text === text)!
	);
	assert.deepEqual(
		places.map(({ round }) => round),
		[1, 1, 2]
	);
	assert.ok(places[0]!.place < places[1]!.place && places[1]!.place < places[2]!.place);
	await accessible(phone);
	await reflows(phone);
});

test('a card that is said anew on two phones at once stands twice, and is marked; one is taken back', async (t) => {
	const { link, table } = await aTable();
	const [one, other] = [await aPhone(t, link), await aPhone(t, link)];
	await write(one, 'Prices');
	await accepted(one, 'Prices');
	await other.reload();
	await other.locator('li.card', { hasText: 'Prices' }).waitFor();
	for (const [page, text] of [
		[one, 'Prices must fall'],
		[other, 'Prices are too high']
	] as const) {
		await page.context().setOffline(true);
		await page.getByText(say('notebook.revise')).click();
		await write(page, text);
	}
	for (const page of [one, other]) await page.context().setOffline(false);
	await accepted(one, 'Prices must fall');
	await accepted(other, 'Prices are too high');
	await one.reload();
	await one.getByText(say('notebook.twins')).waitFor();
	await one
		.locator('.wording', { hasText: 'Prices are too high' })
		.getByRole('button', { name: say('notebook.take-back') })
		.click();
	await one.getByText(say('notebook.twins')).waitFor({ state: 'detached' });
	await one.getByText(say('notebook.count-accepted', { count: 3 })).waitFor();
	assert.equal(await closeTables(database, table, staff), 1);
	assert.deepEqual(
		(await wallOf(database, table.topicId, table.eventId)).map(({ text }) => text),
		['Prices must fall']
	);
});

test('a card that is refused stays with its reason and goes nowhere, and those behind it go on', async (t) => {
	const { link, table, kept } = await aTable();
	const page = await aPhone(t, link);
	let requests = 0;
	page.on('request', (request) => (requests += request.url().endsWith('/notebook/cards') ? 1 : 0));
	await page.context().setOffline(true);
	await page.getByRole('button', { name: say('notebook.round', { round: 3 }) }).click();
	await write(page, 'In a round that is cancelled');
	await page.getByRole('button', { name: say('notebook.round', { round: 1 }) }).click();
	await write(page, 'In the first round');
	await database.query('delete from cafe_rounds where topic_id = $1 and event_id = $2 and round_number = 3', [
		...[table.topicId, table.eventId]
	]);
	await page.context().setOffline(false);
	await accepted(page, 'In the first round');
	const count = requests;
	await page.getByText(say('notebook.count-refused', { count: 1 })).waitFor();
	assert.deepEqual(await kept(), ['In the first round']);
	await page.reload();
	await page.getByText(say('notebook.count-refused', { count: 1 })).waitFor();
	await write(page, 'Another');
	await accepted(page, 'Another');
	assert.ok(requests <= count + 3, `${requests} requests`);
	await page.locator('summary', { hasText: 'Round 3' }).click();
	await page.getByText(say('refusals.note-of-no-round', { round: 3 })).waitFor();
});

test('storage that is full is said at once, and what was typed stays in the field and goes into a file', async (t) => {
	const { link, kept } = await aTable();
	const page = await aPhone(t, link);
	await page.evaluate(() => {
		const descriptor = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
		Object.assign(window, { descriptor });
		IDBObjectStore.prototype.put = () => {
			throw new DOMException('The disk is full.', 'QuotaExceededError');
		};
	});
	await page.locator('#text').fill('Not to be lost');
	await page.getByRole('button', { name: say('notebook.keep') }).click();
	await page.getByText(say('notebook.storage-full')).waitFor();
	assert.equal(await page.locator('#text').inputValue(), 'Not to be lost');
	await page.locator('summary', { hasText: say('notebook.hand-over') }).click();
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(say('notebook.save-file')).click()]);
	const path = await download.path();
	const desk = await aPhone(t, link);
	await desk.locator('summary', { hasText: say('notebook.hand-over') }).click();
	await desk.locator('[name=handed]').setInputFiles(path);
	await desk.locator('li.card', { hasText: 'Not to be lost' }).waitFor();
	await accepted(desk, 'Not to be lost');
	assert.deepEqual(await kept(), ['Not to be lost']);
	await page.evaluate(() => {
		const { descriptor } = window as unknown as { descriptor: PropertyDescriptor }; // left there above, as no page of ours has it
		Object.defineProperty(IDBObjectStore.prototype, 'put', descriptor);
	});
	await page.getByRole('button', { name: say('notebook.keep') }).click();
	await accepted(page, 'Not to be lost');
	assert.equal(await page.getByText(say('notebook.storage-full')).count(), 0);
});

test('cards go over to another phone by pictures, once, and are sent from there', async (t) => {
	const { link, kept } = await aTable();
	const lost = await aPhone(t, link);
	await lost.context().setOffline(true);
	for (const text of ['First', 'Second', 'Third']) await write(lost, text);
	await lost.locator('summary', { hasText: say('notebook.hand-over') }).click();
	const picture = lost.locator('figure img').first();
	await picture.waitFor();
	const [code] = (await codesInPicture(new Uint8Array(await picture.screenshot()))) ?? [];
	assert.ok(code!.length <= 1500 && code!.startsWith(`${address}/notebook#cards=`), code);
	const other = await aPhone(t, link);
	await other.goto(code!);
	await other.getByText(say('notebook.brought', { count: 3 })).waitFor();
	await accepted(other, 'Third');
	assert.equal(new URL(other.url()).hash, '');
	await other.goto('about:blank');
	await other.goto(code!);
	await lost.context().setOffline(false);
	await accepted(lost, 'First');
	assert.deepEqual(await kept(), ['First', 'Second', 'Third']);
});

test('cards of a table are read by the camera of another phone, without a network', async (t) => {
	const { link, kept } = await aTable();
	const lost = await aPhone(t, link);
	await lost.context().setOffline(true);
	for (const text of ['First', 'Second']) await write(lost, text);
	await lost.locator('summary', { hasText: say('notebook.hand-over') }).click();
	const picture = lost.locator('figure img').first();
	await picture.waitFor();
	const [code] = (await codesInPicture(new Uint8Array(await picture.screenshot()))) ?? [];
	const other = await aPhone(t, link, { before: lendACamera });
	await other.context().setOffline(true);
	await other.goto('/notebook');
	await other.locator('summary', { hasText: say('notebook.hand-over') }).click();
	await other.getByRole('button', { name: say('camera.read') }).click();
	await holdBefore(other, code!);
	await other
		.getByText(say('notebook.brought', { count: 2 }))
		.first()
		.waitFor();
	await other.context().setOffline(false);
	await accepted(other, 'Second');
	assert.deepEqual(await kept(), ['First', 'Second']);
});
