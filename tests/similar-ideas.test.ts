import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const talk = '/topics/internet-public-policy';

/** The point of an idea that everybody can see, but for its last word. */
async function halfAnIdea(): Promise<{ number: number; half: string }> {
	const { rows } = await product.database.query<{ number: number; point: string }>(
		`select idea_number as number, point
		from idea_versions
		join ideas using (topic_id, idea_number)
		join topics using (topic_id)
		join addresses using (topic_id)
		where slug = 'internet-public-policy' and language = 'en' and idea_number = 1
		order by version desc`
	);
	const { number, point } = rows[0]!;
	return { number, half: point.split(' ').slice(0, -1).join(' ') };
}

for (const language of ['en', 'ar'] as const) {
	test(`while somebody types an idea, those that say it already are shown, in ${language}`, async (t) => {
		const page = await aPage(t, { product, language });
		const { number, half } = await halfAnIdea();
		await page.goto(pathInLanguage(`${talk}/ideas/new`, language), { waitUntil: 'networkidle' });
		await page.locator('[name=point]').pressSequentially(half.slice(-60));
		const found = page.locator('section', { has: page.locator('#similar') });
		await found.waitFor();
		assert.equal(await found.locator('h2').textContent(), speakerOf(language)('ideas.similar-title'));
		assert.equal(await found.locator('a').first().getAttribute('href'), pathInLanguage(`${talk}/ideas/${number}`, language));
		await accessible(page);
		await reflows(page);
	});
}

test('without script the preview brings similar ideas, before anything is sent', async (t) => {
	const page = await aPage(t, { product, language: 'en', javaScript: false });
	const { number, half } = await halfAnIdea();
	await page.goto(`${talk}/ideas/new`);
	await page.locator('[name=point]').fill(half);
	await page.locator('button[formaction="?/preview"]').click();
	assert.equal(await page.locator('section:has(#similar) a').first().getAttribute('href'), `${talk}/ideas/${number}`);
	assert.equal(await page.locator('[name=point]').inputValue(), half);
});
