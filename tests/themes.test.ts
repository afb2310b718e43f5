import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { splitTheme } from '#ideas/themes/changing.server.ts';
import { findThemes } from '#ideas/themes/finding.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, endures, keyboardWalk, largeTargets, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
await product.startJobs();
const talk = '/topics/internet-public-policy';

/** A click ends when the next page begins: what it lists is there when it is whole. */
async function press(page: Page, what: Locator): Promise<void> {
	await what.click();
	await page.waitForLoadState();
}

for (const language of ['en', 'ar'] as const) {
	test(`a rapporteur has themes found, names one, splits it and undoes that, and readers filter by it, in ${language} without JavaScript`, async (t) => {
		const say = speakerOf(language);
		const wishes = { product, language, javaScript: false };
		const [staff, visitor] = [await aPage(t, { ...wishes, as: 'rapporteur' as const }), await aPage(t, wishes)];
		const desk = pathInLanguage(`/desk${talk}/themes`, language);
		const cards = staff.locator('main section.card');
		const button = (name: Parameters<typeof say>[0]) => staff.getByRole('button', { name: say(name), exact: true });
		await staff.goto(desk);
		await press(staff, button((await cards.count()) === 0 ? 'themes.find' : 'themes.find-again'));
		for (const until = Date.now() + 30_000; Date.now() < until && (await cards.count()) < 2;) await staff.goto(desk);
		await reflows(staff);
		const proposed = cards.filter({ hasText: say('themes.proposed') });
		await press(staff, proposed.first().getByRole('link').first());
		await reflows(staff);
		const boxes = staff.locator('[name=ideas]');
		const all = await boxes.count();

		await press(staff, button('themes.split'));
		assert.equal(await staff.locator('.mistakes a').count(), 2, 'no idea and no name');
		const name = `<Names> of ours, ${language}`;
		await staff.locator('[name=name]').fill(name);
		await press(staff, button('themes.rename'));
		assert.equal(await staff.locator('h1').textContent(), name);
		const theme = new URL(staff.url()).searchParams.get('theme')!;

		await boxes.first().check();
		await staff.locator('[name=own-name]').fill('Of its own');
		await press(staff, button('themes.split'));
		assert.equal(await boxes.count(), 1);
		await press(staff, button('themes.undo-split'));
		await staff.goto(`${desk}?theme=${theme}`);
		assert.equal(await boxes.count(), all);

		await visitor.goto(pathInLanguage(`${talk}/ideas`, language));
		await visitor.getByText(say('ideas.filters'), { exact: true }).click();
		await visitor.getByLabel(say('themes.theme'), { exact: true }).selectOption({ label: name });
		await press(visitor, visitor.getByRole('button', { name: say('ideas.apply') }));
		assert.equal(await visitor.locator('.entries > li').count(), Math.min(all, 20));
		await press(visitor, visitor.locator('.entries > li h2 a').first());
		assert.equal(await visitor.locator('main header a', { hasText: name }).count(), 1);
	});
}

for (const language of ['en', 'ar'] as const)
	test(`a theme, the ideas in none and their list are right for everybody, in ${language}`, async (t) => {
		const { slug, themes } = await aTalkWithThemes();
		for (const wishes of [{}, { dark: true }, { phone: true }]) {
			const page = await aPage(t, { product, language, as: 'secretariat', reducedMotion: true, ...wishes });
			for (const query of ['', ...themes.map((theme) => `?theme=${theme}`)]) {
				const answer = await page.goto(pathInLanguage(`/desk/topics/${slug}/themes${query}`, language));
				assert.equal(answer?.status(), 200);
				await accessible(page);
				await largeTargets(page);
				await endures(page);
				await reflows(page);
				if ('phone' in wishes === false) await keyboardWalk(page);
			}
		}
	});

/** One theme that a machine proposed, one that a person made, one idea in none. */
async function aTalkWithThemes(): Promise<{ slug: string; themes: readonly (number | 'none')[] }> {
	const { database } = product;
	const [{ topicId, slug }, keys] = [await anOpenTopic(database), await temporaryKeys()];
	for (let number = 1; number <= 12; number++) {
		const point = `Landing stations of submarine cables need power of their own, for the ${number}th time`;
		await submitIdea(database, keys, anIdeaDraft(topicId, { language: 'en', point }), aVisitor('author'));
	}
	await submitIdea(database, keys, anIdeaDraft(topicId, { language: 'fr', point: 'Une idée seule' }), aVisitor('author'));
	await findThemes(database, topicId, async () => {});
	const made = await splitTheme(database, { topicId, ideas: [1, 2, 3], name: 'Power' }, { kind: 'job', name: 'test' });
	return { slug, themes: [1, made, 'none'] };
}
