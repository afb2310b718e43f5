import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { inTransaction } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { anIdeaDraft } from '#ideas/examples.server.ts';
import { codeOf } from '#contributions/receipts/receipts.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage, type Language } from '#languages/languages.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { accessible, aPage, keyboardWalk, reflows, type PageWishes } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address, database, settings } = product;
const slug = 'internet-public-policy';
const talk = `/topics/${slug}`;
const desk = `/desk${talk}/notices`;
const topicId = (await topicIdAtAddress(database, slug))!;
const keys = topicKeys({ folder: settings.data, secret: settings.secret ?? undefined });
const say = speakerOf('en');
const patience = { timeout: 20_000 };

const atDesk = (t: TestContext, wishes: PageWishes = {}) =>
	aPage(t, { product, as: 'secretariat', javaScript: false, ...wishes });

async function aPerson(email: string) {
	const { accountId } = await inTransaction(database, (transaction) =>
		makeAccount(transaction, { email, name: 'Ana Erased', language: 'fr' })
	);
	const person = { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: false } as const;
	await inTransaction(database, (transaction) => participantOf(transaction, keys, topicId, person));
	return person;
}

async function write(page: Page, title: string): Promise<void> {
	await page.goto(`${desk}/new`);
	await page.locator('[name="title.en"]').fill(title);
	await page.locator('[name="text.en"]').fill('It **opens** on Monday.');
	await page.getByRole('button', { name: say('notices.save') }).click();
	await page.getByText(say('notices.done-saved')).waitFor(patience);
}

test('the secretariat writes a notice, looks at it, tries it, sends it, and sees what became of it; everybody can read it', async (t) => {
	await aPerson('ana.notice@example.org');
	const page = await atDesk(t);
	await page.goto(desk);
	await page.getByText(say('notices.none'), { exact: true }).waitFor(patience);
	await page.goto(`${desk}/new`);
	await page.locator('[name="title.en"]').fill('Only a subject');
	await page.getByRole('button', { name: say('notices.save') }).click();
	await page.getByText(say('notices.text-missing')).first().waitFor(patience);
	assert.equal(await page.locator('[name="title.en"]').inputValue(), 'Only a subject');

	await write(page, 'The second stage opens');
	await page.getByText('The second stage opens – ').first().waitFor(patience);
	assert.ok((await page.locator('main').innerText()).includes(say('notices.mail-why', { talk: '' }).slice(0, 20)));
	await page.getByRole('button', { name: say('notices.try') }).click();
	await page.getByText(say('notices.done-tried')).waitFor(patience);
	await page.getByRole('button', { name: say('notices.send-do') }).click();
	await page.getByText(say('notices.way-missing')).first().waitFor(patience);
	await page.getByLabel(say('notices.way-now'), { exact: true }).check();
	await page.getByRole('button', { name: say('notices.send-do') }).click();
	await page.getByText(say('notices.done-sent')).waitFor(patience);

	const reader = await aPage(t, { address, javaScript: false });
	await reader.goto(talk);
	await reader.getByRole('link', { name: say('notices.page-title') }).click();
	await reader.getByRole('heading', { name: 'The second stage opens' }).waitFor(patience);
	assert.equal(await reader.locator('main strong').innerText(), 'opens');
	const feed = await (await fetch(`${address}${talk}/feed.atom`)).text();
	assert.ok(feed.includes(say('feeds.notice', { title: 'The second stage opens' })));

	await page.getByRole('button', { name: say('notices.take-back') }).click();
	await page.getByText(say('notices.done-taken-back')).waitFor(patience);
	// a browser may show for a second what it has just read: asked of the server
	const afterwards = await (await fetch(`${address}${talk}/notices`)).text();
	assert.ok(afterwards.includes(say('notices.page-none')));
	await page.goto(`/desk${talk}/activity?kind=notice`);
	const deeds = await page.locator('tbody tr td:nth-child(3)').allInnerTexts();
	assert.deepEqual(
		deeds.slice(0, 4),
		['ended', 'sent', 'sent-again', 'drafted'].map((did) => say(`activity.did-${did}` as 'activity.did-sent'))
	);
});

