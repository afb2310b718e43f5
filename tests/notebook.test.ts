import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { beginRound, endRound } from '#cafes/leading.server.ts';
import { closeTable } from '#cafes/notes/closing.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { endHarvest } from '#cafes/harvest/ending.server.ts';
import { codesInPicture } from '#contributions/intake/paper/reading.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
const { address, database } = product;
const say = speakerOf('en');
const staff: Actor = { kind: 'job', name: 'test' };

async function aTable(attribution: Attribution = 'chatham') {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	const hostId = await appointHost(database, { topicId, eventId, host: aHost() }, staff);
	const { secret } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
	const table = { topicId, eventId, tableNumber: 1 };
	const kept = async () => (await trayOf(database, table)).map(({ text }) => text);
	return { table, link: `/table/${secret}`, kept };
}

/** A phone with the notebook open, its worker at work and its shell kept. */
async function aPhone(t: Parameters<typeof aPage>[0], link: string, { expected = [/./] }: { expected?: RegExp[] } = {}) {
	// requests that fail while there is no network are the test's own
	const page = await aPage(t, { address, phone: true, expected });
	await page.goto(link);
	await page.waitForURL(/\/notebook$/);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await page.getByText(say('notebook.reached')).waitFor();
	return page;
}

async function write(page: Page, text: string): Promise<void> {
	await page.locator('#text').fill(text);
	await page.locator('form[action="?/write"] .button:not(.quiet)').click();
	await page.locator('li.card', { hasText: text }).waitFor();
}

const stateOf = (page: Page, text: string) => page.locator('li.card', { hasText: text }).locator('.tag').nth(1).innerText();

async function accepted(page: Page, text: string): Promise<void> {
	await page.locator('li.card', { hasText: text }).getByText(say('notebook.state-accepted'), { exact: true }).waitFor({
		// cards of other rounds are folded
		state: 'attached'
	});
}

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
	assert.equal(await closeTable(database, table), 1);
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
		const { descriptor } = window as unknown as { descriptor: PropertyDescriptor };
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
