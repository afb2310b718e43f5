import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTopicInTwoCamps, type Camps } from '#agreement/examples.server.ts';
import { findGroups } from '#agreement/finding-groups.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import type { MessageKey } from '#languages/speaking.ts';
import { secondTalk } from '../examples/synthetic-talk.ts';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const talk = `/topics/${secondTalk.slug}`;
const path = `${talk}/agreement`;
const say = speakerOf('en');

test('the page of agreement is read without a cookie and without a script, and no figure stands there without how many people', async () => {
	const answer = await fetch(product.address + path);
	const html = await answer.text();
	assert.equal(answer.status, 200);
	assert.equal(answer.headers.get('set-cookie'), null);
	assert.equal(answer.headers.get('cache-control'), 'public, max-age=1');
	assert.doesNotMatch(html, /<script|method="post"|style="/);
	for (const level of ['consensus', 'opposition', 'divergence', 'not-heard'] as const)
		assert.ok(html.includes(say(`agreement.level-${level}`)), level);
	assert.ok(html.includes(say('agreement.thresholds', { heard: 5, share: '50%', most: say('agreement.share-two-thirds') })));
});

test('from the talk one comes to the agreement of its groups, chooses a level and a region, and reads an idea with its plot', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(talk);
	await page
		.getByRole('link', { name: say('agreement.link') })
		.first()
		.click();
	assert.equal(new URL(page.url()).pathname, path);
	await page.getByRole('link', { name: say('agreement.level-opposition') }).click();
	assert.equal(await page.locator('.agreed-idea .level.opposition').count(), 8);
	assert.equal(await page.locator('.agreed-idea').count(), 8);
	await page.getByText(say('ideas.filters'), { exact: true }).click();
	await page.getByLabel(say('agreement.heard-from-region')).selectOption('african');
	await page.getByRole('button', { name: say('ideas.apply') }).click();
	const { searchParams } = new URL(page.url());
	// choices only where opinion groups are named and themes confirmed
	for (const name of ['opinionGroup', 'theme']) searchParams.delete(name);
	assert.deepEqual(Object.fromEntries(searchParams), {
		...{ level: 'opposition', question: '', group: '', region: 'african', assurance: '', language: '' }
	});
	const first = page.locator('.agreed-idea').first();
	assert.equal(await first.locator('.besides tr').count(), 1);
	assert.equal(await first.locator('tbody:not(.besides) svg.interval').count(), 6);
	const point = await first.getByRole('heading').innerText();
	await first.getByRole('heading').getByRole('link').click();
	assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), point);
	assert.equal(await page.locator('.level.opposition').count(), 1);
	await page.getByText(say('agreement.table')).click();
	const rows = page
		.getByRole('table', { name: /How far each group agrees/ })
		.last()
		.getByRole('row');
	assert.equal(await rows.count(), 7);
	assert.match(await rows.nth(1).innerText(), /\d+% of \d+\s+\d+% to \d+%\s+\d+% to \d+%/);
});

/** A talk of the camps, with everything that jobs compute. */
async function aTalk(camps: Camps): Promise<string> {
	const { topicId, slug } = await aTopicInTwoCamps(product.database, camps);
	await publishCells(product.database, topicId);
	await findGroups(product.database, topicId);
	return `/topics/${slug}/agreement`;
}

test('one chooses an opinion group and sees what each group says to its ideas; groups that are not stable are no choice, and it says why', async (t) => {
	const [camps, none] = [await aTalk({ people: 60, ideas: 12 }), await aTalk({ people: 40, ideas: 10, withoutCamps: true })];
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(camps);
	await page.getByText(say('ideas.filters'), { exact: true }).click();
	const choice = page.getByLabel(say('agreement.heard-from-opinion-group'));
	const named = ['A', 'B'].map((letter) => say('map.group-named', { letter }));
	assert.deepEqual(await choice.locator('option').allInnerTexts(), [say('ideas.any'), ...named]);
	assert.equal(await page.locator('.agreed-idea .besides').count(), 0);
	await choice.selectOption('A');
	await page.getByRole('button', { name: say('ideas.apply') }).click();
	await page.waitForURL(/opinionGroup=A/);
	const first = page.locator('.agreed-idea').first();
	assert.deepEqual(await first.locator('.besides th span').allInnerTexts(), named);
	assert.equal(await first.locator('.besides svg.interval').count(), 2);

	const reason = /opinion groups cannot be chosen/i;
	await page.goto(`${none}?opinionGroup=A`);
	assert.equal(await page.getByLabel(say('agreement.heard-from-opinion-group')).count(), 0);
	await page.getByText(say('ideas.filters'), { exact: true }).click();
	await page.getByText(reason).waitFor();
	assert.deepEqual([await page.locator('.agreed-idea').count(), await page.locator('.agreed-idea .besides').count()], [10, 0]);
});

