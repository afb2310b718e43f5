import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { accessible, aPage, endures, largeTargets, reflows, type PageWishes } from './browser.ts';
import { signedInAs, theExampleWorld, type StaffRole } from './world.ts';

const product = await theExampleWorld();
const desk = '/desk/topics/internet-public-policy/report';
const published = '/topics/internet-public-policy/reports/1';

/** A browser in which somebody of the staff is signed in. */
async function atTheDesk(t: TestContext, role: StaffRole, wishes: PageWishes = {}) {
	const page = await aPage(t, { address: product.address, javaScript: false, ...wishes });
	const cookies = (await signedInAs(product, role)).split('; ').map((cookie) => {
		const [name = '', value = ''] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)];
		return { name, value, url: product.address };
	});
	await page.context().addCookies(cookies);
	return page;
}

test('the published report of the example reads, and its sources lead to the idea and back', async (t) => {
	const page = await aPage(t, { address: product.address });
	await page.goto('/topics/internet-public-policy');
	await page
		.getByRole('region', { name: /report/i })
		.getByRole('link')
		.first()
		.click();
	assert.equal(new URL(page.url()).pathname, published);
	assert.equal(await page.getByRole('navigation', { name: 'Contents' }).getByRole('listitem').count(), 10);
	await accessible(page);
	await reflows(page);
	await endures(page);
	await largeTargets(page);

	const blocked = page.locator('.report-paragraph', { hasText: 'Idea 9,' });
	const agree = await blocked.locator('a.figure-source').first().textContent();
	await blocked.locator('.note-mark a').first().click();
	const note = page.locator('li:target');
	assert.match((await note.textContent()) ?? '', /^\s*Idea 9: Governments should take part on an equal footing/);
	await note.getByRole('link', { name: 'Idea 9' }).click();
	assert.equal(new URL(page.url()).pathname, '/topics/internet-public-policy/ideas/9');
	// the page of the idea tells the same figure
	assert.match((await page.locator('main').textContent()) ?? '', new RegExp(`Agree\\s*${agree}\\b`));
});

test('a paragraph has an address, and the figures are a file with the fingerprint of the snapshot', async (t) => {
	const page = await aPage(t, { address: product.address, dark: true, phone: true });
	await page.goto(`${published}#p11`);
	assert.match((await page.locator('p:target').textContent()) ?? '', /50 people took part/);
	await accessible(page);
	const figures = (await (await fetch(`${product.address}${published}/figures.json`)).json()) as { overall: { people: number } };
	assert.equal(figures.overall.people, 50);
});

test('the report reads in an Arabic page, each text in its own direction', async (t) => {
	const page = await aPage(t, { address: product.address, language: 'ar' });
	await page.goto(`/ar${published}`);
	assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
	assert.equal(await page.locator('.report').getAttribute('dir'), 'ltr');
	assert.equal(await page.locator('.report blockquote[lang=ar]').first().getAttribute('dir'), 'rtl');
	await accessible(page);
	await reflows(page);
});

test('on paper the report is whole: no buttons, every figure with the number of its note', async (t) => {
	const page = await aPage(t, { address: product.address });
	await page.goto(published);
	await page.emulateMedia({ media: 'print' });
	assert.equal(await page.getByRole('button').count(), 0);
	const number = await page
		.locator('a.figure-source')
		.first()
		.evaluate((link) => getComputedStyle(link, '::after').content);
	assert.match(number, /^"\d+"$/);
	assert.ok((await page.pdf({ format: 'A4' })).length > 50_000);
});

test('a rapporteur drafts and edits, the check names what is wrong, the secretariat publishes', async (t) => {
	const page = await atTheDesk(t, 'rapporteur');
	await page.goto(desk);
	await page.getByLabel('Language of the report').selectOption('en');
	await page.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	assert.match(new URL(page.url()).pathname, /\/report\/2$/);
	assert.ok(await page.getByText('Every sentence has a source that everybody can see').isVisible());

	// a quotation is altered
	const quotation = page.locator('figure.quotation', { has: page.locator('blockquote[lang=en]') }).first();
	const number = (await quotation.getAttribute('id'))!.slice(1);
	await page.getByRole('link', { name: `Edit Paragraph ${number}` }).click();
	const words = page.getByLabel('Words of the paragraph').first();
	const original = await words.inputValue();
	await words.fill(original.replace(/^\S+/, 'Hardly'));
	await page.getByRole('button', { name: 'Save' }).click();
	const check = page.getByRole('region', { name: 'Check' });
	assert.ok(await check.getByText('Altered quotation').isVisible());
	assert.ok(await check.getByText(`The source says: ${original}`).isVisible());

	// a sentence of one's own stands without a source until it gets one
	await page.getByRole('link', { name: `Edit Paragraph ${number}` }).click();
	await page.getByLabel('Words of the paragraph').first().fill(original);
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByRole('link', { name: 'Edit Paragraph 11', exact: true }).click();
	await page.getByText('Add a paragraph after this one').click();
	await page.locator('#added-text').fill('An answer is what most people ask for.');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	assert.ok(await check.getByText('Without a source').isVisible());
	await page.locator('summary', { hasText: 'Add a source' }).click();
	await page.getByLabel('Its number').fill('999');
	await page.getByRole('button', { name: 'Add a source' }).click();
	assert.ok(await page.getByText('There is no such source: 999.').first().isVisible());
	await page.getByLabel('Its number').fill('20');
	await page.getByRole('button', { name: 'Add a source' }).click();
	assert.ok(await page.getByText('Every sentence has a source that everybody can see').isVisible());
	assert.ok(await page.getByText('The secretariat publishes the report.').isVisible());

	const secretariat = await atTheDesk(t, 'secretariat');
	await secretariat.goto(`${desk}/2`);
	await secretariat.getByRole('button', { name: 'Publish this edition' }).click();
	assert.equal(new URL(secretariat.url()).pathname, '/topics/internet-public-policy/reports/2');
	assert.ok(await secretariat.getByText('An answer is what most people ask for.').isVisible());
});

test('what is to be resolved can be left with a reason', async (t) => {
	const page = await atTheDesk(t, 'secretariat');
	await page.goto(desk);
	await page.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	await page.getByRole('link', { name: 'Edit Paragraph 3', exact: true }).click();
	const words = page.getByLabel('Words of the paragraph').first();
	await words.fill(`${await words.inputValue()} We thank everyone.`);
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Leave it as it is, with a reason').click();
	await page.getByRole('button', { name: 'Leave it as it is', exact: true }).click();
	assert.ok(await page.getByText('Please say why.').first().isVisible());
	await page.getByLabel('Why it may stay').fill('Thanks need no source.');
	await page.getByRole('button', { name: 'Leave it as it is', exact: true }).click();
	await page.getByRole('button', { name: 'Publish this edition' }).click();
	assert.ok(await page.getByText('Thanks need no source.').isVisible());
});

test('the desk of reports is accessible, its forms open', async (t) => {
	const page = await atTheDesk(t, 'secretariat', { javaScript: true });
	await page.goto(desk);
	await accessible(page);
	await page.goto(`${desk}/1?edit=11`);
	for (const details of await page.locator('details').all()) await details.evaluate((one) => one.setAttribute('open', ''));
	await accessible(page);
	await reflows(page);
	await largeTargets(page);
});
