import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventNumbered } from '#events/events.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { aPage } from './browser.ts';
import { theExampleWorld } from './world.ts';
import { talk } from './reaching.ts';

const product = await theExampleWorld();
const { database } = product;
const topicId = (await topicIdAtAddress(database, talk.split('/').at(-1)!))!;

/** The code in the newest mail to somebody: what stands in its link. */
async function codeFor(email: string): Promise<string> {
	const { rows } = await database.query<{ body: string }>(
		`select body from mails where to_address = $1 order by mail_id desc limit 1`,
		[email]
	);
	return /registration\?code=([\w-]{22})/.exec(rows[0]!.body)![1]!;
}

const local = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);

test('an event is planned, confirmed, filled, waited for, given back, taken and cancelled', async (t) => {
	const desk = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await desk.goto(`/desk${talk}/events/new`);
	await desk.getByRole('button', { name: 'Save the plan' }).click();
	assert.match(await desk.locator('.mistakes').innerText(), /Choose what kind of event it is/);
	await desk.getByLabel('Meeting', { exact: true }).check();
	await desk.locator('[name="title.en"]').fill('An evening for two');
	await desk.getByLabel('Begins').fill(local(40));
	await desk.getByLabel('Ends').fill(local(42));
	await desk.getByLabel('Time zone').selectOption('UTC');
	await desk.getByLabel('Places in the room').fill('1');
	await desk.getByRole('button', { name: 'Save the plan' }).click();
	const number = Number(/events\/(\d+)/.exec(desk.url())![1]);

	const ana = await aPage(t, { product, javaScript: false, expected: [/status of 404/] });
	assert.equal((await ana.goto(`${talk}/events/${number}`))?.status(), 404);
	await desk.getByRole('button', { name: 'Confirm the event' }).click();

	const register = async (name: string, email: string) => {
		await ana.goto(`${talk}/events/${number}`);
		await ana.getByRole('link', { name: 'Register' }).click();
		await ana.getByLabel('Name', { exact: true }).fill(name);
		await ana.getByLabel('Mail address').fill(email);
		await ana.getByRole('button', { name: 'Register' }).click();
		assert.match(await ana.locator('.notice.good').innerText(), /We have written to you/);
	};
	await register('Ana First', 'ana.first@example.org');
	await register('Bo Second', 'bo.second@example.org');

	// the link opens her page, and its code does not stay in the address
	const first = await aPage(t, { product, javaScript: false });
	await first.goto(`${talk}/events/${number}/registration?code=${await codeFor('ana.first@example.org')}`);
	assert.ok(!first.url().includes('code='));
	assert.match(await first.locator('main').innerText(), /Has a place/);
	assert.equal(await first.getByAltText('The code of your badge').count(), 1);
	await first.getByText('Give the place back').first().click();
	await first.getByRole('button', { name: 'Give the place back' }).click();
	assert.match(await first.locator('.notice.good').innerText(), /Your place was given back/);

	const second = await aPage(t, { product, javaScript: false });
	await second.goto(`${talk}/events/${number}/registration`);
	await second.getByLabel('Code').fill(await codeFor('bo.second@example.org'));
	await second.getByRole('button', { name: 'Open' }).click();
	await second.getByRole('button', { name: 'Take the place' }).click();
	assert.match(await second.locator('main').innerText(), /The place is yours/);

	await desk.goto(`/desk${talk}/events/${number}`);
	await desk.getByText('Cancel the event').first().click();
	await desk.locator('[name="reason.en"]').fill('The lift is broken.');
	await desk.getByRole('button', { name: 'Cancel the event' }).click();
	await ana.goto(`${talk}/events/${number}?again`);
	assert.match(await ana.locator('.notice.bad').innerText(), /The lift is broken/);
	await product.startJobs();
});

test('people are checked in on a phone without a net: nothing is lost, nobody twice, and another door is told', async (t) => {
	const event = await eventNumbered(database, topicId, 1);
	const before = (await registrationsOf(database, event)).filter(({ hasCome }) => hasCome).length;
	const phone = await aPage(t, { product, as: 'secretariat', phone: true, expected: [/ERR_INTERNET_DISCONNECTED/] });
	await phone.goto(`${talk}/events/1/check-in`);
	await phone.getByText('Everything is sent.').waitFor();
	await phone.context().setOffline(true);
	const open = phone.locator('.entries li').filter({ has: phone.getByRole('button') });
	const names = await open.locator('strong').allInnerTexts();
	assert.equal(names.length, 50 - before);
	for (const name of names.slice(0, 2)) {
		await phone.getByLabel('Find by name').fill(name);
		await phone.getByRole('button', { name: new RegExp(`Check in ?: ${name}`) }).click();
		await phone.getByText(`${name} is checked in.`).waitFor();
	}
	await phone.getByLabel('Find by name').fill('');
	await phone.getByText('Somebody who is not on the list').click();
	await phone.getByLabel('Name', { exact: true }).fill('Walking In');
	await phone.getByRole('button', { name: 'Let in' }).click();
	await phone.getByText('3 check-ins wait').waitFor();
	const registrations = await registrationsOf(database, event);
	assert.equal(registrations.filter(({ hasCome }) => hasCome).length, before);

	await phone.context().setOffline(false);
	await phone.getByText('Everything is sent.').waitFor();
	const after = (await registrationsOf(database, event)).filter(({ hasCome }) => hasCome);
	assert.equal(after.length, before + 3);
	assert.equal(after.filter(({ name }) => name === 'Walking In').length, 1);

	// the same badge at another door
	const { registrationId } = after.find(({ name }) => name === names[0])!;
	const other = await aPage(t, { product, as: 'secretariat', phone: true });
	await other.goto(`${talk}/events/1/check-in`);
	await other.getByText('Everything is sent.').waitFor();
	await other.getByLabel('Code of a badge').fill(`OT${registrationId.replaceAll('-', '')}`);
	await other.getByRole('button', { name: 'Check in', exact: true }).first().click();
	await other.getByText(`${names[0]!} was checked in before, at`).waitFor();
});

test('the link of the door opens the list to whoever has it, and to nobody else', async (t) => {
	const desk = await aPage(t, { product, as: 'secretariat', javaScript: false });
	await desk.goto(`/desk${talk}/events/4/people`);
	await desk.getByText('The door', { exact: true }).click();
	await desk.getByRole('button', { name: 'Make a link for the door' }).click();
	const href = await desk.locator('.notice.good a').getAttribute('href');
	const helper = await aPage(t, { product, javaScript: false });
	await helper.goto(`${talk}/events/4/check-in`);
	assert.match(await helper.locator('.notice').innerText(), /link of the door/);
	const { pathname, search } = new URL(href!);
	await helper.goto(pathname + search);
	assert.ok(!helper.url().includes('door='));
	const isNear = Date.now() > +(await eventNumbered(database, topicId, 4)).startsAt - 7 * 86_400_000;
	assert.equal(await helper.getByLabel('Code of a badge').count(), isNear ? 1 : 0);
});
