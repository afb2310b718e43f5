import assert from 'node:assert/strict';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
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

/** Freezes the figures and drafts, and waits for the draft as somebody without script does. */
async function draft(page: Page) {
	await product.startJobs();
	await page.goto(desk);
	await page.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	while (!/\/report\/\d+$/.test(new URL(page.url()).pathname)) await page.getByRole('link', { name: 'Look again' }).click();
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

	const blocked = page.locator('.report-paragraph', { hasText: /Idea 9,.* people agree/ });
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
	await accessible(page);
	const figures = (await (await fetch(`${product.address}${published}/figures.json`)).json()) as { overall: { people: number } };
	// and those who had the floor of the Town Hall, where that is over by now
	assert.ok(figures.overall.people >= 50 && figures.overall.people <= 58, String(figures.overall.people));
	assert.ok((await page.locator('p:target').textContent())!.includes(`${figures.overall.people} people took part`));
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
	const shown = page.locator('a.figure-source[data-note]');
	assert.match(await shown.first().evaluate((link) => getComputedStyle(link, '::after').content), /^" \[\d+\]"$/);
	const notesOf = (links: Locator, name: string) =>
		links.evaluateAll(
			(all, attribute) => [...new Set(all.map((link) => link.getAttribute(attribute)!.replace('#note-', '')))],
			name
		);
	assert.deepEqual(await notesOf(shown, 'data-note'), await notesOf(page.locator('a.figure-source'), 'href'));
	assert.ok((await page.pdf({ format: 'A4' })).length > 50_000);
});

test('on paper nothing reaches beyond the sheet, in a page that reads from right to left neither', async (t) => {
	// the width between the margins of A4
	const sheet = { width: 658, height: 950 };
	for (const language of ['en', 'ar'] as const) {
		const page = await aPage(t, { address: product.address, language, context: { viewport: sheet } });
		await page.goto(language === 'en' ? published : `/ar${published}`);
		await page.emulateMedia({ media: 'print' });
		const beyond = await page.evaluate(() =>
			[...document.querySelectorAll('.report-page *')]
				.map((one) => ({ name: `${one.tagName} ${one.className.toString()}`, at: one.getBoundingClientRect() }))
				.filter(({ at }) => at.width > 0 && at.height > 1 && (at.left < -1 || at.right > innerWidth + 1))
				.map(({ name }) => name)
		);
		assert.deepEqual(beyond, [], language);
	}
});