test('a notice to so few that they would be known is not sent', async (t) => {
	const page = await atDesk(t);
	await page.goto(`${desk}/new`);
	await page.locator('[name="title.en"]').fill('To few');
	await page.locator('[name="text.en"]').fill('Words.');
	await page.locator('[name=to]').selectOption('region.african');
	await page.getByRole('button', { name: say('notices.save') }).click();
	await page.getByText(say('refusals.notice-for-few', { fewest: 5 })).waitFor(patience);
	assert.equal(await page.getByRole('button', { name: say('notices.send-do') }).count(), 0);
});

test('the secretariat erases a person by address and by code, and is not told what they wrote', async (t) => {
	const person = await aPerson('ana.erased@example.org');
	const sent = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'A point of Ana, to be erased' }), person);
	const page = await atDesk(t);
	await page.goto('/desk/people');
	await page.locator('[name=who]').fill('nobody@example.org');
	await page.getByRole('button', { name: say('erasing.find') }).click();
	await page.getByText(say('refusals.no-such-person')).first().waitFor(patience);
	await page.locator('[name=who]').fill('ana.erased@example.org');
	await page.getByRole('button', { name: say('erasing.find') }).click();
	await page.getByRole('heading', { name: say('erasing.found') }).waitFor(patience);
	assert.ok(!(await page.content()).includes('A point of Ana') && !page.url().includes('@'));
	await page.getByRole('button', { name: say('erasing.do') }).click();
	await page.getByText(say('erasing.sure-missing')).first().waitFor(patience);
	await page.getByLabel(say('erasing.asked-letter')).check();
	await page.getByLabel(say('erasing.sure')).check();
	await page.getByRole('button', { name: say('erasing.do') }).click();
	await page.getByText(say('erasing.done'), { exact: true }).waitFor(patience);
	const idea = await (await fetch(`${address}${talk}/ideas/${sent.number}`)).text();
	assert.ok(!idea.includes('A point of Ana'));

	const other = await submitIdea(database, keys, anIdeaDraft(topicId, { point: 'Another point' }), {
		kind: 'visitor',
		visitorId: uuidv7()
	});
	await page.locator('[name=who]').fill((await codeOf(keys, other.receipt)).toLowerCase());
	await page.getByRole('button', { name: say('erasing.find') }).click();
	await page.getByText(say('erasing.sent-there', { count: 1 })).waitFor(patience);
	await page.getByLabel(say('erasing.asked-in-person')).check();
	await page.getByLabel(say('erasing.sure')).check();
	await page.getByRole('button', { name: say('erasing.do') }).click();
	await page.getByText(say('erasing.done'), { exact: true }).waitFor(patience);
	const { rows } = await database.query<{ point: string }>(
		`select point from idea_versions where topic_id = $1 and idea_number = $2`,
		[topicId, other.number]
	);
	assert.deepEqual(rows, [{ point: '' }]);
});

test('an organisation that is there by mistake is erased', async (t) => {
	const [organisationId] = await inTransaction(database, (transaction) =>
		organisationsNamed(transaction, [{ name: 'Mistaken Foundation', country: null }])
	);
	const page = await atDesk(t);
	await page.goto(`/desk/organisations/${organisationId!}`);
	await page.getByRole('button', { name: say('erasing.do') }).click();
	await page.getByText(say('organisations.erase-why-missing')).first().waitFor(patience);
	await page.getByLabel(say('organisations.erase-why-mistake')).check();
	await page.getByLabel(say('erasing.sure')).check();
	await page.getByRole('button', { name: say('erasing.do') }).click();
	await page.getByText(say('organisations.erased')).waitFor(patience);
	assert.equal((await page.goto(`/desk/organisations/${organisationId!}`))?.status(), 404);
});

for (const [language, dark, phone] of [
	['en', false, false],
	['ar', true, true]
] as const)
	test(`the pages of notices and of erasing can be used by everybody (${language})`, async (t) => {
		if (language === 'en') await write(await atDesk(t), 'A notice that stays');
		const page = await atDesk(t, { javaScript: true, language: language as Language, dark, phone });
		const { rows } = await database.query<{ number: number }>('select max(notice_number) as number from notices');
		for (const path of [desk, `${desk}/new`, `${desk}/${rows[0]!.number}`, '/desk/people', `${talk}/notices`]) {
			await page.goto(pathInLanguage(path, language));
			await accessible(page);
			await reflows(page);
		}
		if (language === 'en') await keyboardWalk(page);
	});
