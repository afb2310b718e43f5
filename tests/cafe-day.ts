// What people do on the day of a café, each on a page of their own: the words of a journey.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { codesInPicture } from '#contributions/intake/paper/reading.server.ts';
import { checkIn } from '#events/arriving.server.ts';
import { eventNumbered } from '#events/events.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { registerAtDesk } from '#events/registering.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import { regionOfCountry } from '#people/regions.ts';
import { topicAt } from '#topics/reading.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { aPage } from './browser.ts';
import { secretOfTests, type Product } from './product.ts';
import { talk } from './reaching.ts';
import { guests } from '../examples/guests.ts';
import { people } from '../examples/people.ts';

export const button = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
export const press = async (page: Page, name: string | RegExp): Promise<void> => {
	await button(page, name).first().click();
	await page.waitForLoadState();
};
export const sees = (page: Page | Locator, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** The clock at the venue so many hours from now, as a form takes it. */
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);

/** Plans and confirms a café at the desk: ten tables, three rounds, one for each question. @returns its number */
export async function planACafe(desk: Page): Promise<number> {
	await desk.goto(`/desk${talk}/events/new`);
	await desk.getByLabel('World Café').check();
	await desk.locator('[name="title.en"]').fill('Café of the journey');
	await desk.locator('[name="venue.en"]').fill('The Discovery Museum');
	await desk.getByLabel('Begins').fill(inHours(1));
	await desk.getByLabel('Ends').fill(inHours(3));
	await desk.getByLabel('Time zone').selectOption('UTC');
	await desk.getByLabel('Places in the room').fill('50');
	await desk.getByLabel('Places online').fill('0');
	await desk.getByLabel('The stakeholder group only').check();
	await press(desk, 'Save the plan');
	await press(desk, 'Confirm the event');
	await sees(desk, 'The event is confirmed and public');
	await desk.getByRole('link', { name: 'Tables, rounds and seating' }).click();
	await sees(desk, 'Nothing is planned yet.');
	await press(desk, 'Save');
	for (const round of [0, 1, 2]) {
		const question = desk.locator('[name=question]').nth(round);
		await question.selectOption({ index: round + 1 });
	}
	await press(desk, 'Save');
	await sees(desk, 'The plan was saved.');
	return Number(/events\/(\d+)/.exec(desk.url())![1]);
}

const aroundOf = ({ settings, address }: Product) => ({
	...{ keys: topicKeys({ folder: settings.data, secret: secretOfTests }), origin: address }
});

/** Somebody registers on the page of the event. @returns her own page, opened by the link in her mail */
export async function registers(t: TestContext, product: Product, number: number, name: string, group: string): Promise<Page> {
	const email = `${name.replaceAll(' ', '.').toLowerCase()}@example.org`;
	const phone = await aPage(t, { product, phone: true, javaScript: false });
	await phone.goto(`${talk}/events/${number}`);
	await phone.getByRole('link', { name: 'Register', exact: true }).click();
	await phone.getByLabel('Name', { exact: true }).fill(name);
	await phone.getByLabel('Mail address').fill(email);
	await phone.getByLabel('Stakeholder group').selectOption({ label: group });
	await press(phone, 'Register');
	await sees(phone, 'Thank you. We have written to you');
	const { rows } = await product.database.query<{ body: string }>('select body from mails where to_address = $1', [email]);
	await phone.goto(/\/topics\/\S+registration\?code=[\w-]{22}/.exec(rows[0]!.body)![0]);
	await sees(phone, 'Has a place');
	return phone;
}

/** The others who registered in the weeks before, as the examples have them. */
export async function othersRegistered(product: Product, event: OfEvent, count: number): Promise<void> {
	for (const [index, person] of people.slice(0, count).entries()) {
		const draft = {
			way: 'room',
			...{ name: guests[index]!, email: null, organisation: '', languages: [], accessNeeds: '' },
			...{ group: person.groups[0] ?? null, region: regionOfCountry(person.country), isListed: false, language: 'en' }
		} as const;
		await registerAtDesk(product.database, event, draft, aroundOf(product), { kind: 'job', name: 'test' });
	}
}

