import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { badgeOf } from '#events/badge.ts';
import { openDoor } from '#events/door.server.ts';
import { aRegistration } from '#events/examples.ts';
import { anEvent } from '#events/examples.server.ts';
import { registerAtDesk } from '#events/registering.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { aSecretary } from '#topics/examples.ts';
import { temporaryKeys } from '#topics/examples.server.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { holdBefore, lendACamera } from './before-the-camera.ts';
import { aProduct } from './product.ts';

const product = await aProduct();
const { address, database } = product;
const say = speakerOf('en');
const surroundings = { keys: await temporaryKeys(), origin: address };

async function aDoor(names: readonly string[]) {
	const event = await anEvent(database, { roomPlaces: null });
	const badges: string[] = [];
	for (const name of names) {
		const person = aRegistration({ name, email: null });
		badges.push(badgeOf((await registerAtDesk(database, event, person, surroundings, aSecretary)).registrationId));
	}
	const { rows } = await database.query<{ slug: string }>('select slug from addresses where topic_id = $1', [event.topicId]);
	const path = `/topics/${rows[0]!.slug}/events/${event.number}/check-in`;
	const link = `${path}?door=${await openDoor(database, event, aSecretary)}`;
	const came = async () => (await registrationsOf(database, event)).filter(({ hasCome }) => hasCome);
	return { event, badges, path, link, came };
}

/** A phone at the door, its worker at work and its shell kept. */
async function aPhone(t: TestContext, link: string, before?: (page: Page) => Promise<void>): Promise<Page> {
	// requests that fail while there is no network are the test's own
	const page = await aPage(t, { address, phone: true, expected: [/./] });
	await before?.(page);
	await page.goto(link);
	await page.waitForURL(/\/check-in$/);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await page.getByText(say('events.outbox-none')).waitFor();
	return page;
}

async function scan(page: Page, badge: string): Promise<void> {
	await page.getByLabel(say('events.badge-scanned')).fill(badge);
	await page.getByLabel(say('events.badge-scanned')).press('Enter');
}

const waits = (page: Page, count: number) => page.getByText(say('events.outbox-some', { count })).waitFor();
const noServer = (page: Page) => page.getByText(/^Without an answer from the server: the list is of /).waitFor();

test('the door opens without a network, goes on after the battery died, and the same badge counts once', async (t) => {
	const { badges, path, link, came } = await aDoor(['Ana Early', 'Bo Late', 'Cai Never']);
	const phone = await aPhone(t, link);
	await phone.context().setOffline(true);
	await phone.goto(path);
	await noServer(phone);
	await scan(phone, badges[0]!);
	await phone.getByText(say('events.checked-in', { name: 'Ana Early' })).waitFor();
	await waits(phone, 1);

	// switched on again, still without a network
	const again = await phone.context().newPage();
	await phone.close();
	await again.goto(path);
	await waits(again, 1);
	await again.getByText(say('events.counted-in', { came: 1, all: 3 })).waitFor();
	await scan(again, badges[0]!);
	await again.getByText(/Ana Early was checked in before, at/).waitFor();
	await scan(again, badges[1]!);
	await waits(again, 2);
	assert.equal((await came()).length, 0);
	await accessible(again);
	await reflows(again);

	await again.context().setOffline(false);
	await again.getByText(say('events.outbox-none')).waitFor();
	assert.deepEqual((await came()).map(({ name }) => name).sort(), ['Ana Early', 'Bo Late']);
	await again.getByText(/^Without an answer/).waitFor({ state: 'detached' });
});

test('badges are read by the camera where the browser has no reader of its own, also without a network', async (t) => {
	const { badges, path, link, came } = await aDoor(['Ana Scanned', 'Bo Scanned']);
	const phone = await aPhone(t, link, lendACamera);
	assert.equal(await phone.evaluate(() => 'BarcodeDetector' in globalThis), false);
	await phone.context().setOffline(true);
	await phone.goto(path);
	await noServer(phone);
	await phone.getByRole('button', { name: say('camera.read') }).click();
	for (const [at, name] of ['Ana Scanned', 'Bo Scanned'].entries()) {
		await holdBefore(phone, badges[at]!);
		await phone.getByText(say('events.checked-in', { name })).waitFor();
	}
	await holdBefore(phone, 'https://example.org/');
	await phone.getByText(say('events.unknown-badge')).waitFor();
	await accessible(phone);
	await phone.getByRole('button', { name: say('camera.stop') }).click();
	await phone.context().setOffline(false);
	await phone.getByText(say('events.outbox-none')).waitFor();
	assert.equal((await came()).length, 2);
});

