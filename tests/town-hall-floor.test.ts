import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import type { EventOfTopic } from '#events/event.ts';
import { anEvent } from '#events/examples.server.ts';
import { aSecretary } from '#topics/examples.ts';
import { addItem } from '#townhalls/agenda.server.ts';
import { floorOf } from '#townhalls/floor/floors.server.ts';
import { recordOf } from '#townhalls/floor/summarising.server.ts';
import { aPage } from './browser.ts';
import { aProduct } from './product.ts';
import { aStaffPage } from './staff.ts';

const product = await aProduct();
const { address, database } = product;

/** A town hall that goes on, with an agenda; its pages by their addresses. */
async function aTownHall(changes: Partial<Parameters<typeof anEvent>[1]> = {}) {
	const event = await anEvent(database, { kind: 'town-hall', ...changes });
	const { rows } = await database.query<{ slug: string }>(`select slug from addresses where topic_id = $1`, [event.topicId]);
	for (const title of ['Opening', 'The floor is open'])
		await addItem(database, event, { minutes: 30, speakers: '', documents: [], texts: { title: { en: title } } }, aSecretary);
	const path = `/topics/${rows[0]!.slug}/events/${event.number}`;
	return { event, path, desk: `/desk${path}` };
}

let chairs = 0;
async function aChair(
	t: TestContext,
	event: EventOfTopic,
	wishes: Partial<Parameters<typeof aStaffPage>[2]> = {}
): Promise<Page> {
	return aStaffPage(t, product, { name: `Chair-${++chairs}`, role: 'moderator', topicId: event.topicId, ...wishes });
}

const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** From the screen to the form, as somebody does who sees six letters for the first time. */
async function aPhone(t: TestContext, event: EventOfTopic, wishes: Parameters<typeof aPage>[1] = {}): Promise<Page> {
	const phone = await aPage(t, { address, phone: true, ...wishes });
	await phone.goto('/join');
	await phone.getByLabel('Letters').fill(event.code.toLowerCase());
	await click(phone, 'Join');
	await phone.waitForURL(/\/here$/);
	await phone.getByRole('link', { name: 'Ask for the floor' }).click();
	await phone.waitForURL(/\/phone$/);
	return phone;
}

async function takesTheChair(page: Page, desk: string): Promise<void> {
	await page.goto(`${desk}/floor`);
	await click(page, 'Take the chair');
	await sees(page, 'You have the chair');
}

const speaking = (page: Page) => page.getByRole('region', { name: 'Has the floor' });
const next = (page: Page) => page.getByRole('region', { name: 'Proposed next' });

test('chair, second chair, a phone in the room and one far away: one floor, and nobody has it twice', async (t) => {
	const { event, path, desk } = await aTownHall();
	const chair = await aChair(t, event);
	await takesTheChair(chair, desk);
	await click(chair, 'Open the floor');
	await sees(chair, 'The floor is open');

	const inRoom = await aPhone(t, event);
	await inRoom.getByLabel('Your name').first().fill('Ada');
	await click(inRoom, 'Ask for the floor');
	await sees(inRoom, 'Next, as things stand.');
	const remote = await aPhone(t, event, { language: 'en' });
	await remote.getByLabel('Remote').check();
	await remote.getByLabel('Your name').first().fill('Ben');
	await click(remote, 'Ask for the floor');
	await sees(remote, '1 before you, as things stand.');

	const screen = await aPage(t, { address });
	await screen.goto(`${path}/floor`);

	await next(chair).getByText('Ada').waitFor();
	await click(chair, 'Give the floor');
	await speaking(chair).getByText('Ada').waitFor();
	await sees(inRoom, 'You have the floor.');
	await sees(remote, 'Next, as things stand.');
	const shown = screen.getByRole('region', { name: 'Has the floor' });
	await shown.getByText('Room', { exact: true }).waitFor();
	assert.equal((await screen.locator('main').textContent())!.includes('Ada'), false);

	const second = await aChair(t, event);
	await second.goto(`${desk}/floor`);
	await click(second, 'Take over the chair');
	await sees(second, 'You have the chair');
	await sees(chair, 'What you do here is not carried out any more. You can take the chair back.');
	await speaking(second).getByText('Ada').waitFor();
	await click(second, 'Give the floor');
	await speaking(chair).getByText('Ben').waitFor();
	await sees(remote, 'You have the floor.');
	assert.equal((await floorOf(database, event)).turns.filter(({ endedAt }) => endedAt === null).length, 1);

	await click(second, 'Begin Opening');
	await screen.getByText('now', { exact: true }).waitFor();
	await click(second, 'End the speech');
	await shown.getByText('Nobody has the floor.').waitFor();
});

