import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { aPicture, aPictureOf } from '#contributions/intake/paper/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { languageCodes, pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { aPictureThatCame } from './paper.ts';
import { theExampleWorld } from './world.ts';

const slug = 'internet-public-policy';
const desk = `/desk/topics/${slug}/paper`;
const product = await theExampleWorld();
const { database } = product;
await product.startJobs();
const say = speakerOf('en');

test('a form is printed, photographed, files itself, is typed, stands in public, is opened by its strip and erased', async (t) => {
	// a phone takes more points than a screen shows
	const page = await aPage(t, { product, as: 'moderator', context: { deviceScaleFactor: 2 } });
	await page.goto(desk);
	await accessible(page);
	await page.locator('[name=forms]').fill('2');
	await page.locator('[name=language]').selectOption('fr');
	await page.locator('[name=question]').selectOption('1');
	await page.getByRole('button', { name: say('paper.make') }).click();
	await page.waitForURL(/\/runs\/\d+$/);
	await accessible(page);
	assert.equal(await page.locator('.sheets').getAttribute('lang'), 'fr');
	assert.equal(await page.locator('.sheet').count(), 2);
	const sheet = page.locator('.sheet').first();
	const number = /\d+/.exec(await sheet.locator('.mark strong').innerText())![0];
	const strip = (await sheet.locator('.code').innerText()).trim();
	const online = await sheet.locator('.mark .typed').innerText();
	const picture = await photographed(page);

	// an empty form, looked at with a phone: the way in online, in the language of the form
	const stranger = await aPage(t, { product, javaScript: false });
	await stranger.goto(`/${online.split('/').slice(1).join('/')}`);
	assert.match(stranger.url(), new RegExp(`/fr/topics/${slug}/ideas/new\\?question=1$`));
	assert.ok(!(await stranger.content()).includes(strip));

	await page.goto(desk);
	await page.locator('[name=pictures]').setInputFiles([
		{ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: picture },
		{ name: 'menu.png', mimeType: 'image/png', buffer: Buffer.from(aPicture(['https://example.org/menu'])) },
		{ name: 'blank.png', mimeType: 'image/png', buffer: Buffer.from(aPicture([])) },
		{ name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear Sir or Madam') },
		{ name: 'bomb.png', mimeType: 'image/png', buffer: Buffer.from(aPictureOf(30_000, 30_000)) }
	]);
	await page.getByRole('button', { name: say('paper.send-pictures') }).click();
	const told = await page.locator('.notice[role=status]').innerText();
	assert.ok(told.includes(say('paper.taken', { count: 3 })), told);
	assert.ok(told.includes(`letter.jpg: ${say('refusals.picture-kind-unknown')}`), told);
	assert.ok(told.includes(`bomb.png: ${say('refusals.picture-too-large', { millions: 50 })}`), told);
	await allRead(page);
	const unfiled = await page.locator('.unfiled').allInnerTexts();
	assert.deepEqual(unfiled.map((text) => /menu|blank/.exec(text)?.[0]).sort(), ['blank', 'menu'], unfiled.join('\n'));
	assert.ok(
		unfiled.some((text) => text.includes(say('paper.read-foreign'))),
		unfiled.join()
	);
	assert.ok(
		unfiled.some((text) => text.includes(say('paper.read-none'))),
		unfiled.join()
	);
	await accessible(page);

	// the same picture again
	await page.locator('[name=pictures]').setInputFiles([{ name: 'again.jpg', mimeType: 'image/jpeg', buffer: picture }]);
	await page.getByRole('button', { name: say('paper.send-pictures') }).click();
	assert.ok((await page.locator('.notice[role=status]').innerText()).includes(say('paper.already', { count: 1 })));

	await page
		.getByRole('button', { name: say('paper.type-next') })
		.first()
		.click();
	await page.waitForURL(new RegExp(`/forms/${number}#point-1$`));
	await accessible(page);
	const scan = page.locator('.window img');
	assert.ok(await scan.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 100), 'it is shown');
	await page.locator('.turn-90').check();
	assert.equal(await scan.evaluate((image) => getComputedStyle(image).rotate), '90deg');
	const download = await page.request.get((await scan.getAttribute('src'))!);
	assert.match(download.headers()['content-disposition'] ?? '', /^attachment/);
	assert.equal(await page.locator('[name=language]').inputValue(), 'fr');
	await page.locator('#point-1').fill('Une antenne au village voisin aussi');
	await page.locator('[name=explanation-1]').fill('On y va à pied.');
	await page.locator('#point-2').fill('x'.repeat(201));
	await page.locator('[name=country]').selectOption('KE');
	await page.getByRole('button', { name: say('paper.save') }).click();
	await page.locator('.wrong').first().waitFor();
	assert.equal(await page.locator('#point-1').inputValue(), 'Une antenne au village voisin aussi');
	await page.locator('#point-2').fill('');
	await page.getByLabel(say('mail-in.stands-group'), { exact: true }).check();
	await page.getByRole('button', { name: say('paper.save') }).click();
	await page.waitForURL(/paper\?done=last$/);
	await page.goto(`${desk}/forms/${number}`);
	assert.match(await page.locator('main').innerText(), /Typed by .+/);

	const { rows } = await database.query<{ number: number }>(
		`select idea_number as number from idea_versions where point = 'Une antenne au village voisin aussi'`
	);
	const idea = `/topics/${slug}/ideas/${rows[0]!.number}`;
	const writer = await aPage(t, { product });
	await writer.goto(`/topics/${slug}/ideas?search=antenne+village`);
	assert.ok((await writer.locator('main').innerText()).includes('Une antenne au village voisin aussi'));
	await writer.goto(idea);
	assert.ok((await writer.locator('main').innerText()).includes(say('channels.paper-typed')));
	assert.equal((await writer.request.get((await scanOf(number))!)).status(), 200, 'a stranger is led to the sign-in');
	assert.match((await writer.request.get((await scanOf(number))!)).url(), /\/sign-in/);

	await writer.goto('/paper');
	await accessible(writer);
	await writer.locator('[name=code]').fill('AAAA-BBBB-CCCC-DDDD');
	await writer.getByRole('button', { name: say('paper.strip-open') }).click();
	assert.ok((await writer.locator('main').innerText()).includes(say('refusals.wrong-receipt-code')));
	await writer.locator('[name=code]').fill(strip.toLowerCase().replaceAll('-', ' '));
	await writer.getByRole('button', { name: say('paper.strip-open') }).click();
	await writer.waitForURL(/\/mine\?done=joined$/);
	await writer.locator('a[href*="/receipts/"]').first().click();
	await writer.waitForURL(/\/receipts\//);
	assert.ok((await writer.locator('main').innerText()).includes('Une antenne au village voisin aussi'));
	await writer.locator('details:has(form[action*="erase"]) > summary').first().click();
	await writer.locator('form[action*="erase"] button').first().click();
	await writer.waitForURL(/done=erasure/);

	const secretary = await aPage(t, { product, as: 'secretariat' });
	await secretary.goto(`/desk/topics/${slug}/moderation?view=asked`);
	await secretary.locator('form[action*="answer"] button, form:has([name=request]) button').first().click();
	await secretary.waitForLoadState();
	await eventually(async () => (await scanOf(number)) === null);
	await writer.goto('/paper');
	await writer.locator('[name=code]').fill(strip);
	await writer.getByRole('button', { name: say('paper.strip-open') }).click();
	assert.ok((await writer.locator('main').innerText()).includes(say('paper.strip-gone')));
	await eventually(async () => !(await (await writer.request.get(idea)).text()).includes('Une antenne au village voisin aussi'));
});

test('all of it works without script: a picture is filed by its number, a form passed over, another taken back', async (t) => {
	const number = await aPictureThatCame(product, slug);
	await aPictureThatCame(product, slug, { isForeign: true, name: 'mine.png' });
	const page = await aPage(t, { product, as: 'rapporteur', javaScript: false, expected: [/status of 404/, /status of 422/] });
	await page.goto(desk);
	const entry = page.locator('.unfiled', { hasText: 'mine.png' }).first();
	await entry.locator('[name=number]').fill('99999');
	await entry.getByRole('button', { name: say('paper.file') }).click();
	assert.ok((await page.locator('main').innerText()).includes(say('refusals.no-such-form', { number: 99999 })));
	await page.locator('.unfiled', { hasText: 'mine.png' }).first().locator('[name=number]').fill(`No. ${number}`);
	await page
		.locator('.unfiled', { hasText: 'mine.png' })
		.first()
		.getByRole('button', { name: say('paper.file') })
		.click();
	await page.waitForURL(/done=filed/);
	await page.locator('[name=number]').first().fill(String(number));
	await page.getByRole('button', { name: say('paper.open'), exact: true }).click();
	await page.waitForURL(new RegExp(`/forms/${number}$`));
	assert.equal(await page.locator('.window img').count(), 2);
	await page
		.getByRole('button', { name: say('paper.throw-away') })
		.last()
		.click();
	await page.waitForURL(/done=thrown-away/);
	assert.equal(await page.locator('.window img').count(), 1);
	await page.getByRole('button', { name: say('paper.illegible') }).click();
	await page.waitForURL(/done=/);
	await page.goto(`${desk}?number=${number}`);
	assert.equal(await page.locator('#point-1').count(), 1, 'somebody else may be able to read it');
});

test('a helper sees who types a form, and takes it over', async (t) => {
	const number = await aPictureThatCame(product, slug);
	const [one, other] = [await aPage(t, { product, as: 'moderator' }), await aPage(t, { product, as: 'rapporteur' })];
	await one.goto(desk);
	await one
		.getByRole('button', { name: say('paper.type-next') })
		.first()
		.click();
	await one.waitForURL(/\/forms\//);
	const taken = /\/forms\/(\d+)/.exec(one.url())![1]!;
	await other.goto(`${desk}/forms/${taken}`);
	await other.getByRole('button', { name: say('paper.take-over') }).click();
	await other.waitForURL(/#point-1$/);
	await other.locator('#point-1').fill('Typed by the second');
	await other.getByRole('button', { name: say('paper.save') }).click();
	await other.waitForURL(/done=/);
	await one.locator('#point-1').fill('Typed by the first');
	await one.getByRole('button', { name: say('paper.save') }).click();
	await one.locator('.mistakes, .notice').first().waitFor();
	assert.ok((await one.locator('main').innerText()).includes(say('refusals.form-typed', { number: Number(taken) })));
	assert.ok(number > 0);
});

test('forms are one sheet of A4 each in every language, and the pages fit a phone', async (t) => {
	const page = await aPage(t, { product, as: 'moderator' });
	for (const language of languageCodes) {
		await page.goto(desk);
		await page.locator('[name=forms]').fill('3');
		await page.locator('[name=language]').selectOption(language);
		await page.getByRole('button', { name: say('paper.make') }).click();
		await page.waitForURL(/\/runs\/\d+$/);
		assert.equal(await page.locator('.sheets').getAttribute('dir'), language === 'ar' ? 'rtl' : 'ltr');
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		assert.equal([...pdf.matchAll(/\/Type\s*\/Page\b/gu)].length, 3, language);
		await page.emulateMedia({ media: 'print' });
		const cut = await page
			.locator('.sheet')
			.evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length);
		assert.equal(cut, 0, `nothing is cut off in ${language}`);
		await page.emulateMedia({ media: null });
	}
	const run = new URL(page.url()).pathname;
	for (const path of [desk, run, `${desk}/forms/1`, '/paper']) {
		const phone = await aPage(t, { product, as: 'moderator', phone: true });
		await phone.goto(pathInLanguage(path, 'ar'));
		await reflows(phone);
	}
});

/** A photo of the first sheet as somebody takes it: askew, in bad light, squeezed. */
async function photographed(page: Page): Promise<Buffer> {
	const sheet = page.locator('.sheet').first();
	await sheet.evaluate((element) => {
		for (const other of document.querySelectorAll('main > .no-print, .sheet:not(:first-child)')) other.remove();
		element.style.setProperty('rotate', '12deg');
		element.style.setProperty('margin', '120px');
	});
	return page.screenshot({ type: 'jpeg', quality: 50, fullPage: true });
}

/** Loads the page until the job has read every picture. */
async function allRead(page: Page): Promise<void> {
	await eventually(async () => {
		await page.goto(desk);
		return (await page.getByText(say('paper.read-waits')).count()) === 0;
	});
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
	for (let looks = 0; looks < 100; looks++) {
		if (await isSo()) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('it never came so');
}

/** The address of the picture of a form, while there is one. */
async function scanOf(number: string): Promise<string | null> {
	const { rows } = await database.query<{ id: string }>(
		`select scan_id as id from paper_filings join paper_scans using (topic_id, scan_id)
		where form_number = $1 and file_sha256 is not null limit 1`,
		[number]
	);
	return rows[0] ? `${desk}/scans/${rows[0].id}` : null;
}
