import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerOf } from '#languages/catalogue.server.ts';
import { pathInLanguage } from '#languages/languages.ts';
import { accessible, aPage, keyboardWalk, reflows } from './browser.ts';
import { theExampleWorld } from './world.ts';

const product = await theExampleWorld();
const { address, database } = product;
const talk = '/topics/internet-public-policy';

test('an idea that is hidden while somebody is asked about it is passed over, and asked for by its number it is not found', async () => {
	const page = `${address}${talk}/opinions`;
	const first = await fetch(page);
	const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
	const shown = async () => /name="idea" value="(\d+)"/.exec(await (await fetch(page, { headers: { cookie } })).text())?.[1];
	const asked = await shown();
	const { rows } = await database.query<{ topicId: string; ideaId: string }>(
		`
			insert into concealments (topic_id, kind, thing_id, why, since)
			select topic_id, 'idea', idea_id, 'hidden', now()
			from ideas
			where topic_id = (select topic_id from addresses where slug = 'internet-public-policy') and idea_number = $1
			returning topic_id as "topicId", thing_id as "ideaId"`,
		[asked]
	);
	const next = await shown();
	assert.ok(next !== undefined && next !== asked, `asked about idea ${next} after ${asked}`);
	assert.equal((await fetch(`${page}?idea=${asked}`, { headers: { cookie } })).status, 404);
	const { topicId, ideaId } = rows[0]!;
	await database.query('delete from concealments where topic_id = $1 and thing_id = $2', [topicId, ideaId]);
});

test('whose idea was hidden or reworded meanwhile is told so, and goes on from there, with script and without', async (t) => {
	const say = speakerOf('en');
	for (const javaScript of [true, false]) {
		const page = await aPage(t, { address, javaScript, expected: [/^status of (404|409): /] });
		const told = (code: 'not-found' | 'changed-meanwhile', number: string) =>
			page
				.locator('.mistakes')
				.getByText(say(`opinions.refused-${code}`, { number }))
				.waitFor();
		const shownNow = () => page.locator('input[name="idea"]').inputValue();
		await page.goto(`${talk}/opinions`, { waitUntil: javaScript ? 'networkidle' : 'load' });
		const first = await shownNow();
		const ofFirst = `topic_id = (select topic_id from addresses where slug = 'internet-public-policy') and idea_number = $1`;
		await database.query(
			`insert into idea_versions (topic_id, idea_number, version, point, explanation, written_at)
			select topic_id, idea_number, version + 1, 'In other words', '', written_at from idea_versions where ${ofFirst} order by version desc limit 1`,
			[first]
		);
		const versionOf = (added: number) =>
			database.query(`update idea_counts set version = version + $2 where ${ofFirst}`, [first, added]);
		await versionOf(1);
		await page.locator('.answers .agree').click();
		await told('changed-meanwhile', first);
		assert.equal(
			await page
				.locator('.point')
				.textContent()
				.then((point) => point!.trim()),
			'In other words'
		);
		await database.query(
			`insert into concealments (topic_id, kind, thing_id, why, since)
			select topic_id, 'idea', idea_id, 'hidden', now() from ideas where ${ofFirst}`,
			[first]
		);
		await page.locator('.answers .agree').click();
		await told('not-found', first);
		assert.notEqual(await shownNow(), first);
		await database.query(
			`delete from concealments where why = 'hidden' and thing_id = (select idea_id from ideas where ${ofFirst})`,
			[first]
		);
		await database.query(`delete from idea_versions where point = 'In other words' and ${ofFirst}`, [first]);
		await versionOf(-1);
	}
});

for (const language of ['en', 'ar'] as const)
	test(`who reads a guiding question gives opinions on its ideas alone, and leaves it when they wish, in ${language}`, async (t) => {
		const say = speakerOf(language);
		const page = await aPage(t, { address, language, javaScript: language === 'en' });
		await page.goto(pathInLanguage(talk, language));
		await page.locator('a[href$="/opinions?question=2"]').click();
		const { rows } = await database.query<{ number: number }>(
			`select i.idea_number as number
			from ideas i
			join addresses using (topic_id)
			where slug = 'internet-public-policy' and question_id = (
				select question_id from questions q where q.topic_id = i.topic_id order by position offset 1 limit 1)`
		);
		const ofQuestion = rows.map(({ number }) => String(number));
		await page.getByText(say('opinions.of-question', { number: 2 })).waitFor();
		await reflows(page);
		if (language === 'en') await accessible(page);
		const seen = new Set<string>();
		for (let at = 0; at < 4; at++) {
			const number = await page.locator('input[name="idea"]').inputValue();
			assert.ok(ofQuestion.includes(number) && !seen.has(number), `idea ${number}`);
			seen.add(number);
			await page.getByRole('button', { name: say('web.pass') }).click();
			await page.getByText(say('opinions.you-pass', { number })).waitFor();
		}
		assert.match(new URL(page.url()).search, /question=2/);
		assert.equal(await page.locator('progress').first().getAttribute('value'), '4');
		await page.getByRole('link', { name: say('opinions.of-all') }).click();
		await page.getByText(say('opinions.of-question', { number: 2 })).waitFor({ state: 'detached' });
	});

test('the keys that answer are turned off and on, and the browser remembers it', async (t) => {
	const say = speakerOf('en');
	const page = await aPage(t, { address });
	const keys = page.getByLabel(say('opinions.keys'));
	const shownNow = () => page.locator('input[name="idea"]').inputValue();
	await page.goto(`${talk}/opinions`, { waitUntil: 'networkidle' });
	assert.equal(await keys.isChecked(), true);
	const first = await shownNow();
	await keys.uncheck();
	await page.reload({ waitUntil: 'networkidle' });
	assert.equal(await keys.isChecked(), false);
	assert.equal(await page.locator('[aria-keyshortcuts], .answers kbd').count(), 0);
	await page.keyboard.press('a');
	// had the key answered, the next idea would come before the focus moves
	await page.keyboard.press('Tab');
	assert.equal(await shownNow(), first);
	await accessible(page);
	await keys.check();
	// the switch has the focus, and swallows no letter
	await page.keyboard.press('a');
	await page.getByText(say('opinions.you-agree', { number: first })).waitFor();
});

test('an opinion that comes after the stage closed is told that it is not counted, with script too', async (t) => {
	const page = await aPage(t, { address, expected: [/^status of 409: /] });
	const say = speakerOf('en');
	await page.goto(`${talk}/opinions`, { waitUntil: 'networkidle' });
	const { rows: stages } = await database.query<{ stageId: string; closesAt: Date }>(
		`select stage_id as "stageId", closes_at as "closesAt" from stages where takes_opinions <> 'no' and opens_at < now()`
	);
	const close = (closesAt: Date, stageId: string) =>
		database.query('update stages set closes_at = $1 where stage_id = $2', [closesAt, stageId]);
	for (const { stageId } of stages) await close(new Date(Date.now() - 1000), stageId);
	await page.keyboard.press('a');
	await page
		.locator('.mistakes')
		.getByText(/^Your opinion on idea \d+ was not counted: no opinions are taken/)
		.waitFor();
	await page
		.locator('main')
		.getByRole('link', { name: say('opinions.read') })
		.waitFor();
	for (const { closesAt, stageId } of stages) await close(closesAt, stageId);
});

test('the flow of opinions can be walked with the keyboard alone', async (t) => {
	const page = await aPage(t, { address });
	// the walk begins when the script is there, so that nothing is put in place under it
	await page.goto(`${talk}/opinions`, { waitUntil: 'networkidle' });
	await keyboardWalk(page);
});