test('a chair goes on without network: what was done is kept, also when the page is opened anew, and arrives once and in order', async (t) => {
	const { event, desk } = await aTownHall();
	const chair = await aChair(t, event, { expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to (fetch|load)/] });
	await takesTheChair(chair, desk);
	await click(chair, 'Open the floor');
	await sees(chair, 'The floor is open');
	for (const name of ['Ada', 'Ben']) {
		if (name === 'Ada') await chair.getByText('Put somebody down').click();
		await chair.getByLabel('Who').fill(name);
		await chair.getByRole('button', { name: 'Put down', exact: true }).click();
		await chair.getByText(name, { exact: true }).first().waitFor();
	}
	await chair.context().setOffline(true);
	await click(chair, 'Give the floor');
	await speaking(chair).getByText('Ada').waitFor();
	await sees(chair, 'No network');
	await chair.getByLabel('Who').fill('Cem, who raised a hand');
	await chair.getByRole('button', { name: 'Put down', exact: true }).click();
	await chair.getByText('Cem, who raised a hand').first().waitFor();
	await click(chair, 'End the speech');
	await speaking(chair).getByText('Nobody has the floor.').waitFor();
	await sees(chair, '3 acts are kept here and sent when the network is back.');
	assert.equal((await floorOf(database, event)).turns.length, 0);

	await chair.context().setOffline(false);
	await chair.reload();
	await chair.getByText(/acts? (is|are) kept here/).waitFor({ state: 'detached' });
	await speaking(chair).getByText('Nobody has the floor.').waitFor();
	const { asked, turns } = await floorOf(database, event);
	assert.deepEqual(
		turns.map((turn) => [turn.asked, turn.endedAt !== null]),
		[[1, true]]
	);
	assert.equal(asked.length, 3);
	await chair.getByText('Cem, who raised a hand').first().waitFor();
});

test('without script: a phone asks, the chair gives the floor out of turn with a reason, a rapporteur puts it on record', async (t) => {
	const { event, desk } = await aTownHall();
	const chair = await aChair(t, event, { javaScript: false });
	await takesTheChair(chair, desk);
	await click(chair, 'Open the floor');
	for (const name of ['Ada', 'Ben']) {
		const phone = await aPhone(t, event, { javaScript: false });
		await phone.getByLabel('Your name').first().fill(name);
		await click(phone, 'Ask for the floor');
		await sees(phone, name === 'Ada' ? 'Next, as things stand.' : '1 before you, as things stand.');
	}
	await chair.goto(`${desk}/floor`);
	await chair.getByText('Give the floor out of turn').click();
	await chair.getByLabel('Reason').fill('Is about to lose the line');
	await chair.getByRole('listitem').getByRole('button', { name: 'Give the floor' }).click();
	await speaking(chair).getByText('Ben').waitFor();
	await click(chair, 'End the speech');
	await speaking(chair).getByText('Nobody has the floor.').waitFor();

	const rapporteur = await aStaffPage(t, product, { name: 'Rapporteur', role: 'rapporteur', topicId: event.topicId });
	await rapporteur.goto(`${desk}/record`);
	await rapporteur.getByLabel('What was said').fill('Spectrum should be shared in the Pacific.');
	await click(rapporteur, 'Put on record');
	await sees(rapporteur, 'It is on record.');
	assert.deepEqual(
		(await recordOf(database, event)).map(({ text, name }) => [text, name]),
		[['Spectrum should be shared in the Pacific.', 'Ben']]
	);
});

test('letters that lead nowhere are told so, and somebody withdraws', async (t) => {
	const { event, desk } = await aTownHall();
	const chair = await aChair(t, event);
	await takesTheChair(chair, desk);
	await click(chair, 'Open the floor');
	const lost = await aPage(t, { address });
	await lost.goto('/join');
	await lost.getByLabel('Letters').fill('ZZZZZZ');
	await click(lost, 'Join');
	await sees(lost, 'No meeting has these letters now. Look at the screen again.');
	const phone = await aPhone(t, event);
	await click(phone, 'Ask for the floor');
	await click(phone, 'Withdraw');
	await sees(phone, 'You wait no more.');
	await phone.getByRole('button', { name: 'Ask for the floor' }).waitFor();
});
