// The main job, whole, in a browser: long texts come in, ideas are drawn from them with stances, visitors of six groups give opinions, and
// a report that cites passages and counts stances by stakeholder group is published. On the example world's texts everywhere, on the real
// ones where they lie beside the project.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { aFormFile } from '#contributions/examples.ts';
import { netmundial } from '#files/examples.ts';
import { aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { textOf } from '../examples/submissions/submission.ts';
import { submissions } from '../examples/submissions/submissions.ts';
import { aPage } from './browser.ts';
import { aProduct } from './product.ts';
import { aStaffPage } from './staff.ts';

const product = await aProduct();
await product.startJobs();
const { database, address } = product;

/** What the sectors of the forms are to be taken for. */
const groupOfSector: Readonly<Record<string, string>> = {
	government: 'Governments',
	'private sector': 'Private sector',
	'civil society': 'Civil society',
	'technical community': 'Technical community',
	academia: 'Academia',
	other: 'Not stated'
};
const groups = [
	'Governments',
	'Private sector',
	'Civil society',
	'Technical community',
	'Academia',
	'Intergovernmental organisations'
];
/** Of the first idea everybody approves, of the second governments alone disapprove, the third everybody rejects. */
const agrees = (group: string, idea: number) => idea !== 3 && !(idea === 2 && group === 'Governments');

interface Input {
	readonly slug: string;
	readonly read: () => Record<string, Uint8Array>;
	readonly submissions: number;
	/** what is written in the field of the region and is no place */
	readonly unknownRegions: number;
	readonly skip: string | false;
}

const inputs: Readonly<Record<string, Input>> = {
	'the texts of the example': {
		slug: 'example',
		read: () =>
			Object.fromEntries(
				submissions.map((submission, index) => {
					const { title, region, sector } = submission;
					const form = aFormFile({
						title,
						region,
						sector,
						organization: `Organisation ${index + 1}`,
						document: textOf(submission)
					});
					return [`${String(index + 1).padStart(3, '0')}A.txt`, strToU8(form)];
				})
			),
		submissions: 8,
		unknownRegions: 0,
		skip: false
	},
	'the 140 submissions to NETmundial 2014': {
		slug: 'netmundial',
		read: () =>
			Object.fromEntries(
				readdirSync(netmundial.folder)
					.filter((name) => name.endsWith('.txt'))
					.map((name) => [name, new Uint8Array(readFileSync(join(netmundial.folder, name)))])
			),
		submissions: 140,
		unknownRegions: 4,
		skip: netmundial.skip
	}
};

for (const [name, input] of Object.entries(inputs)) {
	test(`the main job, from ${name} to a published report`, { skip: input.skip }, async (t) => {
		const { topicId } = await aTopicOpenForSubmissions(database, input.slug);
		const rapporteur = await aStaffPage(t, product, { name: `Rapporteur-${input.slug}`, role: 'rapporteur', topicId });
		await bringIn(rapporteur, topicId, input);
		const drawn = await drawIdeas(rapporteur, topicId, input.slug);
		await giveOpinions(t, input.slug, drawn.length);
		const secretariat = await aStaffPage(t, product, {
			name: `Secretariat-${input.slug}`,
			role: 'secretariat',
			javaScript: false
		});
		await publish(rapporteur, secretariat, input.slug);
		await readReport(t, input, drawn);
	});
}

async function bringIn(page: Page, topicId: string, { slug, read, submissions: expected, unknownRegions }: Input) {
	await page.goto(`/desk/topics/${slug}/texts`);
	await page.getByRole('link', { name: 'Bring in' }).first().click();
	const buffer = Buffer.from(zipSync(read(), { level: 1 }));
	await page.getByLabel('Zip file').setInputFiles({ name: 'texts.zip', mimeType: 'application/zip', buffer });
	await page.getByRole('button', { name: 'Look into it first' }).click();
	await page.waitForURL(/\/import\/.+/);
	await page.getByRole('button', { name: `Bring in ${expected} submissions` }).waitFor({ timeout: 60_000 });
	assert.equal(await page.locator('#unknown-sector').count(), 0);
	assert.equal(await page.locator('form.meaning').count(), unknownRegions);
	await page.getByRole('button', { name: `Bring in ${expected} submissions` }).click();
	await page.getByRole('link', { name: 'To the texts' }).click({ timeout: 120_000 });
	const { rows } = await database.query<{ count: number }>('select count(*) from submissions where topic_id = $1', [topicId]);
	assert.equal(rows[0]!.count, expected);
}

interface Drawn {
	readonly point: string;
	/** stance → groups of the texts that take it */
	readonly stances: Record<'raises' | 'supports' | 'opposes', string[]>;
	readonly quotes: string[];
}

/** From the first text of each sector an idea is drawn; the next sector's text supports it, the one after opposes it. */
async function drawIdeas(page: Page, topicId: string, slug: string): Promise<Drawn[]> {
	const { rows: texts } = await database.query<{ number: number; sector: string }>(
		`
			select distinct on (lower(sector_as_written)) submission_number as number, lower(sector_as_written) as sector
			from submissions where topic_id = $1
			order by lower(sector_as_written), submission_number`,
		[topicId]
	);
	assert.ok(texts.length >= 5, 'texts of five sectors at least');
	const drawn: Drawn[] = [];
	for (const { number, sector } of texts) {
		const words = await chooseSentence(page, slug, number, 0);
		const point = `${sector}: ${words.slice(0, 120)}`;
		await page.getByLabel('The point, in one sentence').fill(point);
		await page.getByLabel('Question').selectOption({ index: 1 });
		await page.getByRole('button', { name: 'Draw this idea' }).click();
		await page.getByRole('status').filter({ hasText: 'Noted' }).waitFor();
		drawn.push({ point, stances: { raises: [groupOfSector[sector]!], supports: [], opposes: [] }, quotes: [words] });
	}
	for (const [index, { point, stances, quotes }] of drawn.entries()) {
		for (const [step, stance] of (['supports', 'opposes'] as const).entries()) {
			const { number, sector } = texts[(index + step + 1) % texts.length]!;
			quotes.push(await chooseSentence(page, slug, number, index + step + 1));
			await page.getByLabel('Find the idea').fill(point);
			await page.locator(`#choose-${index + 1}`).check();
			await page.getByLabel(stance === 'supports' ? 'They support it' : 'They oppose it').check();
			await page.getByRole('button', { name: 'Note this' }).click();
			await page.getByRole('status').filter({ hasText: 'Noted' }).waitFor();
			stances[stance].push(groupOfSector[sector]!);
		}
	}
	return drawn;
}

/** Chooses the n-th sentence of a telling length, and answers its words. */
async function chooseSentence(page: Page, slug: string, text: number, nth: number): Promise<string> {
	await page.goto(`/desk/topics/${slug}/texts/${text}`);
	await page.locator('.flowing').first().waitFor();
	const lengths = await page.locator('.sentence').evaluateAll((all) => all.map((one) => one.textContent?.trim().length ?? 0));
	const telling = lengths.flatMap((length, index) => (length >= 40 && length <= 180 ? [index] : []));
	const sentence = page.locator('.sentence').nth(telling[nth % telling.length]!);
	await sentence.click();
	return ((await sentence.textContent()) ?? '').trim();
}

/** Five people of each group: one walks through the pages, the other four send the same forms. */
async function giveOpinions(t: TestContext, slug: string, ideas: number) {
	for (const group of groups) {
		const page = await aPage(t, { address, javaScript: false });
		await page.goto(`/topics/${slug}/me`);
		const key = await page.getByLabel(group, { exact: true }).getAttribute('value');
		await page.getByLabel(group, { exact: true }).check();
		await page.getByRole('button', { name: 'Save' }).click();
		await page.goto(`/topics/${slug}/opinions`);
		for (let given = 0; given < ideas; given++) {
			const idea = Number(await page.locator('input[name="idea"]').inputValue());
			await page
				.getByRole('button', { name: agrees(group, idea) ? 'Agree' : 'Disagree' })
				.first()
				.click();
		}
		assert.equal(await page.locator('input[name="idea"]').count(), 0, 'every idea has been judged');
		await page.context().close();
		await Promise.all([1, 2, 3, 4].map(() => sendForms(slug, group, key!, ideas)));
	}
}

async function sendForms(slug: string, group: string, key: string, ideas: number) {
	const page = `${address}/topics/${slug}`;
	const cookie = (await fetch(`${page}/me`)).headers.getSetCookie()[0]!.split(';')[0]!;
	const send = async (path: string, form: Record<string, string>) => {
		const answer = await fetch(`${page}/${path}`, {
			method: 'POST',
			headers: { cookie, origin: address, accept: 'text/html' },
			body: new URLSearchParams(form),
			redirect: 'manual'
		});
		assert.equal(answer.status, 303, `${path}: ${await answer.text()}`);
	};
	await send('me', { groups: key });
	for (let idea = 1; idea <= ideas; idea++)
		await send('opinions', { idea: String(idea), version: '1', value: agrees(group, idea) ? 'agree' : 'disagree' });
}

async function publish(rapporteur: Page, secretariat: Page, slug: string) {
	await rapporteur.goto(`/desk/topics/${slug}/report`);
	await rapporteur.getByLabel('Language of the report').selectOption('en');
	await rapporteur.getByRole('button', { name: 'Freeze the figures and draft' }).click();
	await rapporteur.waitForURL(/\/report\/1$/, { timeout: 60_000 });
	await rapporteur.getByText('Every sentence has a source that everybody can see').waitFor();
	await secretariat.goto(`/desk/topics/${slug}/report/1`);
	await secretariat.getByRole('button', { name: 'Publish this edition' }).click();
	assert.equal(new URL(secretariat.url()).pathname, `/topics/${slug}/reports/1`);
}

async function readReport(t: TestContext, { slug, submissions: texts }: Input, drawn: readonly Drawn[]) {
	const page = await aPage(t, { address, javaScript: false });
	await page.goto(`/topics/${slug}/reports/1`);
	const people = 30 + texts;
	assert.match(await page.locator('.report').innerText(), new RegExp(`${people} people took part`));
	await page.getByText('Of the group “Governments”, 0 agree and 5 disagree.').waitFor();

	// the stances that the rapporteur noted, by the sectors of the texts
	for (const [index, { stances }] of drawn.slice(0, 5).entries()) {
		const table = page.getByRole('table', { name: `What longer texts say to idea ${index + 1}, ` });
		const rows = await table
			.locator('tbody tr')
			.evaluateAll((all) =>
				all.map((row) => [...row.querySelectorAll('th, td.number')].map((cell) => cell.textContent?.trim() ?? ''))
			);
		const expected = [...new Set(Object.values(stances).flat())].map((group) => [
			group,
			...(['raises', 'supports', 'opposes'] as const).map((stance) =>
				String(stances[stance].filter((one) => one === group).length)
			)
		]);
		assert.deepEqual(rows.toSorted(), expected.toSorted(), `stances to idea ${index + 1}`);
	}

	// each quoted passage is what was marked, word for word, and leads to the text in which it stands
	const marked = new Set(drawn.flatMap(({ quotes }) => quotes));
	const quotations = page.locator('figure.quotation');
	assert.ok((await quotations.count()) >= 5);
	for (const words of await quotations.locator('blockquote').allTextContents()) assert.ok(marked.has(words), words);
	const words = await quotations.locator('blockquote').first().textContent();
	await quotations.first().locator('.note-mark a').click();
	await page.locator('li:target a').first().click();
	assert.match(new URL(page.url()).pathname, new RegExp(`^/topics/${slug}/submissions/\\d+$`));
	assert.ok((await page.locator('mark').allTextContents()).some((mark) => mark.includes(words!)));
}
