import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { aFormFile } from '#contributions/examples.ts';
import { aRapporteur, aTopicOpenForSubmissions } from '#contributions/examples.server.ts';
import { aBomb, aDocx, wordParagraph } from '#contributions/intake/example-files.ts';
import { importSubmissions } from '#contributions/intake/importing.server.ts';
import { zipSource } from '#contributions/intake/sources.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import { extractTexts } from '#contributions/extracting.server.ts';
import { fileStore } from '#files/store.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { accessible, aPage, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { aProduct } from './product.ts';

const { database, settings, address } = await aProduct();
const slug = 'role-of-governments';
const { topicId } = await aTopicOpenForSubmissions(database, slug);
const theText = 'Governments should listen before they decide. They should publish their reasons.';
const zip = zipSync({
	'001A.txt': strToU8(aFormFile({ document: theText })),
	'001B.txt': strToU8('حوكمة الإنترنت مسؤولية مشتركة.')
});
const files = fileStore(database, join(settings.data, 'files'));
await importSubmissions(database, files, zipSource(zip), topicId, { kind: 'job', name: 'test' });
const [submission] = await submissionsOf(database, topicId);
const quotes = [{ part: 1, textVersion: 1, spans: [{ starts: 30, ends: 56 }] }];
const drawing = { topicId, contributionId: submission!.contributionId, quotes, requestKey: null };
const wording = { point: 'Listen first', explanation: '', sources: '', questionId: null, language: 'en' };
await drawIdea(database, drawing, wording, aRapporteur(topicId));

test('everybody reads a submission, sees what was drawn from it, and goes from the idea back to its words', async (t) => {
	const page = await aPage(t, { address });
	await page.goto(`/topics/${slug}/submissions`);
	await accessible(page);
	await page.getByRole('link', { name: 'The role of governments', exact: true }).last().click();
	assert.deepEqual(await page.locator('mark').allTextContents(), ['listen before they decide.']);
	await accessible(page);
	await reflows(page);
	await largeTargets(page);
	await keyboardWalk(page);
	assert.equal(await page.locator('script').count(), 0);
	await page.getByRole('link', { name: /Listen first/ }).click();
	await page.getByText('listen before they decide.').first().waitFor();
});

test('the file comes as it was sent, as an attachment', async () => {
	const answer = await fetch(`${address}/topics/${slug}/submissions/1/files/1`);
	assert.equal(answer.headers.get('content-disposition'), `attachment; filename*=UTF-8''001A.txt`);
	assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
	assert.equal(await answer.text(), aFormFile({ document: theText }));
	assert.equal((await fetch(`${address}/topics/${slug}/submissions/1/files/9`)).status, 404);
	for (const path of ['submissions/9', 'submissions/x', 'submissions/1e9', 'submissions/99999999999'])
		assert.equal((await fetch(`${address}/topics/${slug}/${path}`)).status, 404, path);
});

test('a reader reports a problem with a submission', async (t) => {
	const page = await aPage(t, { address, javaScript: false, expected: [/status of 4/] });
	await page.goto(`/topics/${slug}/submissions/1`);
	await page.getByRole('link', { name: 'Report a problem' }).click();
	await reflows(page);
	await page.getByRole('button', { name: 'Send the report' }).click();
	await page.locator('.mistakes').waitFor();
	await page.getByLabel('Advertising or spam').check();
	await page.getByRole('button', { name: 'Send the report' }).click();
	await page.getByText('Thank you. A moderator will look at it.').waitFor();
	const { rows } = await database.query(`select kind, reason from moderation_flags where topic_id = $1`, [topicId]);
	assert.deepEqual(rows, [{ kind: 'submission', reason: 'spam' }]);
});

test('in Arabic on a phone the page is a mirror, and each text keeps its own direction', async (t) => {
	const page = await aPage(t, { address, language: 'ar', phone: true });
	await page.goto(`/ar/topics/${slug}/submissions/1`);
	assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
	assert.equal(await page.locator('.written').first().getAttribute('dir'), 'ltr');
	await accessible(page);
	await reflows(page);
});

test('without script a text and a file are sent; what cannot be read is refused by name, and the typed text stays', async (t) => {
	const page = await aPage(t, { address, javaScript: false, expected: [/status of 4/] });
	const folder = await mkdtemp(join(tmpdir(), 'open-talks-attached-'));
	t.after(() => rm(folder, { recursive: true }));
	const attach = async (name: string, bytes: Uint8Array) => {
		await writeFile(join(folder, name), bytes);
		await page.getByLabel('A file').setInputFiles(join(folder, name));
	};
	await page.goto(`/topics/${slug}/submissions/new`);
	await page.getByLabel('Title').fill('Our position');
	for (const [name, bytes, sentence] of [
		['macros.docx', aDocx(wordParagraph('text'), { 'word/vbaProject.bin': strToU8('macro') }), 'macros'],
		['bomb.docx', aBomb(), 'unpack'],
		[
			'old.doc',
			Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('WordDocument', 'utf16le')]),
			'old version of Word'
		],
		['picture.pdf', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'cannot be read'],
		['large.txt', new Uint8Array(21 * 1024 * 1024).fill(65), 'larger than 20 MB'],
		['huge.txt', new Uint8Array(40 * 1024 * 1024).fill(65), 'too large']
	] as const) {
		await attach(name, bytes);
		await page.getByRole('button', { name: 'Send it' }).click();
		assert.match(await page.getByRole('alert').innerText(), new RegExp(sentence), name);
		// a link to the field, which says it again
		assert.equal(await page.getByRole('alert').getByRole('link').getAttribute('href'), '#file');
		assert.match((await page.locator('#file').getAttribute('aria-describedby')) ?? '', /file-mistake/);
		assert.match(await page.locator('#file-mistake').innerText(), new RegExp(sentence), name);
		assert.equal(await page.getByLabel('Title').inputValue(), 'Our position');
	}
	await attach('position.docx', aDocx(wordParagraph('We hold that governments should listen.')));
	await page.getByRole('button', { name: 'Preview' }).click();
	await page.getByText('position.docx').waitFor();
	await attach('position.docx', aDocx(wordParagraph('We hold that governments should listen.')));
	await page.getByRole('button', { name: 'Send it' }).click();
	await page.waitForURL(/\/receipts\//);
	await page.locator('.receipt', { hasText: 'position.docx' }).getByText('Our position', { exact: true }).waitFor();
	const { rows } = await database.query<{ contributionId: string }>(
		`select contribution_id as "contributionId" from submissions where topic_id = $1 and title = 'Our position'`,
		[topicId]
	);
	assert.equal(rows.length, 1);
	await page.goto(`/topics/${slug}/submissions/2`);
	await page.getByText('is still being read').waitFor();
	await extractTexts(database, files, topicId, rows[0]!.contributionId);
	await page.goto(`/topics/${slug}/submissions/2?after=1`);
	await page.getByText('We hold that governments should listen.').waitFor();
});

test('the form of a submission can be operated by everyone', async (t) => {
	const page = await aPage(t, { address });
	await page.goto(`/topics/${slug}/submissions/new`);
	await accessible(page);
	await reflows(page);
	await largeTargets(page);
	await keyboardWalk(page);
});
