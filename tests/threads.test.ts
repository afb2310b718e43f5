import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTransaction, type Database } from '#database/connection.server.ts';
import { comment } from '#ideas/comments/commenting.server.ts';
import { aCommentDraft, anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { aProduct } from './product.ts';

let talk = '';
const product = await aProduct({
	prepare: async (database) => {
		talk = `/topics/${await aLongThread(database)}`;
	}
});
const idea = `${talk}/ideas/1`;

/** Thirty branches; the second has twelve answers on three levels, the last of them comment 43. */
async function aLongThread(database: Database): Promise<string> {
	const keys = await temporaryKeys();
	const { topicId, slug } = await anOpenTopic(database);
	await inTransaction(database, async (transaction) => {
		const who = aVisitor('author');
		await submitIdea(transaction, keys, anIdeaDraft(topicId), who);
		const say = (answers: number | null, text: string) =>
			comment(transaction, keys, aCommentDraft(topicId, 1, { answers, text }), who);
		for (let number = 1; number <= 30; number++) await say(null, `What I think, ${number}.`);
		for (let number = 31; number <= 42; number++) await say(number === 33 ? 31 : number === 34 ? 33 : 2, `An answer, ${number}.`);
		await say(34, 'The last word.');
	});
	return slug;
}

for (const language of ['en', 'ar'] as const) {
	const prefix = language === 'en' ? '' : '/ar';
	test(`a long thread is read on a phone without script: folded, unfolded, from a deep link up, from what is new on (${language})`, async (t) => {
		const page = await aPage(t, { product, language, phone: true, javaScript: false });
		await page.goto(`${prefix}${idea}`);
		const comments = page.locator('.thread > .comment');
		assert.ok((await comments.count()) <= 20);
		assert.equal(await page.locator('#comment-32').count(), 0);
		const fold = page.locator('.fold a');
		assert.equal(await fold.count(), 1);
		await fold.click();
		assert.equal(new URL(page.url()).search, '?branch=2');
		assert.equal(await page.locator('.comment[aria-current=true]').getAttribute('id'), 'comment-2');
		assert.ok(await page.locator('#comment-42').isVisible());
		await reflows(page);

		await page.goto(`${prefix}${talk}/comments/43`);
		assert.equal(page.url(), `${product.address}${prefix}${idea}?branch=43#comment-43`);
		assert.deepEqual(await comments.evaluateAll((all) => all.map(({ id }) => id)), [
			'comment-2',
			'comment-31',
			'comment-33',
			'comment-43'
		]);
		assert.equal(await page.locator('.comment[aria-current=true]').getAttribute('id'), 'comment-43');

		await page.goto(`${prefix}${idea}?since=41`);
		assert.deepEqual(await page.locator('.comment.new').evaluateAll((all) => all.map(({ id }) => id)), [
			'comment-43',
			'comment-42'
		]);
		await page.locator('#comment-43 a[href="#comment-42"]').click();
		assert.ok(await page.locator('#comment-42').isVisible());
	});
}

test('the pages of a thread lead to each other and show each comment once', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	for (const order of ['oldest', 'newest', 'active', 'answered']) {
		await page.goto(`${idea}?order=${order}`);
		const met: string[] = [];
		for (let pages = 0; pages < 5; pages++) {
			met.push(...(await page.locator('.thread > .comment.depth-0').evaluateAll((all) => all.map(({ id }) => id))));
			const more = page.locator('a[rel=next]');
			if ((await more.count()) === 0) break;
			await more.click();
		}
		assert.equal(met.length, 30, order);
		assert.equal(new Set(met).size, 30, order);
	}
});

test('the next new comment is one key away, over the end of a page', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(`${idea}?since=5`);
	const next = page.getByRole('link', { name: 'Next new comment' });
	assert.equal(await next.count(), 20);
	await next.last().focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/from=.*#first-new$/, { timeout: 10_000 });
	assert.equal(await page.locator('#first-new').count(), 1);
});

test('what is asked wrongly is not found or the beginning', async () => {
	const status = async (query: string) => (await fetch(`${product.address}${idea}?${query}`)).status;
	assert.deepEqual(
		await Promise.all(
			['branch=99', 'branch=x', 'from=x', 'from=1.2.3.4.5', 'order=x', 'since=x', 'since=999999999', 'order=active&from=9'].map(
				status
			)
		),
		[404, 404, 200, 200, 200, 200, 200, 200]
	);
});

test('a thread, a branch and what is new are accessible, walked with the keyboard and bear wider spacing', async (t) => {
	for (const language of ['en', 'ar'] as const) {
		const page = await aPage(t, { product, language });
		for (const query of ['', '?branch=31', '?since=35', '?order=active']) {
			await page.goto(`${language === 'en' ? '' : '/ar'}${idea}${query}`);
			await accessible(page);
			await largeTargets(page);
			await keyboardWalk(page);
			await endures(page);
			await reflows(page);
		}
	}
});
