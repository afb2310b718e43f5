import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { anOpenTopic } from '#ideas/examples.server.ts';
import type { Page } from 'playwright-core';
import { accessible, keyboardWalk, reflows } from './browser.ts';
import { aProduct } from './product.ts';
import { aStaffPage } from './staff.ts';

const product = await aProduct();
const { database } = product;
await product.startJobs();

async function choose(page: Page, csv: string, name = 'ideas.csv'): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
	await page.locator('main form button').click();
	await page.waitForURL(/\/sheets\/./);
	await page.locator('.facts-table').waitFor();
}

const facts = async (page: Page) => (await page.locator('.facts-table dd').allInnerTexts()).slice(0, 4);

for (const javaScript of [true, false]) {
	test(`a sheet is sent, its columns said, its errors mended, and brought in (${javaScript ? 'with' : 'without'} script)`, async (t: TestContext) => {
		const { topicId, slug } = await anOpenTopic(database);
		const page = await aStaffPage(t, product, {
			name: `Rapporteur ${String(javaScript)}`.replace(' ', ''),
			role: 'rapporteur',
			topicId,
			javaScript
		});
		await page.goto(`/desk/topics/${slug}/sheets`);
		const options = await page.locator('[name=kind] option').allInnerTexts();
		assert.deepEqual(options, ['Ideas', 'Submissions']);
		// the tools that look at a page need its script
		if (javaScript) await accessible(page);

		// what columns mean is remembered for everybody: each run has headings of its own
		const where = javaScript ? 'Where' : 'Whence';
		const headings = `Nr,What,${where}`;
		// headings that nobody knows: the person says what they mean
		await choose(page, `${headings}\r\n1,Connect the schools,Atlantis\r\n2,=1+1 is no formula here,Kenya\r\n3,,Peru\r\n`);
		await page.getByText('No column says').waitFor();
		if (javaScript) await accessible(page);
		await page.getByLabel('Column B: What').selectOption('point');
		await page.getByLabel(`Column C: ${where}`).selectOption('country');
		await page.getByRole('button', { name: 'Look again' }).click();
		await page.getByText(`row 2, column C (${where})`).waitFor();
		assert.deepEqual(await facts(page), ['3', '1', '0', '2']);
		const errors = await page.locator('section[aria-labelledby=remarks] li').allInnerTexts();
		assert.deepEqual(
			errors.map((text) => text.split('\n').slice(1)),
			[
				[
					'“Atlantis” is no country or region that is known here.',
					'Write the name of a country in one of the six languages, or its code of two letters, such as KE.'
				],
				['This cell is empty, and has to say something.']
			]
		);
		assert.equal(await page.getByRole('button', { name: /^Bring in/ }).count(), 0);
		if (javaScript) await reflows(page);
		if (javaScript) await keyboardWalk(page);
		const file = await page
			.context()
			.request.get(new URL((await page.locator('a[download]').getAttribute('href'))!, page.url()).href);
		assert.match(await file.text(), /Atlantis.+,2,C2,Error/);

		// the mended file: what the columns mean is remembered
		await page.getByRole('link', { name: 'Send the mended file' }).click();
		await choose(page, `${headings}\r\n1,Connect the schools,Jamaica\r\n2,=1+1 is no formula here,Kenya\r\n3,Teach,Peru\r\n`);
		assert.deepEqual(await facts(page), ['3', '3', '0', '0']);
		await page.getByRole('button', { name: 'Bring in: 3' }).click();
		await page.getByText('The sheet was brought in').waitFor();
		const { rows } = await database.query(`select point from idea_versions where topic_id = $1 order by idea_number`, [topicId]);
		assert.deepEqual(rows, [{ point: 'Connect the schools' }, { point: '=1+1 is no formula here' }, { point: 'Teach' }]);
		const kept = await database.query(`select from sheet_files f where topic_id = $1`, [topicId]);
		assert.equal(kept.rows.length, 1, 'of the sheet with errors only');

		// the same again adds nothing
		await page.goto(`/desk/topics/${slug}/sheets`);
		await choose(page, `${headings}\r\n1,Connect the schools,Jamaica\r\n`);
		await page.getByText('Everything in this sheet is there already.').waitFor();
	});
}

test('the secretariat brings in organisations; a file that is no sheet is told so', async (t) => {
	const page = await aStaffPage(t, product, { name: 'Sec', role: 'secretariat' });
	await page.goto('/desk/organisations/sheets');
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'x.pdf', mimeType: 'text/csv', buffer: Buffer.from('%PDF-1.4 x') });
	await page.locator('main form button').click();
	await page.getByText('This is no spreadsheet that can be read').waitFor();
	await page.getByRole('link', { name: 'Send the mended file' }).click();
	const none = { name: 'none.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) };
	await page.locator('input[type=file]').setInputFiles(none);
	await page.locator('main form button').click();
	await page.locator('.mistakes').getByText('There is nothing in this sheet').waitFor();
	await choose(page, 'Name;Country;Type\r\n');
	await page.getByText('There is nothing in this sheet').waitFor();
	await page.goto('/desk/organisations/sheets');
	await choose(page, 'Name;Country;Type\r\nExampleton Trust;GB;Association or foundation\r\n');
	await page.getByRole('button', { name: 'Bring in: 1' }).click();
	await page.getByText('The sheet was brought in').waitFor();
});
