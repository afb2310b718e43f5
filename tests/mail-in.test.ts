import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openMailDoor } from '#contributions/intake/mail/listening.server.ts';
import { send } from '#contributions/intake/mail/examples.server.ts';
import { fileStore } from '#files/store.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aMailThatCame, aWholeMail } from './mail-in.ts';
import { theExampleWorld } from './world.ts';

const slug = 'internet-public-policy';
const product = await theExampleWorld({ environment: { MAIL_DOMAIN: 'talks.example.org' } });
const { database, settings } = product;
const door = await openMailDoor({
	...{ database, files: fileStore(database, join(settings.data, 'files')), way: 'smtp', host: '127.0.0.1', port: 0 },
	...{ mailDomain: 'talks.example.org', ownAddress: 'open-talks@talks.example.org' }
});
after(() => door.stop());
await product.startJobs();

/** The link in the mail that asks the address to confirm, once a job has written it. */
async function linkTo(address: string): Promise<string> {
	for (let looks = 0; looks < 150; looks++) {
		const { rows } = await database.query<{ body: string }>(
			`select body from mails where to_address = $1 and kind = 'confirm-mail-in'`,
			[address]
		);
		const link = /https?:\S+\/mail\/\S+/u.exec(rows[0]?.body ?? '')?.[0];
		if (link) return new URL(link).pathname;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`${address} was not asked`);
}

test('a person writes to the talk, opens the link that comes back, and confirms', async (t) => {
	const say = speakerOf('en');
	const page = await aPage(t, { product });
	await page.goto(`/topics/${slug}/submissions/new`);
	const address = await page.locator('a[href^="mailto:"]', { hasText: 'talks.example.org' }).innerText();
	assert.equal(address, `${slug}@talks.example.org`);
	assert.match((await send(door.port, aWholeMail('browser'), { to: [address] })).last, /^250 /);
	const path = await linkTo('ana@example.org');

	// a program that looks at mails opens the link first: nothing happens
	await page.request.get(path);
	await page.goto(path);
	assert.equal(await page.locator('h1').innerText(), say('mail-in.is-it-yours'));
	assert.match(
		await page.locator('.card').innerText(),
		/Our view of the draft\s+Governments should publish what became of each contribution \(browser\)\.$/
	);
	await accessible(page);
	await page.getByLabel(say('ideas.attribution-named'), { exact: true }).check();
	assert.equal(await page.locator('[name=name]').inputValue(), 'Ana Example');
	await page.getByRole('button', { name: say('mail-in.confirm') }).click();
	await page.waitForURL(/\/receipts\/.*sent/);
	const { rows } = await database.query<{ number: number }>(
		`select submission_number as number from submissions where title = 'Our view of the draft'`
	);
	await page.goto(`/topics/${slug}/submissions/${rows[0]!.number}`);
	assert.match(await page.locator('main').innerText(), /Our view of the draft/);
	const shown = await page.locator('main').innerText();
	assert.ok(shown.includes('Ana Example') && shown.includes(say('channels.e-mail')));
	assert.ok(!shown.includes('What do you think?') && !shown.includes('Nairobi'));

	await page.goto(path);
	assert.equal(await page.locator('h1').innerText(), say('mail-in.taken'));
	assert.match(await page.locator('code').innerText(), /^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
});

test('whoever did not send it says so with one click, in Arabic, at 320 pixels', async (t) => {
	const say = speakerOf('ar');
	const path = pathInLanguage(await aMailThatCame(product, slug, aWholeMail('not-mine')), 'ar');
	const page = await aPage(t, { product, language: 'ar', javaScript: false });
	await page.goto(path);
	await reflows(page);
	await page.getByRole('button', { name: say('mail-in.disown') }).click();
	assert.match(await page.locator('main').innerText(), new RegExp(say('mail-in.disowned')));
});

test('a rapporteur reads what came in, downloads the original, refuses one with a reason and accepts another', async (t) => {
	const say = speakerOf('en');
	await aMailThatCame(product, slug, aWholeMail('desk-1'));
	await aMailThatCame(product, slug, aWholeMail('desk-2'));
	const page = await aPage(t, { product, as: 'rapporteur' });
	const desk = `/desk/topics/${slug}/mail-in`;
	await page.goto(desk);
	await accessible(page);
	const entry = (name: string) => page.locator('.entry', { hasText: `(${name})` });
	const original = await page.request.get(
		(await entry('desk-1')
			.getByRole('link', { name: say('mail-in.original') })
			.getAttribute('href'))!
	);
	assert.equal(await original.text(), aWholeMail('desk-1'));
	assert.equal(original.headers()['content-type'], 'application/octet-stream');

	await entry('desk-1')
		.locator('summary', { hasText: say('mail-in.refuse') })
		.click();
	await entry('desk-1')
		.getByRole('button', { name: say('mail-in.refuse') })
		.click();
	assert.equal(await page.locator('.mistake').count(), 1);
	await entry('desk-1').getByLabel(say('mail-in.reason')).fill('Sent twice');
	await entry('desk-1')
		.getByRole('button', { name: say('mail-in.refuse') })
		.click();
	await page.getByText(say('mail-in.done-refused')).waitFor();
	await entry('desk-2')
		.locator('summary', { hasText: say('mail-in.accept') })
		.click();
	await entry('desk-2')
		.getByRole('button', { name: say('mail-in.accept') })
		.click();
	await page.getByText(say('mail-in.done-accepted')).waitFor();

	await page.goto(`${desk}?view=refused`);
	assert.match(await entry('desk-1').innerText(), /Sent twice/);
	await page.goto(`${desk}?view=taken`);
	assert.match(await entry('desk-2').innerText(), new RegExp(say('mail-in.state-accepted')));
});