test('four phones without a network, one of them two hours wrong, note the same people: each has come once, at its true time', async (t) => {
	const names = ['Ana One', 'Bo Two', 'Cai Three', 'Di Four', 'Ed Five'];
	const { badges, link, came } = await aDoor(names);
	const isWrong = async (page: Page): Promise<void> => {
		await page.addInitScript(() => {
			const real = Date.now.bind(Date);
			Date.now = () => real() + 7_200_000;
		});
	};
	const phones = [await aPhone(t, link, isWrong)];
	for (let number = 1; number < 4; number++) phones.push(await aPhone(t, link));
	for (const phone of phones) await phone.context().setOffline(true);
	const begun = Date.now();
	for (const [at, phone] of phones.entries()) {
		for (const badge of [...badges.slice(at), ...badges.slice(0, at)]) await scan(phone, badge);
		await waits(phone, 5);
	}
	// what the wrong clock shows is the server's time all the same
	await scan(phones[0]!, badges[0]!);
	const told = await phones[0]!.getByText(/Ana One was checked in before, at/).innerText();
	const zone = 'Europe/Zurich';
	const shown = [begun, Date.now()].map((at) => say.date(new Date(at), { zone, style: 'clock' }));
	assert.ok(
		shown.some((time) => told.includes(time)),
		`${told}: ${shown.join()}`
	);
	await Promise.all(phones.map((phone) => phone.context().setOffline(false)));
	for (const phone of phones) {
		await phone.getByText(say('events.outbox-none')).waitFor();
		await phone.getByText(say('events.counted-in', { came: 5, all: 5 })).waitFor();
	}
	const arrived = await came();
	assert.deepEqual(arrived.map(({ name }) => name).sort(), names);
	for (const { arrivedAt } of arrived) assert.ok(+arrivedAt! >= begun - 2000 && +arrivedAt! <= Date.now(), String(arrivedAt));
});

test('the list is sealed on the phone, and forgotten when the door is shut or opens to it no more; what waits stays', async (t) => {
	const { event, badges, path, link, came } = await aDoor(['Ana Sealed', 'Bo Sealed']);
	const phone = await aPhone(t, link);
	const kept = await phone.evaluate(async () => {
		const opened = indexedDB.open('open-talks door');
		await new Promise((done) => (opened.onsuccess = done));
		const all = opened.result.transaction('kept').objectStore('kept').getAll();
		await new Promise((done) => (all.onsuccess = done));
		const [list] = all.result as { lane: string; text: { bytes: ArrayBuffer } }[];
		opened.result.close();
		return { lane: list!.lane, text: new TextDecoder('latin1').decode(list!.text.bytes), whole: JSON.stringify(list) };
	});
	assert.equal(kept.lane, event.eventId);
	assert.ok(kept.text.length > 100 && !kept.text.includes('Sealed') && !kept.whole.includes('Sealed'));
	const key = (await phone.context().cookies(`${address}${path}`)).find(({ name }) => name === 'list-key')!;
	const shuts = +event.endsAt + 2 * 86_400_000;
	assert.ok(Math.abs(key.expires * 1000 - shuts) < 60_000, 'the key goes when the door is shut');

	await phone.context().setOffline(true);
	await scan(phone, badges[0]!);
	await waits(phone, 1);
	await phone.context().clearCookies({ name: 'list-key' });
	await phone.goto(path);
	await phone.getByText(say('events.no-list')).waitFor();
	await waits(phone, 1);
	assert.equal(await phone.getByText('Sealed').count(), 0);

	// there is a network again, and another link: this phone's opens nothing any more
	await openDoor(database, event, aSecretary);
	await phone.context().setOffline(false);
	await phone.goto(path);
	await phone.getByText(say('events.check-in-closed')).waitFor();
	assert.equal(await phone.getByText('Sealed').count(), 0);
	assert.equal((await came()).length, 0);
	await phone.goto(`${path}?door=${await openDoor(database, event, aSecretary)}`);
	await phone.getByText(say('events.outbox-none')).waitFor();
	assert.deepEqual(
		(await came()).map(({ name }) => name),
		['Ana Sealed']
	);
});

test('nothing but the door is served by its worker, nobody is named in what it keeps, and it goes with the list', async (t) => {
	const { event, path, link } = await aDoor(['Ana Unnamed']);
	const page = await aPage(t, { address, phone: true, language: 'ar', expected: [/./] });
	await page.goto(pathInLanguage(link, 'ar'));
	const door = pathInLanguage(path, 'ar');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	await page.getByText(speakerOf('ar')('events.outbox-none')).waitFor();
	await accessible(page);
	await reflows(page);
	const keptOn = () =>
		page.evaluate(async () => {
			const names = await caches.keys();
			const all = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()));
			return Promise.all(all.flat().map(async (answer) => ({ path: new URL(answer.url).pathname, text: await answer.text() })));
		});
	const kept = await keptOn();
	assert.deepEqual(
		kept.map((one) => one.path).filter((one) => !/^\/(_app\/immutable|accent|logo)\/|^\/favicon\.svg$/.test(one)),
		[`${door}/offline`]
	);
	assert.ok(!kept.some(({ text }) => text.includes('Unnamed') || text.includes(event.eventId)));
	const others = ['/', `/topics`, pathInLanguage(path.replace(/\/check-in$/, ''), 'ar'), '/notebook', `${door}/offline`];
	for (const other of others.slice(0, -1)) {
		await page.goto(other);
		assert.equal(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? null), null, other);
	}
	await page.context().setOffline(true);
	for (const other of others) {
		const tab = await page.context().newPage();
		// another address than above: what was public a second ago may come from the browser's own cache
		await assert.rejects(tab.goto(`${other}?offline`), /ERR_INTERNET_DISCONNECTED/, other);
		await tab.close();
	}
	const again = await page.context().newPage();
	await again.goto(door);
	await again.getByText('Ana Unnamed', { exact: true }).waitFor();
	assert.equal(await again.locator('html').getAttribute('dir'), 'rtl');
	await again.close();

	await openDoor(database, event, aSecretary);
	await page.context().setOffline(false);
	const last = await page.context().newPage();
	await last.goto(door);
	await last.getByText(speakerOf('ar')('events.check-in-closed')).waitFor();
	await last.waitForFunction(async () => (await caches.keys()).length === 0);
	// it is gone with the last page that it served
	await last.goto('/');
	await last.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
});
