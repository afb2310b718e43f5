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