export async function theEvent(product: Product, number: number): Promise<OfEvent> {
	const { topicId } = await topicAt(product.database, talk.split('/').at(-1)!);
	return eventNumbered(product.database, topicId, number);
}

/**
 * A helper with the link of the door and a phone checks in Ada by the badge on her phone and two others by name; all others but those who
 * stay away come in by other doors meanwhile.
 */
export async function checksIn(
	t: TestContext,
	{ product, desk, number, badge, away }: { product: Product; desk: Page; number: number; badge: Page; away: readonly string[] }
): Promise<void> {
	await desk.goto(`/desk${talk}/events/${number}/people`);
	await desk.getByText('The door', { exact: true }).click();
	await press(desk, 'Make a link for the door');
	const link = new URL((await desk.locator('.notice.good a').getAttribute('href'))!);
	const door = await aPage(t, { product, phone: true });
	await door.goto(link.pathname + link.search);
	await sees(door, 'Everything is sent.');
	const picture = await badge.getByAltText('The code of your badge').screenshot();
	const [code] = (await codesInPicture(new Uint8Array(picture))) ?? [];
	await door.getByLabel('Code of a badge').fill(code!);
	await button(door, 'Check in').first().click();
	await sees(door, /^Ada Okafor is checked in\.$/);
	const event = await theEvent(product, number);
	const others = (await registrationsOf(product.database, event)).filter(({ name }) => name !== 'Ada Okafor');
	const coming = others.filter(({ name }) => !away.includes(name!));
	for (const { name } of coming.slice(0, 2)) {
		await door.getByLabel('Find by name').fill(name!);
		await button(door, new RegExp(`^Check in ?: ${name}$`)).click();
		await sees(door, `${name} is checked in.`);
	}
	await sees(door, 'Everything is sent.');
	const atOtherDoors = coming.slice(2).map(({ registrationId }) => {
		return { id: randomUUID(), age: 0, who: { registrationId, how: 'badge' } } as const;
	});
	await checkIn(product.database, { ...event, by: null }, atOtherDoors, aroundOf(product));
	await door.reload();
	await sees(door, `${50 - away.length} of 50 came`);
}

/** A registered host for each table. */
export async function appointHosts(desk: Page, number: number, names: readonly string[]): Promise<void> {
	await desk.goto(`/desk${talk}/events/${number}/cafe`);
	for (const [at, name] of names.entries()) {
		await desk.locator('summary', { hasText: 'Add a host' }).click();
		await desk.locator('#host-table').selectOption(String(at + 1));
		await desk.locator('#host-registration').selectOption({ label: name });
		await press(desk, 'Add a host');
		await sees(desk, 'The host was added. Make the link next.');
	}
	assert.equal(await desk.getByText(/has no host yet|have no host yet/).count(), 0);
}

/** Seats everybody who arrived; the desk looks again until the engine has answered. */
export async function seatThoseWhoCame(desk: Page, number: number): Promise<void> {
	await desk.goto(`/desk${talk}/events/${number}/cafe/seating`);
	await desk.getByLabel('Only those who have arrived').check();
	await desk.getByLabel('How long to look').selectOption('10');
	await press(desk, 'Seat them');
	for (const until = Date.now() + 30_000; Date.now() < until && (await desk.locator('li.card').count()) === 0;)
		await desk.goto(`/desk${talk}/events/${number}/cafe/seating`);
	await desk.getByRole('link', { name: 'Seating 1' }).click();
}

/** The card of somebody as it is printed: its number, its tables, and where the code on it leads. */
export async function printedCard(desk: Page, number: number, name: string) {
	await desk.goto(`/desk${talk}/events/${number}/cafe/print`);
	const card = desk.locator('.card-of-guest', { hasText: name });
	const [address] = (await codesInPicture(new Uint8Array(await card.locator('img').screenshot()))) ?? [];
	const tables = await card.locator('li strong').allInnerTexts();
	const cardNumber = /\d+/.exec(await card.getByText(/^Card \d+$/).innerText())![0];
	return { address: address!, tables: tables.map((table) => table.trim()), cardNumber };
}
