import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { aTopicInTwoCamps } from '#agreement/examples.server.ts';
import { findGroups } from '#agreement/finding-groups.server.ts';
import { publishCells } from '#agreement/publishing.server.ts';
import type { Database } from '#database/connection.server.ts';
import { vtaiwan } from '#files/examples.ts';
import { anOpenTopic, temporaryKeys } from '#ideas/examples.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { bringInConversation } from '#sheets/polis/bringing-in.server.ts';
import { conversationIn } from '#sheets/polis/conversation.ts';
import { accessible, aPage, keyboardWalk, reflows } from './browser.ts';
import { aProduct } from './product.ts';

const talks = { camps: '', few: '', blind: '', vtaiwan: '' };
const product = await aProduct({
	prepare: async (database) => {
		talks.camps = await computed(database, aTopicInTwoCamps(database, { people: 60, ideas: 12 }));
		talks.few = await computed(database, aTopicInTwoCamps(database, { people: 8, ideas: 4 }));
		talks.blind = await computed(
			database,
			aTopicInTwoCamps(database, { people: 60, ideas: 12, stage: { takesOpinions: 'blind' } })
		);
		if (vtaiwan.skip === false) talks.vtaiwan = await computed(database, theTalkOfTaiwan(database));
	}
});

async function computed(database: Database, talk: Promise<{ topicId: string; slug: string }>): Promise<string> {
	const { topicId, slug } = await talk;
	await publishCells(database, topicId);
	await findGroups(database, topicId);
	return `/topics/${slug}`;
}

async function theTalkOfTaiwan(database: Database): Promise<{ topicId: string; slug: string }> {
	const talk = await anOpenTopic(database);
	const names = ['comments.csv', 'votes.csv'];
	const files = await Promise.all(names.map(async (name) => [name, await readFile(join(vtaiwan.folder, name), 'utf8')]));
	const conversation = conversationIn(Object.fromEntries(files) as Record<string, string>)!;
	const actor = { kind: 'job', name: 'test' } as const;
	await bringInConversation(database, await temporaryKeys(), { topicId: talk.topicId, conversation }, actor);
	return talk;
}

/** Agrees with each idea as it comes, so many times. */
async function agreeTimes(page: Page, times: number): Promise<void> {
	for (let time = 0; time < times; time++) {
		await page.locator('button[value=agree]').click();
		await page.waitForLoadState();
	}
}

for (const language of ['en', 'ar'] as const) {
	const prefix = language === 'en' ? '' : '/ar';
	const say = speakerOf(language);

	test(`the map shows groups by letters, each with what tells it apart, and as a table (${language})`, async (t) => {
		const page = await aPage(t, { product, language });
		await page.goto(`${prefix}${talks.camps}/agreement/map`);
		assert.deepEqual(await page.locator('.opinion-map .letter text').allTextContents(), ['A', 'B']);
		assert.equal(await page.locator('.opinion-map .you').count(), 0);
		assert.ok((await page.getByText(say('map.group-of', { letter: 'A', people: 35 })).count()) > 0);
		const squares = await page.locator('.opinion-map .square').count();
		await page.getByText(say('map.table')).click();
		assert.equal(await page.locator('.opinion-map tbody tr').count(), squares);
		await accessible(page);
		await keyboardWalk(page);
		await reflows(page);
	});

	test(`after ten opinions one is shown the way to where one stands, without script too (${language})`, async (t) => {
		const page = await aPage(t, { product, language, javaScript: false, phone: true });
		await page.goto(`${prefix}${talks.camps}/opinions/me`);
		assert.ok(await page.getByText(say('map.nothing-said')).first().isVisible());
		await page.goto(`${prefix}${talks.camps}/opinions`);
		await agreeTimes(page, 3);
		await page.goto(`${prefix}${talks.camps}/opinions/me`);
		assert.ok(await page.getByText(say('map.say-more', { count: 4 })).isVisible());
		await page.goto(`${prefix}${talks.camps}/opinions`);
		await agreeTimes(page, 7);
		assert.ok(await page.getByText(say('map.after-ten', { count: 10 })).isVisible());
		await page.getByText(say('map.see-where')).click();
		assert.equal(await page.locator('.opinion-map .you').count(), 1);
		assert.ok(await page.getByText(say('map.you-are-here')).isVisible());
		assert.ok(await page.getByText(say('map.like-declared')).isVisible());
		await reflows(page);
	});
}

test('with few people the map says when there will be one', async (t) => {
	const page = await aPage(t, { product });
	await page.goto(`${talks.few}/agreement/map`);
	assert.ok(await page.getByText('There is no map yet').isVisible());
	assert.equal(await page.locator('.opinion-map').count(), 0);
	await accessible(page);
});

test('while opinions are blind there is nothing of groups, places or likeness', async (t) => {
	const page = await aPage(t, { product });
	for (const path of ['agreement/map', 'opinions/me']) {
		await page.goto(`${talks.blind}/${path}`);
		assert.ok(await page.getByText('The map is shown when this stage ends').isVisible());
		assert.equal(await page.locator('.opinion-map, .group-letter, table').count(), 0);
	}
});

for (const language of ['en', 'ar'] as const)
	test(
		`a large conversation of Taiwan is drawn, and who takes part stands on the map (${language})`,
		{ skip: vtaiwan.skip },
		async (t) => {
			const prefix = language === 'en' ? '' : '/ar';
			const page = await aPage(t, { product, language });
			await page.goto(`${prefix}${talks.vtaiwan}/agreement/map`);
			assert.ok((await page.locator('.opinion-map .square').count()) > 20);
			await accessible(page);
			await reflows(page);
			await page.goto(`${prefix}${talks.vtaiwan}/opinions`);
			for (let time = 0; time < 10; time++) {
				const before = await page.locator('#point').textContent();
				await page.locator(`button[value=${time % 3 === 0 ? 'disagree' : 'agree'}]`).press('Enter');
				await page.waitForFunction((point) => document.querySelector('#point')?.textContent !== point, before);
			}
			await page.goto(`${prefix}${talks.vtaiwan}/opinions/me`);
			assert.equal(await page.locator('.opinion-map .you').count(), 1);
			await accessible(page);
		}
	);
