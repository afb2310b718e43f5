import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { accessible, aPage, reflows, type PageWishes } from './browser.ts';
import { signedInAs, theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address } = product;
const talk = '/topics/internet-public-policy';
const desk = `/desk${talk}/moderation`;

/** A browser in which the moderator is signed in. */
async function atTheDesk(t: TestContext, wishes: PageWishes = {}) {
	const page = await aPage(t, { address, ...wishes });
	const cookies = (await signedInAs(product, 'moderator')).split('; ').map((pair) => {
		const [name = '', ...value] = pair.split('=');
		return { name, value: value.join('='), url: address };
	});
	await page.context().addCookies(cookies);
	return page;
}

for (const [language, javaScript] of [
	['en', true],
	['ar', false]
] as [Language, boolean][]) {
	test(`a moderator holds, approves, hides with a reason and shows again, in ${language}${javaScript ? '' : ' without JavaScript'}`, async (t) => {
		const say = speakerOf(language);
		const at = (path: string) => pathInLanguage(path, language);
		const page = await atTheDesk(t, { language, javaScript });
		await page.goto(at(`${desk}/rules`));
		if (javaScript) await accessible(page);
		await reflows(page);
		await page.getByLabel(say('moderation.rule-all-held')).check();
		await page.getByRole('button', { name: say('moderation.save-rule') }).click();
		await page.getByText(say('moderation.done-rule')).waitFor();

		const visitor = await aPage(t, { address, language, javaScript });
		const point = `To be looked at first (${language})`;
		await visitor.goto(at(`${talk}/ideas/new`));
		await visitor.getByLabel(say('ideas.point'), { exact: true }).fill(point);
		await visitor.getByRole('button', { name: say('ideas.send') }).click();
		await visitor.getByText(say('receipts.seen-when-approved')).waitFor();
		const receipt = new URL(visitor.url()).pathname;
		assert.equal((await (await fetch(`${address}${talk}/ideas`)).text()).includes(point), false);

		await page.goto(at(desk));
		const waiting = page.locator('.waiting', { hasText: point });
		await waiting.getByRole('button', { name: say('moderation.approve'), exact: true }).click();
		await page.getByText(say('moderation.done-approved', { count: 1 })).waitFor();
		await visitor.goto(receipt);
		await visitor.getByRole('link', { name: say('receipts.where') }).click();
		await visitor
			.getByRole('link', { name: say('ideas.flag') })
			.first()
			.click();
		await visitor.getByLabel(say('moderation.reason-spam')).check();
		await visitor.getByRole('button', { name: say('ideas.send-flag') }).click();
		await visitor.getByText(say('ideas.flagged')).waitFor();

		await page.goto(at(desk));
		await waiting.getByText(say('moderation.hide'), { exact: true }).first().click();
		await waiting.getByRole('combobox', { name: say('moderation.reason') }).selectOption('spam');
		await waiting.getByLabel(say('moderation.words')).fill('It sells cables.');
		await waiting.getByRole('button', { name: say('moderation.hide') }).click();
		await page.getByText(say('moderation.done-hidden', { count: 1 })).waitFor();
		await visitor.goto(receipt);
		await visitor.getByText('It sells cables.').waitFor();
		await visitor.getByText(say('receipts.appeal'), { exact: true }).first().click();
		await visitor.getByLabel(say('receipts.appeal-words')).fill('It does not.');
		await visitor.getByRole('button', { name: say('receipts.appeal') }).click();
		await visitor.getByText(say('receipts.done-appeal')).waitFor();

		await page.goto(at(`${desk}?view=hidden`));
		await waiting.getByRole('button', { name: say('moderation.restore') }).click();
		await page.getByText(say('moderation.done-restored', { count: 1 })).waitFor();
		await page.goto(at(`${desk}/rules`));
		await page.getByLabel(say('moderation.rule-at-once')).check();
		await page.getByRole('button', { name: say('moderation.save-rule') }).click();
		await page.getByText(say('moderation.done-rule')).waitFor();
	});
}

test('the desk of moderation is open to moderators only', async () => {
	const visitor = await fetch(`${address}${desk}`, { redirect: 'manual' });
	assert.equal(visitor.status, 303);
	const rapporteur = await fetch(`${address}${desk}`, {
		headers: { cookie: await signedInAs(product, 'rapporteur') },
		redirect: 'manual'
	});
	assert.equal(rapporteur.status, 403);
});