test('every link of the published report leads to a page that is there, and to the place on it that is meant', async () => {
	const pages = new Map<string, { status: number; text: string }>();
	const read = async (path: string) => {
		const known = pages.get(path);
		if (known) return known;
		const answer = await fetch(`${product.address}${path}`);
		const page = { status: answer.status, text: await answer.text() };
		pages.set(path, page);
		return page;
	};
	const { text } = await read(published);
	const links = [
		...new Set([...text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map((found) => found[1]!.replaceAll('&amp;', '&')))
	];
	const followed = { pages: 0, places: 0, passages: 0 };
	for (const link of links.filter((href) => !href.startsWith('mailto:'))) {
		const { origin, pathname, search, hash } = new URL(link, `${product.address}${published}`);
		assert.equal(origin, product.address, link);
		const page = await read(pathname + search);
		assert.equal(page.status, 200, link);
		followed.pages++;
		if (hash === '') continue;
		assert.ok(page.text.includes(` id="${decodeURIComponent(hash.slice(1))}"`), link);
		followed.places++;
		if (hash.startsWith('#passage-')) followed.passages++;
	}
	assert.ok(followed.pages > 100 && followed.places > 80 && followed.passages > 5, JSON.stringify(followed));
});

const idIn = (address: string) => new URL(address).searchParams.get('draft')!;

test('while a draft is made the page says how far it is; sent twice it is one report', async (t) => {
	const page = await atTheDesk(t, 'rapporteur');
	await page.goto(desk);
	await page.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	assert.match(new URL(page.url()).search, /^\?draft=/);
	assert.ok(await page.getByRole('status').getByText('Report in English: the figures are being frozen').isVisible());
	assert.ok(await page.getByRole('progressbar').isVisible());
	// with script the page goes on by itself, where each answer takes longer than the pause between two questions too
	const following = await atTheDesk(t, 'rapporteur', { javaScript: true });
	await following.route('**/__data.json*', async (route) => {
		await pauseFor(1300);
		await route.continue();
	});
	await following.goto(page.url().replace(product.address, ''));
	await accessible(following);
	const again = await atTheDesk(t, 'rapporteur');
	await again.goto(desk);
	await again.locator('input[name=reportId]').evaluate((field, id) => field.setAttribute('value', id), idIn(page.url()));
	await again.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	assert.equal(await again.getByRole('progressbar').count(), 1);
	await product.startJobs();
	await following.waitForURL(/\/report\/2$/, { timeout: 60_000 });
	await following.unrouteAll({ behavior: 'wait' });
	while (new URL(page.url()).search !== '') await page.getByRole('link', { name: 'Look again' }).click();
	assert.match(new URL(page.url()).pathname, /\/report\/2$/);
	await page.goto(desk);
	assert.equal(await page.getByRole('heading', { level: 2, name: /^Report \d+$/ }).count(), 2);
});

test('a rapporteur drafts and edits, the check names what is wrong, the secretariat publishes', async (t) => {
	const page = await atTheDesk(t, 'rapporteur');
	await draft(page);
	assert.match(new URL(page.url()).pathname, /\/report\/3$/);
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
	await secretariat.goto(`${desk}/3`);
	await secretariat.getByRole('button', { name: 'Publish this edition' }).click();
	assert.equal(new URL(secretariat.url()).pathname, '/topics/internet-public-policy/reports/3');
	assert.ok(await secretariat.getByText('An answer is what most people ask for.').isVisible());
});

test('paragraphs are moved, taken out and put back, and passages quoted from a list, without script', async (t) => {
	const page = await atTheDesk(t, 'rapporteur');
	await draft(page);
	const inOrder = () => page.locator('.report article [id^=p]').evaluateAll((all) => all.map(({ id }) => id));
	assert.deepEqual((await inOrder()).slice(0, 4), ['p1', 'p2', 'p3', 'p4']);
	await page.getByRole('button', { name: 'Move up Paragraph 3', exact: true }).click();
	assert.deepEqual((await inOrder()).slice(0, 4), ['p1', 'p3', 'p2', 'p4']);
	await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
	assert.deepEqual((await inOrder()).slice(0, 4), ['p1', 'p2', 'p3', 'p4']);

	await page.getByRole('link', { name: 'Edit Paragraph 3', exact: true }).click();
	await page.getByRole('button', { name: 'Take this paragraph out' }).click();
	assert.deepEqual((await inOrder()).slice(0, 3), ['p1', 'p2', 'p4']);
	assert.ok(await page.getByText('Paragraph 3 was taken out.').isVisible());
	await page.getByRole('region', { name: 'Taken out' }).getByRole('button', { name: 'Put back Paragraph 3' }).click();
	assert.deepEqual((await inOrder()).slice(0, 3), ['p1', 'p2', 'p3']);

	await page.getByRole('link', { name: 'Edit Paragraph 11', exact: true }).click();
	await page.getByRole('link', { name: 'Choose a passage to quote or to rest on' }).click();
	const found = page.locator('li[id^=passage-]');
	const all = await found.count();
	await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
	await page.getByRole('button', { name: 'Find passages' }).click();
	assert.ok((await found.count()) > 0 && (await found.count()) < all);
	const quote = await found.first().locator('blockquote').innerText();
	await found.first().getByRole('button', { name: 'Quote after paragraph 11' }).click();
	const quotation = page.locator('figure.quotation:target');
	assert.equal(await quotation.locator('blockquote').innerText(), quote);
	assert.equal(await quotation.locator('blockquote').getAttribute('dir'), 'rtl');
	assert.ok(await page.getByText('Every sentence has a source that everybody can see').isVisible());
});

test('what is to be resolved can be left with a reason', async (t) => {
	const page = await atTheDesk(t, 'secretariat');
	await draft(page);
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

test('a report whose figures were frozen while opinions are blind is not read at the desk, and none is drafted; the published one stays', async (t) => {
	const page = await atTheDesk(t, 'rapporteur');
	const topic = `topic_id = (select topic_id from addresses where slug = 'internet-public-policy')`;
	const { rows: before } = await product.database.query<{ id: string; opinions: string }>(
		`select stage_id as id, takes_opinions as opinions from stages where ${topic} and takes_opinions <> 'no'`
	);
	await product.database.query(`update stages set takes_opinions = 'blind' where ${topic} and takes_opinions <> 'no'`);
	t.after(async () => {
		for (const { id, opinions } of before)
			await product.database.query('update stages set takes_opinions = $2 where stage_id = $1', [id, opinions]);
	});
	// pages know within a second or two what a stage takes now
	let answer = await page.goto(`${desk}/1`);
	for (let looks = 0; looks < 50 && answer!.status() === 200; looks++) {
		await page.waitForTimeout(100);
		answer = await page.goto(`${desk}/1`);
	}
	assert.equal(answer!.status(), 409);
	assert.ok(!(await page.locator('main').textContent())!.includes('took part'));
	await page.goto(desk);
	await page.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	assert.match((await page.locator('main').textContent())!, /Opinions are not shown while this stage is open/);
	assert.equal((await page.goto(published))!.status(), 200);
	assert.equal((await fetch(`${product.address}${published}/figures.json`)).status, 200);
});

test('the desk of reports is accessible, its forms open', async (t) => {
	const page = await atTheDesk(t, 'secretariat', { javaScript: true });
	await page.goto(desk);
	await accessible(page);
	await page.goto(`${desk}/1/passages?paragraph=11`);
	await accessible(page);
	await reflows(page);
	await largeTargets(page);
	await page.goto(`${desk}/1?edit=11&changed=11`);
	for (const details of await page.locator('details').all()) await details.evaluate((one) => one.setAttribute('open', ''));
	await accessible(page);
	await reflows(page);
	await largeTargets(page);
});
