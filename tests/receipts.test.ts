import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { queueMail } from '#mail/mail.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { accessible, aPage, reflows, type PageWishes } from './browser.ts';
import { theExampleWorld, type StaffRole } from './world.ts';

const product = await theExampleWorld();
const { address, database } = product;
const talk = '/topics/internet-public-policy';
const desk = `/desk${talk}/moderation`;

/** Pages of a visitor and of staff who read the same language, without a script in either. */
async function twoBrowsers(t: TestContext, language: Language, as: StaffRole) {
	const wishes: PageWishes = { product, language, javaScript: false };
	const say = speakerOf(language);
	const at = (path: string) => pathInLanguage(path, language);
	return { say, at, visitor: await aPage(t, wishes), staff: await aPage(t, { ...wishes, as }) };
}

async function sentIdea(page: Page, at: (path: string) => string, point: string): Promise<{ receipt: string; idea: string }> {
	await page.goto(at(`${talk}/ideas/new`));
	await page.locator('[name=point]').fill(point);
	await page.locator('main form button:not([formaction])').click();
	const receipt = new URL(page.url()).pathname;
	const idea = (await page.locator('.receipt a').first().getAttribute('href'))!;
	return { receipt, idea };
}

/** The author of an erased text is a stranger to it: the code alone opens the receipt. */
async function openWith(page: Page, language: Language, code: string): Promise<void> {
	const say = speakerOf(language);
	await page.reload();
	await page.getByLabel(say('web.receipt-code')).fill(code);
	await page.getByRole('button', { name: say('receipts.open') }).click();
}

async function unfold(page: Page, summary: string): Promise<void> {
	await page.locator('summary', { hasText: summary }).click();
}

for (const language of ['en', 'ar'] as const) {
	test(`an author appeals, a moderator grants it, and the author reads the answer, in ${language} without JavaScript`, async (t) => {
		const { say, at, visitor, staff } = await twoBrowsers(t, language, 'moderator');
		const point = `Hidden by mistake (${language})`;
		const { receipt, idea } = await sentIdea(visitor, at, point);
		const { rows } = await database.query<{ topicId: string; id: string }>(
			`select topic_id as "topicId", idea_id as id from ideas join idea_versions using (topic_id, idea_number) where point = $1`,
			[point]
		);
		const hiding = { only: `idea ${rows[0]!.id} 1 -`, reason: 'spam', words: 'It sells.' };
		await staff.goto(at(desk));
		await staff.request.post(`${at(desk)}?/hide`, { form: hiding, headers: { origin: address, accept: 'text/html' } });

		await visitor.goto(receipt);
		await unfold(visitor, say('receipts.appeal'));
		await visitor.locator('#appeal-reason').fill('I sell nothing at all.');
		await visitor.getByRole('button', { name: say('receipts.appeal') }).click();
		await visitor.getByText(say('receipts.done-appeal')).waitFor();
		await visitor.getByText(say('receipts.answer-none')).waitFor();

		await staff.goto(at('/desk'));
		await staff.locator('a[href$="view=asked"]').click();
		const asked = staff.locator('.entries > li', { hasText: point });
		await asked.getByText('I sell nothing at all.').waitFor();
		await reflows(staff);
		await asked.getByRole('button', { name: say('moderation.decline') }).click();
		await staff.locator('.mistakes').waitFor();
		await asked.locator('textarea').fill('You are right.');
		await asked.getByRole('button', { name: say('moderation.restore') }).click();
		await staff.getByText(say('moderation.done-granted')).waitFor();

		await visitor.goto(receipt);
		await visitor.getByText(say('receipts.answer-done')).waitFor();
		await visitor.getByText('You are right.').waitFor();
		assert.equal((await visitor.goto(idea))!.status(), 200);
		assert.equal(await visitor.locator('h1').textContent(), point);
	});

	test(`an author has a text erased, and pages say that it is gone, in ${language} without JavaScript`, async (t) => {
		const { say, at, visitor, staff } = await twoBrowsers(t, language, 'secretariat');
		const point = `Better not said (${language})`;
		const { receipt, idea } = await sentIdea(visitor, at, point);
		await unfold(visitor, say('receipts.erase'));
		await visitor.getByLabel(say('receipts.erase-scope-all'), { exact: true }).check();
		await visitor.getByRole('button', { name: say('receipts.erase') }).click();
		await visitor.getByText(say('receipts.done-erasure')).waitFor();
		await visitor.getByText(say('receipts.asked-all')).waitFor();
		await reflows(visitor);
		const code = (await visitor.locator('.code').textContent())!;

		await staff.goto(at(`${desk}?view=asked`));
		const asked = staff.locator('.entries > li', { hasText: point });
		await asked.getByText(say('moderation.scope-all')).waitFor();
		await asked.getByRole('button', { name: say('moderation.erase') }).click();
		await staff.getByText(say('moderation.done-granted')).waitFor();

		await visitor.goto(idea);
		await visitor.getByText(say('ideas.is-erased')).waitFor();
		assert.equal((await visitor.content()).includes(point), false);
		// the browser is a stranger to the talk now: the code still opens the receipt
		await visitor.goto(receipt);
		await openWith(visitor, language, code);
		await visitor.getByText(say('receipts.is-erased'), { exact: true }).waitFor();
		assert.equal((await visitor.content()).includes(point), false);
		await reflows(visitor);
	});
}

