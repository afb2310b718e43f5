// What people do in a town hall, each on a page of their own: the words of a journey.
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { EventOfTopic } from '#events/event.ts';
import { aPage, type PageWishes } from './browser.ts';
import type { Product } from './product.ts';
import { talk } from './reaching.ts';

export const click = (page: Page | Locator, name: string | RegExp): Promise<void> =>
	page.getByRole('button', { name, exact: true }).first().click();
export const sees = (page: Page | Locator, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

export const roomOf = ({ number }: EventOfTopic): string => `${talk}/events/${number}`;
export const deskOf = ({ number }: EventOfTopic): string => `/desk${talk}/events/${number}`;

/** Two items of an hour, written at the desk. */
export async function planTheAgenda(desk: Page, event: EventOfTopic): Promise<void> {
	await desk.goto(`${deskOf(event)}/agenda`);
	for (const [title, minutes] of [
		['Opening', '10'],
		['The floor is open to all', '50']
	] as const) {
		await desk.locator('[name="title.en"]').fill(title);
		await desk.getByLabel('Minutes').fill(minutes);
		await click(desk, 'Add an item');
		await desk.getByRole('heading', { name: title }).waitFor();
	}
}

/** From the screen of the hall to the page "In the room", as somebody does who sees six letters for the first time. */
export async function joins(t: TestContext, product: Product, code: string, wishes: PageWishes = {}): Promise<Page> {
	const phone = await aPage(t, { product, phone: true, ...wishes });
	await phone.goto('/join');
	await phone.getByLabel('Letters').fill(code.toLowerCase());
	await click(phone, 'Join');
	await phone.waitForURL(/\/here$/);
	return phone;
}

interface Asking {
	readonly name: string;
	readonly group: string;
	readonly isRemote?: boolean;
}

/** Asks for the floor, from the page "In the room". */
export async function asksForTheFloor(phone: Page, { name, group, isRemote = false }: Asking): Promise<void> {
	await phone.getByRole('link', { name: 'Ask for the floor' }).click();
	await phone.waitForURL(/\/phone$/);
	if (isRemote) await phone.getByLabel('Remote').check();
	await phone.getByLabel('Your name').first().fill(name);
	await phone.getByLabel('Speaks for').first().selectOption({ label: group });
	await click(phone, 'Ask for the floor');
}

export const speaking = (page: Page): Locator => page.getByRole('region', { name: 'Has the floor' });
export const next = (page: Page): Locator => page.getByRole('region', { name: 'Proposed next' });

/** The page "In the room", as the phone finds it now. */
export async function inTheRoom(phone: Page, event: EventOfTopic): Promise<void> {
	await phone.goto(`${roomOf(event)}/here`);
}

export async function asksAQuestion(phone: Page, event: EventOfTopic, text: string, name: string): Promise<void> {
	await inTheRoom(phone, event);
	const form = phone.locator('details', { has: phone.locator('[name=text]') });
	// where nobody has asked yet it is open
	if ((await form.getAttribute('open')) === null) await phone.getByText('Ask a question').click();
	await phone.locator('[name=text]').fill(text);
	await phone.locator('[name=name]').fill(name);
	await click(phone, 'Send the question');
	await sees(phone, 'Your question was sent');
}

/** What the captioner's program does: a line to the address that the desk made. */
export async function captions(address: string, sequence: number, words: string): Promise<number> {
	const headers = { 'content-type': 'text/plain' };
	return (await fetch(`${address}?seq=${sequence}`, { method: 'POST', body: words, headers })).status;
}
