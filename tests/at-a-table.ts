// A table of a café and phones that have its notebook open.
import type { Page } from 'playwright-core';
import type { Actor } from '#activity/actor.ts';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { trayOf } from '#cafes/notes/tray.server.ts';
import type { Attribution } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aNotebook } from './notebook-phone.ts';
import { aProduct } from './product.ts';

export { accepted, say, write } from './notebook-phone.ts';

const product = await aProduct();
export const { address, database } = product;
export const staff: Actor = { kind: 'job', name: 'test' };

export async function aTable(attribution: Attribution = 'chatham') {
	const { topicId, eventId } = await anEvent(database, { attribution });
	await aCafe(database, { event: { topicId, eventId } });
	const hostId = await appointHost(database, { topicId, eventId, host: aHost() }, staff);
	const { secret } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
	const table = { topicId, eventId, tableNumber: 1 };
	const kept = async () => (await trayOf(database, table)).map(({ text }) => text);
	return { table, link: `/table/${secret}`, kept };
}

/** A phone with the notebook open, its worker at work and its shell kept. */
export async function aPhone(
	t: Parameters<typeof aNotebook>[0],
	link: string,
	{ expected = [/./], before }: { expected?: RegExp[]; before?: (page: Page) => Promise<void> } = {}
) {
	// requests that fail while there is no network are the test's own
	return aNotebook(t, link, { address, expected }, before);
}