test('the tab of appeals, an erased receipt and the page that ends mail are accessible', async (t) => {
	const say = speakerOf('en');
	const visitor = await aPage(t, { product });
	await sentIdea(visitor, (path) => path, 'An idea to look at');
	await unfold(visitor, say('receipts.erase'));
	await accessible(visitor);
	await visitor.getByRole('button', { name: say('receipts.erase') }).click();
	await visitor.getByText(say('receipts.done-erasure')).waitFor();
	const code = (await visitor.locator('.code').textContent())!;
	const staff = await aPage(t, { product, as: 'secretariat', phone: true });
	await staff.goto(`${desk}?view=asked`);
	await accessible(staff);
	await reflows(staff);
	await staff
		.locator('.entries > li', { hasText: 'An idea to look at' })
		.getByRole('button', { name: say('moderation.erase') })
		.click();
	await openWith(visitor, 'en', code);
	await visitor.getByText(say('receipts.is-erased'), { exact: true }).waitFor();
	await accessible(visitor);
});

test('a longer text is changed from its receipt, and what was typed comes back after a mistake', async (t) => {
	const say = speakerOf('en');
	const page = await aPage(t, { product, javaScript: false, expected: [/status of 422/] });
	await page.goto(`${talk}/submissions/new`);
	await page.locator('[name=title]').fill('A first title');
	await page.locator('[name=text]').fill('A first text.');
	await page.getByRole('button', { name: say('submissions.send-it') }).click();
	await page.getByText(say('receipts.thanks')).waitFor();
	await unfold(page, say('receipts.edit'));
	await page.locator('[name=title]').fill('');
	await page.locator('[name=text]').fill('A second text.');
	await page.getByRole('button', { name: say('receipts.save') }).click();
	await page.locator('.mistakes').waitFor();
	assert.equal(await page.locator('[name=text]').inputValue(), 'A second text.');
	await page.locator('[name=title]').fill('A second title');
	await page
		.locator('[name=file]')
		.setInputFiles({ name: 'more.txt', mimeType: 'text/plain', buffer: Buffer.from('The words of a file.') });
	await page.getByRole('button', { name: say('receipts.save') }).click();
	await page.getByText(say('receipts.done-edited')).waitFor();
	await page.getByRole('link', { name: say('receipts.where') }).click();
	assert.equal(await page.locator('h1').textContent(), 'A second title');
	await page.getByText('A second text.').waitFor();
	await page.getByText('more.txt').waitFor();
});

test('one click in the mail program ends the mail, without a cookie or an origin; a person can begin it again', async (t) => {
	const say = speakerOf('en');
	const mail = {
		topicId: nilTopic,
		to: 'reader@example.org',
		language: 'en',
		kind: 'news',
		subject: 'News',
		body: 'News.'
	} as const;
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, mail));
	const path = `/unsubscribe/${(await newsLinks(product.settings)).token({ topicId: nilTopic, mailId })}`;
	const stops = async () => (await database.query(`select address, kind from mail_stops`)).rows;
	// looking at the page changes nothing: programs that scan mail open every link
	assert.equal((await fetch(address + path)).status, 200);
	assert.deepEqual(await stops(), []);
	const click = await fetch(address + path, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
	assert.equal(click.status, 200);
	assert.deepEqual(await stops(), [{ address: 'reader@example.org', kind: 'news' }]);
	const forged = await fetch(`${address}/unsubscribe/${'A'.repeat(64)}`, { method: 'POST', body: new URLSearchParams() });
	assert.equal(forged.status, 404);

	const page = await aPage(t, { product });
	await page.goto(path);
	await page.getByText(say('news.comes-not')).waitFor();
	await accessible(page);
	await page.getByRole('button', { name: say('news.resume') }).click();
	await page.getByText(say('news.resumed')).waitFor();
	assert.deepEqual(await stops(), []);
	await page.getByRole('button', { name: say('news.stop') }).click();
	await page.getByText(say('news.stopped')).waitFor();
});