test('what the address of a list asks for and is not here is named, and the list is shown without it', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	const unknown = (...keys: MessageKey[]) => say('ideas.not-here', { filters: say.list(keys.map((key) => say(key))) });
	const ideas = async (address: string, list: string) => {
		await page.goto(address);
		return page.locator(list).count();
	};
	assert.equal(await ideas(`${path}?group=nonsense&theme=7&opinionGroup=Z&level=none&region=african`, '.agreed-idea'), 20);
	const labels = ['levels', 'heard-from-group', 'heard-from-opinion-group'] as const;
	const [levels, group, opinionGroup] = labels.map((name) => `agreement.${name}` as const);
	await page.getByText(unknown(levels!, 'themes.theme', group!, opinionGroup!)).waitFor();
	assert.equal(await page.getByLabel(say('agreement.heard-from-region')).inputValue(), 'african');
	assert.equal(await ideas(`${talk}/ideas?theme=nonsense&channel=&question=99`, '.entries > li'), 20);
	await page.getByText(unknown('ideas.question', 'themes.theme')).waitFor();
	assert.equal(await ideas(`${talk}/ideas?question=1`, '.notice'), 0);
});

test('the list goes on page by page in each of its orders', async (t) => {
	const page = await aPage(t, { product, javaScript: false });
	await page.goto(path);
	// a click ends when the next page begins: what it lists is there when it is whole
	const listed = async () => {
		await page.waitForLoadState();
		return page.locator('.agreed-idea h2').allInnerTexts();
	};
	for (const order of ['common-ground', 'divided', 'awaited'] as const) {
		await page
			.getByRole('link', { name: say(`agreement.sort-${order}`) })
			.last()
			.click();
		const seen = await listed();
		await page.getByRole('link', { name: say('web.more') }).click();
		const more = await listed();
		assert.deepEqual([seen.length, more.length, new Set([...seen, ...more]).size], [20, 20, 40]);
		await page.getByRole('link', { name: say('ideas.first-page') }).click();
	}
});

for (const language of ['en', 'ar'] as const)
	test(`the page of agreement is accessible, walked with the keyboard and reflows in ${language}`, async (t) => {
		const page = await aPage(t, { product, language });
		assert.equal((await page.goto(`${language === 'ar' ? '/ar' : ''}${path}?level=not-heard`))?.status(), 200);
		for (const details of await page.locator('details').all()) await details.locator('summary').first().click();
		await accessible(page);
		await largeTargets(page);
		await keyboardWalk(page);
		await endures(page);
		await reflows(page);
	});

test('in Arabic the lines run from right to left', async (t) => {
	const page = await aPage(t, { product, language: 'ar' });
	await page.goto(`/ar${path}`);
	const line = page.locator('.agreed-idea').first().locator('tr.favours').first();
	const upright = await line.locator('.upright').evaluate((one) => one.getBoundingClientRect().left);
	const point = await line.locator('.point').evaluate((one) => one.getBoundingClientRect().right);
	assert.ok(point < upright);
});

test('the secretariat sets thresholds, is told what is wrong, and the page says what its levels stand on', async (t) => {
	const page = await aPage(t, { product, as: 'secretariat', expected: [/^status of 422/] });
	const desk = `/desk${talk}/agreement`;
	await page.goto(desk);
	await page.getByLabel(say('agreement.desk-heard')).fill('3');
	await page.getByRole('button', { name: say('agreement.desk-save') }).click();
	await page.locator('.mistakes').getByText(say('agreement.desk-heard-wrong')).waitFor();
	await page.getByLabel(say('agreement.desk-heard')).fill('20');
	await page.getByLabel('Academia').uncheck();
	await page.getByRole('button', { name: say('agreement.desk-save') }).click();
	await page.getByText(say('agreement.desk-changed')).waitFor();
	await page.goto(path);
	// the job, or the next look, computes them anew
	const { rows } = await product.database.query<{ topicId: string }>(
		'select topic_id as "topicId" from addresses where slug = $1',
		[secondTalk.slug]
	);
	await publishCells(product.database, rows[0]!.topicId);
	await new Promise((resolve) => setTimeout(resolve, 1200));
	await page.reload();
	const thresholds = say('agreement.thresholds', { heard: 20, share: '50%', most: say('agreement.share-two-thirds') });
	await page.getByText(thresholds).waitFor();
	assert.equal(await page.getByText(say('agreement.behind')).count(), 0);
	assert.equal(await page.locator('.agreed-idea').first().locator('.intervals > table > tbody > tr').count(), 5);
});