/** Holds everything in the talk and has visitors send these ideas, before the page of the desk is opened. */
async function heldIdeas(t: TestContext, points: readonly string[]): Promise<void> {
	const setting = await atTheDesk(t);
	await setting.goto(`${desk}/rules`);
	await setting.getByLabel(en('moderation.rule-all-held')).check();
	await setting.getByRole('button', { name: en('moderation.save-rule') }).click();
	for (const point of points) {
		const visitor = await aPage(t, { address });
		await visitor.goto(`${talk}/ideas/new`);
		await visitor.getByLabel(en('ideas.point'), { exact: true }).fill(point);
		await visitor.getByRole('button', { name: en('ideas.send') }).click();
		await visitor.getByText(en('receipts.seen-when-approved')).waitFor();
	}
}

const en = speakerOf('en');

test('the desk is worked with the keyboard alone: next, tick, take, approve and undo', async (t) => {
	const points = ['Lighthouses for every coast of the network', 'Bread for whoever repairs a cable at night'];
	await heldIdeas(t, points);
	const page = await atTheDesk(t);
	await page.goto(desk);
	await accessible(page);
	await page.locator('kbd').first().waitFor();
	const thing = page.locator('.waiting', { hasText: points[0]! });
	for (let presses = 0; presses < 40; presses++) {
		await page.keyboard.press('j');
		if (await thing.evaluate((element) => element === document.activeElement)) break;
	}
	await page.keyboard.press('x');
	assert.equal(await thing.locator('input[name=chosen]').isChecked(), true);
	await page.keyboard.press('x');
	await page.keyboard.press('h');
	await thing.getByRole('combobox', { name: en('moderation.reason') }).waitFor();
	await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('a');
	await page.getByText(en('moderation.done-approved', { count: 1 })).waitFor();
	assert.equal(await thing.count(), 0);
	// the keys are heard from when they are listed
	await page.locator('kbd').first().waitFor();
	await page.keyboard.press('u');
	await page.getByText(en('moderation.done-undone', { count: 1 })).waitFor();
	await thing.waitFor();
	await page.locator('kbd').first().waitFor();

	// what is ticked is decided on at once, and the keys go on from where they were
	const other = page.locator('.waiting', { hasText: points[1]! });
	for (const one of [thing, other]) {
		await one.focus();
		await page.keyboard.press('x');
	}
	await page.keyboard.press('c');
	await page.getByText(en('moderation.done-claimed', { count: 2 })).waitFor();
	await other.and(page.locator(':focus')).waitFor();
	for (const one of [thing, other]) {
		await one.focus();
		await page.keyboard.press('x');
	}
	await page.keyboard.press('a');
	await page.getByText(en('moderation.done-approved', { count: 2 })).waitFor();
	assert.deepEqual([await thing.count(), await other.count()], [0, 0]);
});

test('many are decided on without script, from right to left and on a small screen, and the log tells it to everybody', async (t) => {
	const ar = speakerOf('ar');
	const points = ['Buy umbrellas at the corner shop', 'Sell kettles by the river bank', 'Rent bicycles near the harbour'];
	await heldIdeas(t, points);
	const page = await atTheDesk(t, { language: 'ar', javaScript: false });
	await page.goto(`/ar${desk}`);
	await reflows(page);
	for (const point of points) await page.locator('.waiting', { hasText: point }).getByRole('checkbox').first().check();
	await page.getByText(ar('moderation.hide-or-block'), { exact: true }).click();
	await page.locator('#bulk-reason').selectOption('spam');
	await page
		.locator('#bulk')
		.getByRole('button', { name: ar('moderation.hide'), exact: true })
		.click();
	await page.getByText(ar('moderation.done-hidden', { count: 3 })).waitFor();
	await page.goto(`/ar${talk}/moderation`);
	await page.getByText(ar('moderation.log-hidden')).first().waitFor();
	await reflows(page);
	assert.equal((await page.content()).includes('umbrellas'), false);
	const setting = await atTheDesk(t);
	await setting.goto(`${desk}/rules`);
	await setting.getByLabel(en('moderation.rule-at-once')).check();
	await setting.getByRole('button', { name: en('moderation.save-rule') }).click();
});

test('a form whose hidden field is filled is held, and its sender is told what every held sender is told', async (t) => {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto(`${talk}/ideas/new`);
	await page.getByLabel(en('ideas.point'), { exact: true }).fill('Sent by a program');
	await page.locator('#homepage').evaluate((field) => field.setAttribute('value', 'https://spam.example'));
	await page.getByRole('button', { name: en('ideas.send') }).click();
	await page.getByText(en('receipts.seen-when-approved')).waitFor();
});
